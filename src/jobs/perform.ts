import { Problem } from '../base/problem.ts';
import { type ClaimedJob, failJob, finishJob, renewJob, returnJob } from './jobs.store.ts';
import type { WorkerSetting } from './types.ts';

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 3_600_000;
const ERROR_LENGTH = 2000;

/** Runs one claimed job to its end, keeping the lease alive, and writes down how it ended. Never throws. */
export async function perform(job: ClaimedJob, setting: WorkerSetting, stopping: AbortSignal): Promise<void> {
  const { db, clock, leaseMs, log } = setting;
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  let completed = false;
  const heartbeat = setInterval(() => {
    const leaseUntil = new Date(Date.parse(clock.now()) + leaseMs).toISOString();
    db.write((tx) => renewJob(tx, { ...job, leaseUntil })).then(
      (held) => {
        if (!held && !completed) lost.abort(new Error(`job ${job.id} was taken over by another worker`));
      },
      (error: unknown) => log.warn({ job: job.id, queue: job.queue, error }, 'a lease could not be renewed'),
    );
  }, leaseMs / 3);
  try {
    const handler = setting.handlers[job.queue];
    if (handler === undefined) throw new Error(`nobody handles the queue ${job.queue}`);
    await handler(job, {
      signal,
      complete: async (tx) => {
        if (!(await finishJob(tx, { ...job, now: clock.now() })))
          throw new Error(`job ${job.id} was taken over by another worker`);
        completed = true;
      },
    });
    if (completed) return;
    if (!(await db.write((tx) => finishJob(tx, { ...job, now: clock.now() }))))
      log.warn(
        { job: job.id, queue: job.queue },
        'a job was finished too late: another worker has taken it over',
      );
  } catch (error) {
    clearInterval(heartbeat);
    await writeDown(error, { job, setting, stopped: stopping.aborted });
  } finally {
    clearInterval(heartbeat);
  }
}

async function writeDown(
  error: unknown,
  { job, setting, stopped }: { job: ClaimedJob; setting: WorkerSetting; stopped: boolean },
): Promise<void> {
  const { db, clock, log } = setting;
  const now = clock.now();
  const final = isFinal(error) || job.attempt >= job.maxAttempts;
  try {
    if (stopped) {
      await db.write((tx) => returnJob(tx, job));
      return;
    }
    log.error({ job: job.id, queue: job.queue, attempt: job.attempt, final, error }, 'a job failed');
    const retryAt = final
      ? undefined
      : new Date(Date.parse(now) + pauseMs(job.attempt, { atLeast: retryAfterMs(error) })).toISOString();
    await db.write((tx) => failJob(tx, { ...job, now, error: describe(error), retryAt }));
  } catch (fault) {
    // The lease ends by itself and the job is taken again, so nothing is lost but time.
    log.error({ job: job.id, queue: job.queue, error: fault }, 'the end of a job could not be written down');
  }
}

/** The same input will be refused again. */
function isFinal(error: unknown): boolean {
  return error instanceof Problem && ['invalid', 'unsupported', 'too-large', 'gone'].includes(error.kind);
}

function retryAfterMs(error: unknown): number {
  return error instanceof Problem ? (error.retryAfter ?? 0) * 1000 : 0;
}

/** Doubles from 2 s to an hour, each somewhere in the upper half, so that what failed together is not tried together. */
export function pauseMs(attempt: number, options: { atLeast: number; random?: number }): number {
  const { atLeast, random = Math.random() } = options;
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.max(atLeast, full * (0.5 + random / 2));
}

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  return (text ?? 'unknown').slice(0, ERROR_LENGTH);
}
