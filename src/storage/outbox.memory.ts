import type { Db } from './db.ts';
import type { Log, Runner } from './outbox.runner.ts';
import { startLoop } from './outbox.loop.ts';
import { latestSeq, readEvents, type Subscriber } from './outbox.ts';

const BATCH = 500;

/** Follows with a position in memory, from the newest event on: for what is empty when the process starts. */
export async function startInMemory(
  subscriber: Subscriber,
  shared: { db: Db; log: Log; pollMs: number },
): Promise<Runner> {
  let position = await latestSeq(shared.db.read);
  const loop = startLoop({
    name: subscriber.name,
    pollMs: shared.pollMs,
    log: shared.log,
    step: async () => {
      const events = await readEvents(shared.db.read, { after: position, limit: BATCH });
      const last = events.at(-1);
      if (last === undefined) return 'idle';
      await subscriber.handle(events);
      position = last.seq;
      return events.length === BATCH ? 'more' : 'idle';
    },
  });
  return {
    name: subscriber.name,
    wake: () => loop.wake(),
    position: async () => position,
    reached: (seq) => loop.until(async () => position >= seq),
    fault: () => loop.fault(),
    stop: () => loop.stop(),
  };
}
