import { toJson } from '../base/json.ts';
import type { Db, Reader, Tx } from './db.ts';

/** An event of the outbox: ids only; whoever needs more reads it. */
export type OutboxEvent = {
  readonly seq: number;
  readonly topic: string;
  readonly payload: Record<string, unknown>;
  readonly createdAt: string;
};

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
}

/** Events after `seq`, oldest first. */
export async function readEvents(
  db: Reader,
  options: { after: number; limit: number },
): Promise<OutboxEvent[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('seq', '>', options.after)
    .orderBy('seq')
    .limit(options.limit)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    topic: row.topic,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    createdAt: row.created_at,
  }));
}

/** The highest sequence number so far; 0 before the first event. */
export async function latestSeq(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

/**
 * One that follows the outbox. `durable` ones have a saved position and are called at least once for every event, by one node
 * at a time in effect (handlers are idempotent); the others (a page cache) live in memory and start at the end.
 */
export type Subscriber = {
  readonly name: string;
  readonly durable: boolean;
  /** Handles events in order. Throwing leaves the position where it was; they come again. */
  handle(events: readonly OutboxEvent[]): Promise<void>;
};
