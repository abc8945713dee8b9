import type { Instant } from '../../base/clock.ts';
import type { QueueName } from '../../contract/moderation.ts';
import type { Reader, Tx } from '../../storage/db.ts';

export type QueueRow = {
  readonly queue: QueueName;
  readonly comment_id: string;
  readonly article_id: string;
  readonly entered_at: Instant;
  readonly reports: number;
};

/** Moves a queue's count; queues and counts are changed nowhere else. */
async function count(tx: Tx, queue: string, by: number): Promise<void> {
  if (by === 0) return;
  const moved = await tx
    .updateTable('moderation_counts')
    .set((eb) => ({ items: eb('items', '+', by) }))
    .where('queue', '=', queue)
    .returning('queue')
    .executeTakeFirst();
  if (moved !== undefined) return;
  await tx
    .insertInto('moderation_counts')
    .values({ queue, items: by })
    .onConflict((oc) =>
      oc.column('queue').doUpdateSet((eb) => ({ items: eb('moderation_counts.items', '+', by) })),
    )
    .execute();
}

/** Puts a comment into a queue; whether it was not there before. One that is there keeps its place. */
export async function enterQueue(
  tx: Tx,
  entry: { queue: QueueName; commentId: string; articleId: string; at: Instant; reports?: number },
): Promise<boolean> {
  const row = await tx
    .insertInto('moderation_queue')
    .values({
      queue: entry.queue,
      comment_id: entry.commentId,
      article_id: entry.articleId,
      entered_at: entry.at,
      reports: entry.reports ?? 0,
    })
    .onConflict((oc) => oc.columns(['queue', 'comment_id']).doNothing())
    .returning('comment_id')
    .executeTakeFirst();
  if (row !== undefined) await count(tx, entry.queue, 1);
  else if ((entry.reports ?? 0) > 0)
    await tx
      .updateTable('moderation_queue')
      .set((eb) => ({ reports: eb('reports', '+', entry.reports ?? 0) }))
      .where('queue', '=', entry.queue)
      .where('comment_id', '=', entry.commentId)
      .execute();
  return row !== undefined;
}

/** Takes a comment out of queues, all but those of `except`; the rows that went. */
export async function leaveQueues(
  tx: Tx,
  commentId: string,
  { except = [] }: { except?: readonly QueueName[] } = {},
): Promise<QueueRow[]> {
  let query = tx.deleteFrom('moderation_queue').where('comment_id', '=', commentId);
  if (except.length > 0) query = query.where('queue', 'not in', except);
  const rows = await query.returningAll().execute();
  // In one order, so that two that leave queues do not wait for each other.
  for (const row of [...rows].sort((a, b) => (a.queue < b.queue ? -1 : 1))) await count(tx, row.queue, -1);
  return rows.map((row) => ({ ...row, reports: Number(row.reports) }));
}

/** Lets go of up to `limit` entries of a queue that came before an instant; how many went. */
export async function expireQueue(
  tx: Tx,
  { queue, before, limit }: { queue: QueueName; before: Instant; limit: number },
): Promise<number> {
  const old = await tx
    .selectFrom('moderation_queue')
    .select('comment_id')
    .where('queue', '=', queue)
    .where('entered_at', '<', before)
    .orderBy('entered_at')
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const gone = await tx
    .deleteFrom('moderation_queue')
    .where('queue', '=', queue)
    .where(
      'comment_id',
      'in',
      old.map((row) => row.comment_id),
    )
    .returning('comment_id')
    .execute();
  await count(tx, queue, -gone.length);
  return gone.length;
}

/** Notices are counted like a queue: those that wait. */
export async function countNotices(tx: Tx, by: number): Promise<void> {
  await count(tx, 'notices', by);
}

export type Claim = {
  readonly comment_id: string;
  readonly user_id: string;
  readonly claimed_until: Instant;
};

/** Takes or renews a claim on each comment that nobody else holds; the ids that are the person's now. */
export async function takeClaims(
  tx: Tx,
  claim: { commentIds: readonly string[]; userId: string; now: Instant; until: Instant },
): Promise<string[]> {
  const got: string[] = [];
  for (const commentId of [...claim.commentIds].sort()) {
    const row = await tx
      .insertInto('moderation_claims')
      .values({ comment_id: commentId, user_id: claim.userId, claimed_until: claim.until })
      .onConflict((oc) =>
        oc
          .column('comment_id')
          .doUpdateSet({ user_id: claim.userId, claimed_until: claim.until })
          .where((eb) =>
            eb.or([
              eb('moderation_claims.user_id', '=', claim.userId),
              eb('moderation_claims.claimed_until', '<=', claim.now),
            ]),
          ),
      )
      .returning('comment_id')
      .executeTakeFirst();
    if (row !== undefined) got.push(row.comment_id);
  }
  return got;
}

/** Gives claims back; those that were the person's. */
export async function dropClaims(
  tx: Tx,
  { commentIds, userId }: { commentIds: readonly string[]; userId?: string },
): Promise<string[]> {
  if (commentIds.length === 0) return [];
  let query = tx.deleteFrom('moderation_claims').where('comment_id', 'in', commentIds);
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  return (await query.returning('comment_id').execute()).map((row) => row.comment_id);
}

/** Claims that hold now, by comment. */
export async function claimsOn(
  db: Reader,
  { commentIds, now }: { commentIds: readonly string[]; now: Instant },
): Promise<Map<string, Claim>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('moderation_claims')
    .selectAll()
    .where('comment_id', 'in', commentIds)
    .where('claimed_until', '>', now)
    .execute();
  return new Map(rows.map((row) => [row.comment_id, row]));
}
