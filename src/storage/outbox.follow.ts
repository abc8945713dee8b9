import { systemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Db } from './db.ts';
import { latestSeq, type Subscriber } from './outbox.ts';
import type { Log, Runner } from './outbox.runner.ts';
import { startDurable } from './outbox.durable.ts';
import { startInMemory } from './outbox.memory.ts';
import { pruneEvents } from './outbox.store.ts';

export type { Log } from './outbox.runner.ts';

export type FollowOptions = {
  readonly log: Log;
  /** How often to look without being woken, in ms: the safety net under the notifications. */
  readonly pollMs?: number;
  /** How long a durable subscriber's lease lasts without renewal, in ms. */
  readonly leaseMs?: number;
  /** How long events stay after everyone has passed them, in days. */
  readonly keepDays?: number;
  readonly clock?: Clock;
};

export type Lag = {
  readonly subscriber: string;
  /** Events that it has still to handle. */
  readonly events: number;
  /** What its last attempt failed with; undefined when it succeeded. */
  readonly fault: string | undefined;
};

export type OutboxFollower = {
  /**
   * Resolves when every subscriber has handled (for durable ones: someone has) all events up to the newest at this moment.
   * @throws what a subscriber threw, when it keeps failing: nobody should wait for ever.
   */
  drain(): Promise<void>;
  /** Lets each subscriber finish the batch in hand, gives the leases back and ends. */
  stop(): Promise<void>;
  lag(): Promise<Lag[]>;
};

const DAY_MS = 86_400_000;
const PRUNE_EVERY_MS = 600_000;
const PRUNE_BATCH = 1000;

/**
 * Leads each subscriber forward over the outbox, in order, from its own position, at most 500 events at a time; one that fails is
 * tried again with growing pauses and holds nobody else up. In this process a commit wakes them at once.
 */
export async function followOutbox(
  db: Db,
  subscribers: readonly Subscriber[],
  options: FollowOptions,
): Promise<OutboxFollower> {
  const { log, pollMs = 1000, leaseMs = 30_000, keepDays = 7, clock = systemClock } = options;
  const owner = newId();
  const shared = { db, log, pollMs, leaseMs, clock, owner };
  const runners: Runner[] = [];
  for (const subscriber of subscribers) {
    runners.push(
      subscriber.durable ? startDurable(subscriber, shared) : await startInMemory(subscriber, shared),
    );
  }
  const wakeAll = (): void => {
    for (const runner of runners) runner.wake();
  };
  const stopListening = await db.dialect.listen(wakeAll);
  const prune = async (): Promise<void> => {
    const before = new Date(Date.parse(clock.now()) - Math.max(keepDays, 7) * DAY_MS).toISOString();
    try {
      let removed: number;
      do removed = await db.write((tx) => pruneEvents(tx, { before, limit: PRUNE_BATCH }));
      while (removed === PRUNE_BATCH);
    } catch (error) {
      log.error({ error }, 'old events could not be removed from the outbox');
    }
  };
  let pruning = Promise.resolve();
  const pruneTimer = setInterval(() => {
    pruning = prune();
  }, PRUNE_EVERY_MS);
  pruneTimer.unref();
  wakeAll();
  return {
    drain: async () => {
      const target = await latestSeq(db.read);
      wakeAll();
      await Promise.all(runners.map((runner) => runner.reached(target)));
    },
    stop: async () => {
      clearInterval(pruneTimer);
      await stopListening();
      await Promise.all([pruning, ...runners.map((runner) => runner.stop())]);
    },
    lag: async () => {
      const target = await latestSeq(db.read);
      return Promise.all(
        runners.map(async (runner) => {
          const behind = Math.max(0, target - (await runner.position()));
          return { subscriber: runner.name, events: behind, fault: runner.fault()?.message };
        }),
      );
    },
  };
}
