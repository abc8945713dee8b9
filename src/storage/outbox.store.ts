import { toJson } from '../base/json.ts';
import type { Instant } from '../base/clock.ts';
import { type Db, type Dialect, onCommit, type Tx } from './db.ts';

/** What a feature appends. */
export type NewEvent = { readonly topic: string; readonly payload: Record<string, unknown> };

/** Appends events in the transaction that causes them. Sequence numbers become visible in order on either database. */
export async function appendEvents(
  db: Pick<Db, 'dialect'>,
  tx: Tx,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await db.dialect.lockOutbox(tx);
  const now = new Date().toISOString();
  for (let start = 0; start < events.length; start += 200) {
    const rows = events.slice(start, start + 200).map((event) => ({
      topic: event.topic,
      payload: toJson(event.payload),
      created_at: now,
    }));
    await tx.insertInto('outbox').values(rows).execute();
  }
  await db.dialect.announce(tx);
  onCommit(tx, () => {
    for (const listener of listeners.get(db.dialect) ?? []) listener(events);
  });
}

const listeners = new WeakMap<Dialect, Set<(events: readonly NewEvent[]) => void>>();

/**
 * Calls back within the write that commits events through this handle, before the write resolves: whoever has an acknowledged publish in
 * hand sees it on the next request of this process. Other processes follow the outbox. Returns the way to stop.
 */
export function onLocalEvents(
  db: Pick<Db, 'dialect'>,
  listener: (events: readonly NewEvent[]) => void,
): () => void {
  const known = listeners.get(db.dialect) ?? new Set();
  listeners.set(db.dialect, known);
  known.add(listener);
  return () => void known.delete(listener);
}

export type Lease = { readonly subscriber: string; readonly owner: string };

/**
 * Takes or renews the right to follow for a subscriber, and gives its saved position; undefined while another has the right.
 * A subscriber never seen before begins at 0.
 */
export async function takeLease(
  tx: Tx,
  lease: Lease & { now: Instant; until: Instant },
): Promise<number | undefined> {
  const fresh = {
    subscriber: lease.subscriber,
    seq: 0,
    lease_owner: lease.owner,
    lease_until: lease.until,
    updated_at: lease.now,
  };
  const row = await tx
    .insertInto('outbox_positions')
    .values(fresh)
    .onConflict((oc) =>
      oc
        .column('subscriber')
        .doUpdateSet({ lease_owner: lease.owner, lease_until: lease.until })
        .where((eb) =>
          eb.or([
            eb('outbox_positions.lease_owner', 'is', null),
            eb('outbox_positions.lease_owner', '=', lease.owner),
            eb('outbox_positions.lease_until', '<=', lease.now),
          ]),
        ),
    )
    .returning('seq')
    .executeTakeFirst();
  return row?.seq;
}

/** Moves a position forward, from exactly `from`; false when another has the lease or has moved it meanwhile. */
export async function advance(
  tx: Tx,
  step: Lease & { from: number; to: number; now: Instant; until: Instant },
): Promise<boolean> {
  const moved = await tx
    .updateTable('outbox_positions')
    .set({ seq: step.to, lease_until: step.until, updated_at: step.now })
    .where('subscriber', '=', step.subscriber)
    .where('lease_owner', '=', step.owner)
    .where('seq', '=', step.from)
    .where('seq', '<', step.to)
    .returning('subscriber')
    .executeTakeFirst();
  return moved !== undefined;
}

/** Gives a lease back, so that another node need not wait for its end. */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx
    .updateTable('outbox_positions')
    .set({ lease_owner: null, lease_until: null })
    .where('subscriber', '=', lease.subscriber)
    .where('lease_owner', '=', lease.owner)
    .execute();
}

/**
 * Removes up to `limit` events that were created before `before` and that every durable subscriber has passed; how many went.
 * The newest event stays always: it is how far the sequence has come.
 */
export async function pruneEvents(tx: Tx, options: { before: Instant; limit: number }): Promise<number> {
  const slowest = await tx
    .selectFrom('outbox_positions')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .executeTakeFirst();
  const newest = await tx
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst();
  if (newest?.seq === null || newest === undefined) return 0;
  const bound = Math.min(slowest?.seq ?? newest.seq, newest.seq - 1);
  // Events are created in the order of their numbers, so the oldest are the first: no index on the time is needed.
  const oldest = await tx
    .selectFrom('outbox')
    .select(['seq', 'created_at'])
    .where('seq', '<=', bound)
    .orderBy('seq')
    .limit(options.limit)
    .execute();
  const last = oldest.findLast((event) => event.created_at < options.before);
  if (last === undefined) return 0;
  const { numDeletedRows } = await tx
    .deleteFrom('outbox')
    .where('seq', '<=', last.seq)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
