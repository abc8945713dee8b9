import type { Instant } from '../base/clock.ts';
import { type Id, newId } from '../base/ids.ts';
import { fromJson, toJson } from '../base/json.ts';
import { type Db, onCommit, type Reader, type Tx } from '../storage/db.ts';
import { announceJobs } from './signal.ts';

const MAX_ATTEMPTS = 8;

export type NewJob = {
  readonly queue: string;
  readonly payload?: unknown;
  /** While a job of this queue with this key waits or runs, another changes nothing. */
  readonly dedupeKey?: string;
  /** Not before; now when left out. */
  readonly runAt?: Instant;
  readonly maxAttempts?: number;
  /** An id of the caller's: a job with it that exists in any state, done included, is not made again. */
  readonly id?: Id;
};

/** A job as a worker holds it. */
export type ClaimedJob = {
  readonly id: Id;
  readonly queue: string;
  readonly payload: unknown;
  /** This attempt's number, from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Who has a lower number than the row has lost the job. */
  readonly fencing: number;
};

/** Adds a job in the transaction that needs it done; its id, or undefined when one like it is there already. */
export async function enqueue(tx: Tx, job: NewJob): Promise<Id | undefined> {
  const now = new Date().toISOString();
  const row = await tx
    .insertInto('jobs')
    .values({
      id: job.id ?? newId(),
      queue: job.queue,
      dedupe_key: job.dedupeKey ?? null,
      payload: toJson(job.payload ?? null),
      run_at: job.runAt ?? now,
      state: 'waiting',
      attempts: 0,
      max_attempts: job.maxAttempts ?? MAX_ATTEMPTS,
      lease_until: null,
      fencing: 0,
      last_error: null,
      created_at: now,
      finished_at: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined && job.runAt === undefined) onCommit(tx, announceJobs);
  return row?.id;
}

/** Whether `claimJobs` would find something: asked first, so that idle workers do not write. */
export async function hasDueJobs(db: Reader, claim: Pick<Claim, 'queues' | 'now'>): Promise<boolean> {
  if (claim.queues.length === 0) return false;
  for (const [state, column] of [
    ['waiting', 'run_at'],
    ['running', 'lease_until'],
  ] as const) {
    const due = await db
      .selectFrom('jobs')
      .select('id')
      .where('state', '=', state)
      .where(column, '<=', claim.now)
      .where('queue', 'in', claim.queues)
      .limit(1)
      .executeTakeFirst();
    if (due !== undefined) return true;
  }
  return false;
}

type Claim = { queues: readonly string[]; limit: number; now: Instant; leaseUntil: Instant };

/**
 * Takes due jobs, and those whose worker let its lease run out, oldest first. Each gets a new fencing number, so that its former
 * worker can no longer finish it. A job whose last permitted attempt ended without a word has failed.
 */
export async function claimJobs(db: Db, tx: Tx, claim: Claim): Promise<ClaimedJob[]> {
  if (claim.queues.length === 0 || claim.limit < 1) return [];
  const due = await tx
    .selectFrom('jobs')
    .selectAll()
    .where('queue', 'in', claim.queues)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb('run_at', '<=', claim.now)]),
        eb.and([eb('state', '=', 'running'), eb('lease_until', '<=', claim.now)]),
      ]),
    )
    .orderBy('run_at')
    .orderBy('id')
    .limit(claim.limit)
    .modifyEnd(db.dialect.skipLocked)
    .execute();
  const claimed: ClaimedJob[] = [];
  for (const job of due) {
    if (job.attempts >= job.max_attempts) {
      await tx
        .updateTable('jobs')
        .set({
          state: 'failed',
          lease_until: null,
          finished_at: claim.now,
          last_error: job.last_error ?? 'its worker ended without a word, on the last attempt',
        })
        .where('id', '=', job.id)
        .execute();
      continue;
    }
    const taken = { fencing: job.fencing + 1, attempts: job.attempts + 1 };
    await tx
      .updateTable('jobs')
      .set({ ...taken, state: 'running', lease_until: claim.leaseUntil })
      .where('id', '=', job.id)
      .execute();
    claimed.push({
      id: job.id,
      queue: job.queue,
      payload: fromJson(job.payload),
      attempt: taken.attempts,
      maxAttempts: job.max_attempts,
      fencing: taken.fencing,
    });
  }
  return claimed;
}

type Held = Pick<ClaimedJob, 'id' | 'fencing'>;

/** Extends a lease; false when the job is another's by now. */
export async function renewJob(tx: Tx, job: Held & { leaseUntil: Instant }): Promise<boolean> {
  return update(tx, job, { lease_until: job.leaseUntil });
}

/** Ends a job well; false when it is another's by now, and then nothing has changed. */
export async function finishJob(tx: Tx, job: Held & { now: Instant }): Promise<boolean> {
  return update(tx, job, { state: 'done', lease_until: null, finished_at: job.now, last_error: null });
}

/** Notes a failure: the job waits until `retryAt`, or has failed for good without one. */
export async function failJob(
  tx: Tx,
  job: Held & { now: Instant; error: string; retryAt: Instant | undefined },
): Promise<boolean> {
  const rest =
    job.retryAt === undefined
      ? { state: 'failed' as const, finished_at: job.now }
      : { state: 'waiting' as const, run_at: job.retryAt };
  return update(tx, job, { ...rest, lease_until: null, last_error: job.error });
}

/** Gives a job back as if it had not been taken: a stopping worker had not begun it. */
export async function returnJob(tx: Tx, job: Held & { attempt: number }): Promise<boolean> {
  return update(tx, job, { state: 'waiting', lease_until: null, attempts: job.attempt - 1 });
}

type Change = {
  state?: 'waiting' | 'done' | 'failed';
  lease_until: Instant | null;
  run_at?: Instant;
  attempts?: number;
  finished_at?: Instant;
  last_error?: string | null;
};

async function update(tx: Tx, job: Held, change: Change): Promise<boolean> {
  const row = await tx
    .updateTable('jobs')
    .set(change)
    .where('id', '=', job.id)
    .where('fencing', '=', job.fencing)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes jobs that were done before `before`, at most `limit` at a time; how many went. Failed ones stay to be looked at. */
export async function pruneJobs(tx: Tx, options: { before: Instant; limit: number }): Promise<number> {
  const old = await tx
    .selectFrom('jobs')
    .select('id')
    .where('state', '=', 'done')
    .where('finished_at', '<', options.before)
    .orderBy('run_at')
    .limit(options.limit)
    .execute();
  if (old.length === 0) return 0;
  await tx
    .deleteFrom('jobs')
    .where(
      'id',
      'in',
      old.map((job) => job.id),
    )
    .execute();
  return old.length;
}
