import { sql, type Selectable, type Updateable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { CommentState } from '../../contract/comments.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type ThreadRow = Selectable<Tables['discussion_threads']>;

/**
 * Takes the discussion of an article for this transaction, and makes it where there is none. Every change of a discussion begins here, so
 * that on PostgreSQL too its writers come one after the other. `take` numbers are given to new comments.
 */
export async function lockThread(
  tx: Tx,
  articleId: string,
  { now, take = 0 }: { now: Instant; take?: number },
): Promise<ThreadRow> {
  return tx
    .insertInto('discussion_threads')
    .values({
      article_id: articleId,
      hand: null,
      comment_seq: take,
      last_comment_at: null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((oc) =>
      oc
        .column('article_id')
        .doUpdateSet((eb) => ({ comment_seq: eb('discussion_threads.comment_seq', '+', take) })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Moves the counts of a discussion: by state, and of featured comments. */
export async function moveCounts(
  tx: Tx,
  articleId: string,
  by: Partial<Record<CommentState | 'featured', number>> & { readonly lastCommentAt?: Instant },
): Promise<void> {
  const { lastCommentAt } = by;
  await tx
    .updateTable('discussion_threads')
    .set((eb) => ({
      visible_count: eb('visible_count', '+', by.visible ?? 0),
      held_count: eb('held_count', '+', by.held ?? 0),
      rejected_count: eb('rejected_count', '+', by.rejected ?? 0),
      removed_count: eb('removed_count', '+', by.removed ?? 0),
      deleted_count: eb('deleted_count', '+', by.deleted ?? 0),
      featured_count: eb('featured_count', '+', by.featured ?? 0),
      ...(lastCommentAt === undefined
        ? {}
        : {
            last_comment_at: sql<Instant>`case when last_comment_at is null or last_comment_at < ${lastCommentAt} then ${lastCommentAt} else last_comment_at end`,
          }),
    }))
    .where('article_id', '=', articleId)
    .execute();
}

export async function updateThread(
  tx: Tx,
  articleId: string,
  change: Updateable<Tables['discussion_threads']>,
): Promise<void> {
  await tx
    .updateTable('discussion_threads')
    .set((eb) => ({ ...change, row_version: eb('row_version', '+', 1) }))
    .where('article_id', '=', articleId)
    .execute();
}
