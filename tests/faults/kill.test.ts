import { expect, test } from 'vitest';
import { startJobs } from '../../src/jobs/jobs.ts';
import { enqueue } from '../../src/jobs/jobs.ts';
import { openDb } from '../../src/storage/open.ts';
import { readEvents } from '../../src/storage/outbox.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { runUntilKilled } from './child.ts';

eachDatabaseConfig('a process that is killed', (fresh) => {
  test('has lost nothing of what it had acknowledged, and left nothing half-done', async () => {
    const config = await fresh();
    const said = await runUntilKilled('writer.child.ts', { config, lines: 60 });
    const db = await openDb(config);
    try {
      const events = await readEvents(db.read, { after: 0, limit: 10_000 });
      const numbers = events.map((event) => event.payload['number']);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBeGreaterThanOrEqual(said.length);
      expect(await db.dialect.integrityFaults()).toEqual([]);
    } finally {
      await db.close();
    }
  });

  test('loses its job to another worker once its lease has run out', async () => {
    const config = await fresh();
    const db = await openDb(config);
    try {
      const id = await db.write((tx) => enqueue(tx, { queue: 'long' }));
      expect(await runUntilKilled('worker.child.ts', { config, lines: 1 })).toEqual([id]);
      const done: number[] = [];
      const worker = (ahead: number) =>
        startJobs(db, {
          timeZone: 'UTC',
          log: { error: () => undefined, warn: () => undefined },
          clock: { now: () => new Date(Date.now() + ahead).toISOString() },
          handlers: { long: async (job) => void done.push(job.attempt) },
        });
      const early = worker(0);
      await early.drain();
      await early.stop();
      expect(done).toEqual([]); // The lease still stands.
      const later = worker(120_000);
      await later.drain();
      await later.stop();
      expect(done).toEqual([2]);
    } finally {
      await db.close();
    }
  });
});
