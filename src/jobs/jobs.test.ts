import { expect, test } from 'vitest';
import { eachDatabase, eachDatabaseConfig } from '../../tests/support/database.ts';
import { manualClock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { Db } from '../storage/db.ts';
import { openDb } from '../storage/open.ts';
import { claimJobs, finishJob, renewJob } from './jobs.store.ts';
import { enqueue, type JobHandler, type JobsOptions, nextInstant, startJobs } from './jobs.ts';
import { pauseMs } from './perform.ts';

const quiet = { log: { error: () => undefined, warn: () => undefined }, pollMs: 3_600_000, timeZone: 'UTC' };
const states = (db: Db) =>
  db.read.selectFrom('jobs').select(['state', 'attempts', 'last_error', 'fencing']).orderBy('id').execute();

/** Starts no earlier than what `enqueue` wrote. */
const clockNow = () => manualClock(new Date(Date.now() + 1000).toISOString());

eachDatabase('the job queue', (open) => {
  const run = async (db: Db, handler: JobHandler, options: Partial<JobsOptions> = {}) => {
    const jobs = startJobs(db, { ...quiet, clock: clockNow(), handlers: { q: handler }, ...options });
    await jobs.drain();
    await jobs.stop();
  };

  test('runs each job once, with its payload, and what a job enqueues too', async () => {
    const db = await open();
    const seen: unknown[] = [];
    await db.write(async (tx) => {
      for (let i = 0; i < 7; i += 1) await enqueue(tx, { queue: 'q', payload: { i } });
    });
    await run(db, async (job) => {
      seen.push((job.payload as { i: number }).i);
      if ((job.payload as { i: number }).i === 3)
        await db.write((tx) => enqueue(tx, { queue: 'q', payload: { i: 100 } }));
    });
    expect(seen.sort((a, b) => Number(a) - Number(b))).toEqual([0, 1, 2, 3, 4, 5, 6, 100]);
    expect((await states(db)).every((job) => job.state === 'done')).toBe(true);
  });

  test('a transaction that rolls back enqueues nothing', async () => {
    const db = await open();
    await expect(
      db.write(async (tx) => {
        await enqueue(tx, { queue: 'q' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await states(db)).toEqual([]);
  });

  test('the same key waits only once, and again after it is done', async () => {
    const db = await open();
    const add = () => db.write((tx) => enqueue(tx, { queue: 'q', dedupeKey: 'k' }));
    expect(await add()).toBeDefined();
    expect(await add()).toBeUndefined();
    await run(db, async () => undefined);
    expect(await add()).toBeDefined();
  });

  test('a failed job is tried again later, and kept with its error after the last attempt', async () => {
    const db = await open();
    const clock = clockNow();
    let calls = 0;
    await db.write((tx) => enqueue(tx, { queue: 'q', maxAttempts: 3 }));
    const jobs = startJobs(db, {
      ...quiet,
      clock,
      handlers: {
        q: async () => {
          calls += 1;
          throw new Error(`attempt ${calls}`);
        },
      },
    });
    await jobs.drain();
    expect(calls).toBe(1);
    for (let i = 0; i < 5; i += 1) {
      clock.advance(10_000);
      await jobs.drain();
    }
    expect(calls).toBe(3);
    await jobs.stop();
    const [job] = await states(db);
    expect(job).toMatchObject({ state: 'failed', attempts: 3 });
    expect(job?.last_error).toContain('attempt 3');
  });

  test('what will be refused again is not tried again', async () => {
    const db = await open();
    await db.write((tx) => enqueue(tx, { queue: 'q' }));
    await run(db, async () => {
      throw new Problem('invalid', 'not a picture');
    });
    expect(await states(db)).toMatchObject([{ state: 'failed', attempts: 1 }]);
  });

  test('a job that finishes in its own transaction takes its effects back when it has lost the job', async () => {
    const db = await open();
    const clock = clockNow();
    await db.write((tx) => enqueue(tx, { queue: 'q' }));
    await run(
      db,
      async (_job, context) => {
        // Meanwhile the lease runs out and another worker takes the job.
        clock.advance(60_000);
        await db.write((tx) =>
          claimJobs(db, tx, {
            queues: ['q'],
            limit: 1,
            now: clock.now(),
            leaseUntil: '2099-01-01T00:00:00.000Z',
          }),
        );
        await db.write(async (tx) => {
          await enqueue(tx, { queue: 'effect' });
          await context.complete(tx);
        });
      },
      { clock },
    );
    expect((await states(db)).map((job) => job.state)).toEqual(['running']);
  });

  test('stop hands back a job that heeds the signal, as if it had not begun', async () => {
    const db = await open();
    await db.write((tx) => enqueue(tx, { queue: 'q' }));
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const jobs = startJobs(db, {
      ...quiet,
      clock: clockNow(),
      handlers: {
        q: (_job, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
            begun();
          }),
      },
    });
    await started;
    await jobs.stop();
    expect(await states(db)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });
});

eachDatabaseConfig('two workers', (fresh) => {
  test('share the work without doing any twice; a late finish of the one that was given up is refused', async () => {
    const config = await fresh();
    const [one, two] = await Promise.all([openDb(config), openDb(config)]);
    try {
      await one.write(async (tx) => {
        for (let i = 0; i < 40; i += 1) await enqueue(tx, { queue: 'q', payload: i });
      });
      const seen: unknown[] = [];
      const workers = [one, two].map((db) =>
        startJobs(db, {
          ...quiet,
          clock: clockNow(),
          concurrency: 3,
          handlers: { q: async (job) => void seen.push(job.payload) },
        }),
      );
      await Promise.all(workers.map((worker) => worker.drain()));
      await Promise.all(workers.map((worker) => worker.stop()));
      expect(seen.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));

      await one.write((tx) => enqueue(tx, { queue: 'slow' }));
      const claim = (db: Db, now: string, leaseUntil: string) =>
        db.write((tx) => claimJobs(db, tx, { queues: ['slow'], limit: 1, now, leaseUntil }));
      const [held] = await claim(one, '2099-01-01T00:00:00.000Z', '2099-01-01T00:00:30.000Z');
      expect(await claim(two, '2099-01-01T00:00:29.000Z', '2099-01-01T00:01:00.000Z')).toEqual([]);
      const [taken] = await claim(two, '2099-01-01T00:00:31.000Z', '2099-01-01T00:01:00.000Z');
      if (held === undefined || taken === undefined) throw new Error('no job was claimed');
      expect(taken.fencing).toBe(held.fencing + 1);
      const now = '2099-01-01T00:00:32.000Z';
      expect(await one.write((tx) => renewJob(tx, { ...held, leaseUntil: now }))).toBe(false);
      expect(await one.write((tx) => finishJob(tx, { ...held, now }))).toBe(false);
      expect(await two.write((tx) => finishJob(tx, { ...taken, now }))).toBe(true);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });

  test('run a schedule once at each of its instants', async () => {
    const config = await fresh();
    const [one, two] = await Promise.all([openDb(config), openDb(config)]);
    try {
      const clock = manualClock('2026-03-28T22:30:00.000Z');
      const ran: string[] = [];
      const workers = [one, two].map((db) =>
        startJobs(db, {
          ...quiet,
          clock,
          timeZone: 'Europe/Berlin',
          schedules: [{ name: 'nightly', pattern: '0 4 * * *', queue: 'nightly' }],
          handlers: { nightly: async (job) => void ran.push((job.payload as { instant: string }).instant) },
        }),
      );
      for (let hours = 0; hours < 48; hours += 1) {
        await Promise.all(workers.map((worker) => worker.drain()));
        clock.advance(3_600_000);
      }
      await Promise.all(workers.map((worker) => worker.stop()));
      // Four in the morning in Berlin, across the change to summer time in the night of the 29th.
      expect(ran).toEqual(['2026-03-29T02:00:00.000Z', '2026-03-30T02:00:00.000Z']);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });
});

test('a pattern that means nothing is refused by name', () => {
  expect(() =>
    nextInstant({ name: 'digest', pattern: 'soon' }, { after: '2026-01-01T00:00:00.000Z', timeZone: 'UTC' }),
  ).toThrow(/digest.*soon/);
});

test('pauses double, stay under an hour and a half, and keep to what was asked', () => {
  expect(pauseMs(1, { atLeast: 0, random: 1 })).toBe(2000);
  expect(pauseMs(4, { atLeast: 0, random: 0 })).toBe(8000);
  expect(pauseMs(30, { atLeast: 0, random: 1 })).toBe(3_600_000);
  expect(pauseMs(1, { atLeast: 60_000, random: 0 })).toBe(60_000);
});
