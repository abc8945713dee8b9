import type { Reader } from './db.ts';

export { appendEvents, type NewEvent, onLocalEvents } from './outbox.store.ts';

/** An event of the outbox: ids only; whoever needs more reads it. */
export type OutboxEvent = {
  readonly seq: number;
  readonly topic: string;
  readonly payload: Record<string, unknown>;
  readonly createdAt: string;
};

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
