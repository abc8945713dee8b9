import type { Clock } from '../base/clock.ts';
import type { Db, Tx } from '../storage/db.ts';
import type { ClaimedJob } from './jobs.store.ts';
import type { Schedule } from './schedules.ts';

export type JobLog = {
  error(details: Record<string, unknown>, message: string): void;
  warn(details: Record<string, unknown>, message: string): void;
};

export type JobContext = {
  /** Aborted when the worker stops or has lost the job: a long job looks at it and throws its reason. */
  readonly signal: AbortSignal;
  /**
   * Finishes the job in the handler's own transaction, so that its effects happen exactly once.
   * @throws when the job is another worker's by now; let it pass, and the effects roll back.
   */
  complete(tx: Tx): Promise<void>;
};

/** Does one job. It may be called again for the same job after a crash: make it idempotent, or use `context.complete`. */
export type JobHandler = (job: ClaimedJob, context: JobContext) => Promise<void>;

export type JobsOptions = {
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly schedules?: readonly Schedule[];
  /** The site's, for the schedules. */
  readonly timeZone: string;
  readonly log: JobLog;
  /** Jobs at a time in this process. */
  readonly concurrency?: number;
  readonly pollMs?: number;
  /** How long a silent worker keeps a job, in ms; a living one renews three times as often. */
  readonly leaseMs?: number;
  readonly clock?: Clock;
};

export type Jobs = {
  /** Runs everything that is due now, what that enqueues included, and resolves when nothing is due or running. */
  drain(): Promise<void>;
  /** Takes no more jobs, tells the running ones, waits up to `graceMs` for them; what is left another worker takes over. */
  stop(options?: { graceMs?: number }): Promise<void>;
};

/** What the parts of a worker share. */
export type WorkerSetting = Required<Omit<JobsOptions, 'schedules'>> & {
  readonly db: Db;
  readonly schedules: readonly Schedule[];
};
