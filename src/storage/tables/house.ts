import type { Generated, Id, Instant, Json } from './columns.ts';

/** Tables of the house itself: owned by storage, jobs and http. */
export type HouseTables = {
  settings: { name: string; value: Json<unknown>; updated_at: Instant };
  /** Events in commit order. `seq` is gapless in effect: a row is visible before any with a higher number. */
  outbox: {
    seq: Generated<number>;
    topic: string;
    payload: Json<Record<string, unknown>>;
    created_at: Instant;
  };
  outbox_positions: {
    subscriber: string;
    seq: number;
    /** The process that follows for this subscriber at the moment, until when. */
    lease_owner: string | null;
    lease_until: Instant | null;
    updated_at: Instant;
  };
  jobs: {
    id: Id;
    queue: string;
    /** Unique while the job waits or runs: enqueueing the same key again changes nothing. */
    dedupe_key: string | null;
    payload: Json<unknown>;
    run_at: Instant;
    state: 'waiting' | 'running' | 'done' | 'failed';
    attempts: number;
    max_attempts: number;
    lease_until: Instant | null;
    /** Grows with every lease; a worker whose token is old may no longer finish the job. */
    fencing: number;
    last_error: string | null;
    created_at: Instant;
    finished_at: Instant | null;
  };
  idempotency_keys: {
    scope: string;
    idempotency_key: string;
    request_digest: string;
    status: number;
    headers: Json<Record<string, string | string[]>>;
    body: string;
    created_at: Instant;
  };
};
