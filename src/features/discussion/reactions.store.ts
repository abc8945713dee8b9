import type { Instant } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { ReactionKind } from '../../contract/comments.ts';
import { COMMENT_REACTED } from '../../contract/events.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { scoreOf } from './score.ts';

export type Reaction = {
  readonly commentId: string;
  readonly userId: string;
  readonly kind: ReactionKind;
  /** False takes it back. */
  readonly on: boolean;
  readonly at: Instant;
};

const columnOf = {
  up: 'up_count',
  down: 'down_count',
  insight: 'insight_count',
  thanks: 'thanks_count',
} as const satisfies Record<ReactionKind, string>;

/**
 * Says or takes back what a person thinks of a comment: once a person and kind, however often and from however many places at a time it is
 * said. `up` takes the place of `down` and the other way around. Whether anything changed.
 * @throws Problem `not-found`, `forbidden` (one's own comment)
 */
export async function reactTo(tx: Tx, db: Pick<Db, 'dialect'>, reaction: Reaction): Promise<boolean> {
  const { commentId, userId, kind, at } = reaction;
  // The lock that puts all reactions to one comment in one line.
  const comment = await tx
    .updateTable('comments')
    .set((eb) => ({ up_count: eb('up_count', '+', 0) }))
    .where('id', '=', commentId)
    .where('state', '=', 'visible')
    .returning(['id', 'article_id', 'user_id'])
    .executeTakeFirst();
  if (comment === undefined) throw new Problem('not-found', 'There is no such comment.');
  if (comment.user_id === userId)
    throw new Problem('forbidden', 'This comment is your own.', 'Others say what they think of it.');
  const moved = new Map<ReactionKind, 1 | -1>();
  if (reaction.on) {
    const [other] = kind === 'up' ? (['down'] as const) : kind === 'down' ? (['up'] as const) : [];
    if (other !== undefined && (await take(tx, { commentId, userId, kind: other }))) moved.set(other, -1);
    const { numInsertedOrUpdatedRows = 0n } = await tx
      .insertInto('comment_reactions')
      .values({ comment_id: commentId, user_id: userId, kind, created_at: at })
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows > 0n) moved.set(kind, 1);
  } else if (await take(tx, { commentId, userId, kind })) moved.set(kind, -1);
  if (moved.size === 0) return false;
  const by = (which: ReactionKind): number => moved.get(which) ?? 0;
  const counts = await tx
    .updateTable('comments')
    .set((eb) => ({
      up_count: eb(columnOf.up, '+', by('up')),
      down_count: eb(columnOf.down, '+', by('down')),
      insight_count: eb(columnOf.insight, '+', by('insight')),
      thanks_count: eb(columnOf.thanks, '+', by('thanks')),
    }))
    .where('id', '=', commentId)
    .returning(['up_count', 'down_count'])
    .executeTakeFirstOrThrow();
  if (moved.has('up') || moved.has('down'))
    await tx
      .updateTable('comments')
      .set({ score: scoreOf(counts.up_count, counts.down_count) })
      .where('id', '=', commentId)
      .execute();
  await appendEvents(db, tx, [
    { topic: COMMENT_REACTED, payload: { articleId: comment.article_id, commentId } },
  ]);
  return true;
}

async function take(tx: Tx, { commentId, userId, kind }: Omit<Reaction, 'on' | 'at'>): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('comment_reactions')
    .where('comment_id', '=', commentId)
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What a person has said of these comments, by comment. */
export async function reactionsOf(
  db: Reader,
  userId: string,
  commentIds: readonly string[],
): Promise<Map<string, ReactionKind[]>> {
  const found = new Map<string, ReactionKind[]>();
  if (commentIds.length === 0) return found;
  const rows = await db
    .selectFrom('comment_reactions')
    .select(['comment_id', 'kind'])
    .where('user_id', '=', userId)
    .where('comment_id', 'in', [...commentIds])
    .execute();
  for (const row of rows)
    found.set(row.comment_id, [...(found.get(row.comment_id) ?? []), row.kind as ReactionKind]);
  return found;
}
