export { type ClaimedJob, enqueue, type NewJob } from './jobs.store.ts';
export { nextInstant, type Schedule } from './schedules.ts';
export type { JobContext, JobHandler, JobLog, Jobs, JobsOptions } from './types.ts';
export { startJobs } from './worker.ts';
