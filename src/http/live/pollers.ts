const WINDOW_MS = 15_000;

/**
 * Counts those who ask again and again instead of holding a stream. Nobody is told apart: who asks as often as the client does is counted
 * once a window.
 */
export function makePollers(now: () => number): {
  seen(topic: string): void;
  count(topic: string): number;
  all(): Map<string, number>;
} {
  let window = 0;
  let current = new Map<string, number>();
  let last = new Map<string, number>();
  const turn = (): void => {
    const at = Math.floor(now() / WINDOW_MS);
    if (at === window) return;
    last = at === window + 1 ? current : new Map();
    current = new Map();
    window = at;
  };
  return {
    seen: (topic) => {
      turn();
      current.set(topic, (current.get(topic) ?? 0) + 1);
    },
    count: (topic) => {
      turn();
      return Math.max(last.get(topic) ?? 0, current.get(topic) ?? 0);
    },
    all: () => {
      turn();
      const found = new Map(last);
      for (const [name, count] of current) found.set(name, Math.max(found.get(name) ?? 0, count));
      return found;
    },
  };
}
