import type { Clock, Instant } from '../base/clock.ts';
import type { Db } from './db.ts';
import type { Log, Runner } from './outbox.runner.ts';
import { startLoop, type Step } from './outbox.loop.ts';
import { advance, releaseLease, takeLease } from './outbox.store.ts';
import { readEvents, type Subscriber } from './outbox.ts';

const BATCH = 500;

type Shared = { db: Db; log: Log; pollMs: number; leaseMs: number; clock: Clock; owner: string };

/**
 * Follows with a position in the database, under a lease, so that of several nodes one does the work. Should a lease run out under
 * a slow handler, two may handle the same events; the position still moves forward only, and by one of them only.
 */
export function startDurable(subscriber: Subscriber, shared: Shared): Runner {
  const { db, clock, leaseMs } = shared;
  const lease = { subscriber: subscriber.name, owner: shared.owner };
  const until = (): Instant => new Date(Date.parse(clock.now()) + leaseMs).toISOString();
  /** Until when we have the right for certain, and from where; undefined when another may have it. */
  let held: { until: number; seq: number } | undefined;

  const position = async (): Promise<number> => {
    const row = await db.read
      .selectFrom('outbox_positions')
      .select('seq')
      .where('subscriber', '=', subscriber.name)
      .executeTakeFirst();
    return row?.seq ?? 0;
  };

  const step = async (): Promise<Step> => {
    const sure = held !== undefined && held.until - Date.parse(clock.now()) > leaseMs / 2;
    if (!sure) {
      const waiting = await readEvents(db.read, { after: await position(), limit: 1 });
      if (waiting.length === 0) return 'idle'; // Nothing to write: an idle node leaves the disk alone.
      const end = until();
      const seq = await db.write((tx) => takeLease(tx, { ...lease, now: clock.now(), until: end }));
      held = seq === undefined ? undefined : { seq, until: Date.parse(end) };
    }
    if (held === undefined) return 'elsewhere';
    const from = held.seq;
    const events = await readEvents(db.read, { after: from, limit: BATCH });
    const last = events.at(-1);
    if (last === undefined) return 'idle';
    const renewal = setInterval(
      () =>
        void db
          .write((tx) => takeLease(tx, { ...lease, now: clock.now(), until: until() }))
          .catch(() => undefined),
      leaseMs / 3,
    );
    try {
      await subscriber.handle(events);
    } finally {
      clearInterval(renewal);
    }
    const end = until();
    const moved = await db.write((tx) =>
      advance(tx, { ...lease, from, to: last.seq, now: clock.now(), until: end }),
    );
    held = moved ? { seq: last.seq, until: Date.parse(end) } : undefined;
    if (!moved) return 'elsewhere';
    return events.length === BATCH ? 'more' : 'idle';
  };

  const loop = startLoop({ name: subscriber.name, pollMs: shared.pollMs, log: shared.log, step });
  return {
    name: subscriber.name,
    wake: () => loop.wake(),
    position,
    reached: (seq) => loop.until(async () => (await position()) >= seq),
    fault: () => loop.fault(),
    stop: async () => {
      await loop.stop();
      // Best effort: an unreturned lease ends by itself.
      if (held !== undefined) await db.write((tx) => releaseLease(tx, lease)).catch(() => undefined);
    },
  };
}
