import { startJobs } from '../../src/jobs/jobs.ts';
import { openDb, type DatabaseConfig } from '../../src/storage/open.ts';

/** Takes a job, says so, and never ends it. Ended from outside. */
const db = await openDb(JSON.parse(process.argv[2] ?? '') as DatabaseConfig);
const log = { error: () => undefined, warn: () => undefined };
startJobs(db, {
  timeZone: 'UTC',
  log,
  handlers: {
    long: async (job) => {
      process.stdout.write(`${job.id}\n`);
      await new Promise(() => setInterval(() => undefined, 1000));
    },
  },
});
