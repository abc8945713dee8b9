import type { AudienceClass, AudienceKind } from '../../storage/tables/audience.ts';

/** One thing that was counted. */
export type Count = {
  readonly kind: AudienceKind;
  readonly subject: string;
  readonly class: AudienceClass;
  readonly source: string;
};
/** So many of a thing within ten minutes. */
export type Tally = Count & { readonly slot: string; readonly n: number };

/** Where tallies become durable. */
export type Ledger = {
  /** Resolves when they will be found after a crash; rejects when they will not be counted, or cannot be known to be. */
  append(tallies: readonly Tally[]): Promise<void>;
};

export type Recorder = {
  /** Resolves when the counts are durable: only then may a view be acknowledged. */
  record(counts: readonly Count[]): Promise<void>;
  /** Counts with the next commit; nobody waits. */
  note(counts: readonly Count[]): void;
  /** Commits what is left. */
  stop(): Promise<void>;
};

const SLOT_MS = 600_000;

export function slotOf(ms: number): string {
  return new Date(Math.floor(ms / SLOT_MS) * SLOT_MS).toISOString();
}

/**
 * Commits in groups: while one group is being made durable the next one gathers, and what is the same in it becomes one line. A view costs an
 * addition in memory, whatever the number of views.
 */
export function makeRecorder(
  ledger: Ledger,
  options: { now: () => number; gapMs: number; onFault: (cause: unknown) => void },
): Recorder {
  let pending = new Map<string, { count: Count; slot: string; n: number }>();
  let waiting: { resolve: () => void; reject: (cause: unknown) => void }[] = [];
  let running: Promise<void> | undefined;

  let slot = '';
  let slotNumber = -1;

  function add(counts: readonly Count[]): void {
    const number = Math.floor(options.now() / SLOT_MS);
    if (number !== slotNumber) [slotNumber, slot] = [number, slotOf(number * SLOT_MS)];
    for (const count of counts) {
      const key = `${slot} ${count.kind} ${count.subject} ${count.class} ${count.source}`;
      const known = pending.get(key);
      if (known === undefined) pending.set(key, { count, slot, n: 1 });
      else known.n += 1;
    }
    running ??= run();
  }

  async function run(): Promise<void> {
    // Everything of this turn of the event loop goes together.
    await new Promise((resolve) => setImmediate(resolve));
    while (pending.size > 0) {
      const tallies = [...pending.values()].map(({ count, slot, n }): Tally => ({ ...count, slot, n }));
      const waiters = waiting;
      pending = new Map();
      waiting = [];
      try {
        await ledger.append(tallies);
        for (const waiter of waiters) waiter.resolve();
      } catch (cause) {
        if (waiters.length === 0) options.onFault(cause);
        for (const waiter of waiters) waiter.reject(cause);
      }
      if (options.gapMs > 0) await new Promise((resolve) => setTimeout(resolve, options.gapMs));
    }
    running = undefined;
    if (pending.size > 0) running = run();
  }

  return {
    record: (counts) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        add(counts);
      }),
    note: add,
    stop: async () => {
      while (running !== undefined) await running;
    },
  };
}
