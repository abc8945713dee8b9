import { Cron } from 'croner';
import type { Instant } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { Tx } from '../storage/db.ts';
import { enqueue } from './jobs.store.ts';

/** Work that comes again: at each instant of the pattern one job is put into `queue`, on however many nodes. */
export type Schedule = {
  readonly name: string;
  /** Cron pattern, 5 fields or 6 with seconds, read in the site's time zone. */
  readonly pattern: string;
  readonly queue: string;
  readonly payload?: unknown;
};

/**
 * The pattern's first instant after `after`. Across a change of the clocks croner's rule holds: a time that is skipped runs
 * right after the gap, one that comes twice runs once. @throws Problem `invalid` for a pattern that means nothing.
 */
export function nextInstant(
  schedule: Pick<Schedule, 'name' | 'pattern'>,
  at: { after: Instant; timeZone: string },
): Instant | undefined {
  let next: Date | null;
  try {
    next = new Cron(schedule.pattern, { timezone: at.timeZone }).nextRun(new Date(at.after));
  } catch (cause) {
    throw new Problem(
      'invalid',
      `The schedule ${schedule.name} has a pattern that means nothing: ${schedule.pattern}.`,
      'Write five cron fields, for example "0 4 * * *".',
      { cause },
    );
  }
  return next?.toISOString();
}

/**
 * Puts each schedule's next run into its queue, ahead of its time. The job's id is the name and the instant, and a done job is
 * kept for a day, so every node may do this as often as it likes; a run whose time passed while all nodes were down comes late, once.
 */
export async function planSchedules(
  tx: Tx,
  schedules: readonly Schedule[],
  at: { now: Instant; timeZone: string },
): Promise<Map<string, Instant>> {
  const planned = new Map<string, Instant>();
  for (const schedule of schedules) {
    const instant = nextInstant(schedule, { after: at.now, timeZone: at.timeZone });
    if (instant === undefined) continue;
    await enqueue(tx, {
      id: `schedule:${schedule.name}:${instant}`,
      queue: schedule.queue,
      dedupeKey: `schedule:${schedule.name}:${instant}`,
      payload: schedule.payload ?? { schedule: schedule.name, instant },
      runAt: instant,
    });
    planned.set(schedule.name, instant);
  }
  return planned;
}
