import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, systemClock } from '../base/clock.ts';
import type { Db } from '../storage/db.ts';
import { claimJobs, hasDueJobs, pruneJobs } from './jobs.store.ts';
import type { Jobs, JobsOptions, WorkerSetting } from './types.ts';
import { perform } from './perform.ts';
import { planSchedules } from './schedules.ts';
import { onJobs } from './signal.ts';

const KEEP_DONE_MS = 86_400_000;
const PRUNE_EVERY_MS = 600_000;
const PRUNE_BATCH = 1000;

/**
 * Starts this process's worker: takes due jobs of the queues it has handlers for, under leases, up to `concurrency` at a time.
 * Any number of processes may do so on one database.
 */
export function startJobs(db: Db, options: JobsOptions): Jobs {
  const setting: WorkerSetting = {
    schedules: [],
    concurrency: 2,
    pollMs: 1000,
    leaseMs: 30_000,
    clock: systemClock,
    ...options,
    db,
  };
  const { clock, log } = setting;
  const queues = Object.keys(setting.handlers);
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let turn: Promise<boolean> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let prunedAt = 0;
  const planned = new Map<string, Instant>();

  /** Takes what it has hands for; true when it took something. */
  const claim = async (): Promise<boolean> => {
    const now = clock.now();
    const unplanned = setting.schedules.filter((schedule) => (planned.get(schedule.name) ?? '') <= now);
    if (unplanned.length > 0) {
      const at = { now, timeZone: setting.timeZone };
      for (const [name, instant] of await db.write((tx) => planSchedules(tx, unplanned, at)))
        planned.set(name, instant);
    }
    const limit = setting.concurrency - running.size;
    if (limit <= 0 || !(await hasDueJobs(db.read, { queues, now }))) return false;
    const leaseUntil = new Date(Date.parse(now) + setting.leaseMs).toISOString();
    const jobs = await db.write((tx) => claimJobs(db, tx, { queues, limit, now, leaseUntil }));
    for (const job of jobs) {
      const work = perform(job, setting, stopping.signal).finally(() => {
        running.delete(work);
        look();
      });
      running.add(work);
    }
    return jobs.length > 0;
  };

  /** One turn at a time; those who ask meanwhile share the turn that follows. */
  const take = async (): Promise<boolean> => {
    while (turn !== undefined) await turn.catch(() => false);
    if (stopping.signal.aborted) return false;
    turn = claim();
    try {
      return await turn;
    } finally {
      turn = undefined;
    }
  };

  function look(): void {
    if (stopping.signal.aborted) return;
    if (turn !== undefined) {
      again = true;
      return;
    }
    clearTimeout(timer);
    take()
      .catch((error: unknown) => log.error({ error }, 'the job queue could not be read'))
      .then(prune)
      .finally(() => {
        clearTimeout(timer);
        if (stopping.signal.aborted) return;
        timer = setTimeout(look, again ? 0 : setting.pollMs);
        timer.unref();
        again = false;
      })
      .catch((error: unknown) => log.error({ error }, 'old jobs could not be removed'));
  }

  async function prune(): Promise<void> {
    const now = Date.parse(clock.now());
    if (now - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = now;
    const before = new Date(now - KEEP_DONE_MS).toISOString();
    let removed: number;
    do removed = await db.write((tx) => pruneJobs(tx, { before, limit: PRUNE_BATCH }));
    while (removed === PRUNE_BATCH && !stopping.signal.aborted);
  }

  const forget = onJobs(look);
  look();
  return {
    drain: async () => {
      while (!stopping.signal.aborted) {
        const took = await take();
        if (running.size > 0) await Promise.race(running);
        else if (!took) return;
      }
    },
    stop: async ({ graceMs = 20_000 } = {}) => {
      forget();
      clearTimeout(timer);
      stopping.abort(new Error('the worker is stopping'));
      await turn?.catch(() => false);
      const waited = new AbortController();
      const grace = sleep(graceMs, undefined, { signal: waited.signal, ref: true }).catch(() => undefined);
      await Promise.race([Promise.all(running), grace]);
      waited.abort();
    },
  };
}
