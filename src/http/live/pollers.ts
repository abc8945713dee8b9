const WINDOW_MS = 15_000;

/** How often each address asked for a topic in a window, and the sum of it in which no address counts for more than the bound. */
type Asked = { sum: number; readonly by: Map<string, number> };

/**
 * Counts those who ask again and again instead of holding a stream. Nobody is told apart: who asks as often as the client does is counted
 * once a window, and one address counts `mostPerAddress` times at most.
 */
export function makePollers(
  now: () => number,
  mostPerAddress: number,
): {
  seen(topic: string, addressKey: string): void;
  count(topic: string): number;
  all(): Map<string, number>;
} {
  let window = 0;
  let current = new Map<string, Asked>();
  let last = new Map<string, Asked>();
  const turn = (): void => {
    const at = Math.floor(now() / WINDOW_MS);
    if (at === window) return;
    last = at === window + 1 ? current : new Map();
    current = new Map();
    window = at;
  };
  const count = (topic: string): number => Math.max(last.get(topic)?.sum ?? 0, current.get(topic)?.sum ?? 0);
  return {
    seen: (topic, addressKey) => {
      turn();
      const asked: Asked = current.get(topic) ?? { sum: 0, by: new Map() };
      const times = (asked.by.get(addressKey) ?? 0) + 1;
      asked.by.set(addressKey, times);
      if (times <= mostPerAddress) asked.sum += 1;
      current.set(topic, asked);
    },
    count: (topic) => {
      turn();
      return count(topic);
    },
    all: () => {
      turn();
      return new Map([...last.keys(), ...current.keys()].map((topic) => [topic, count(topic)]));
    },
  };
}
