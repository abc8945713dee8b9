import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Reader, Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type CommentRow = Selectable<Tables['comments']>;
export type NewCommentRow = Insertable<Tables['comments']>;

/** Characters of one step of a path: eight of time, six of number. */
const STEP = 14;

/**
 * One step of the order of a discussion: milliseconds since 1970 and the comment's number, base 36, so that paths of siblings sort by time
 * and no two are the same. Good until the year 2059 and for 2,176,782,336 comments of one article.
 */
export function pathStep(createdAt: string, number: number): string {
  const ms = Math.min(Math.max(0, Date.parse(createdAt) || 0), 36 ** 8 - 1);
  return ms.toString(36).padStart(8, '0') + number.toString(36).padStart(6, '0');
}

/** The paths of everything that a comment stands under, the root first. */
export function pathsAbove(path: string): string[] {
  return Array.from({ length: path.length / STEP - 1 }, (_, i) => path.slice(0, (i + 1) * STEP));
}

/** Above every path below a comment, and under the path of its next sibling. */
export function endOf(path: string): string {
  return `${path}~`;
}

export async function commentById(db: Reader, id: string): Promise<CommentRow | undefined> {
  return db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function insertComment(tx: Tx, row: NewCommentRow): Promise<void> {
  await tx.insertInto('comments').values(row).execute();
}

export async function insertComments(tx: Tx, rows: readonly NewCommentRow[]): Promise<void> {
  // SQLite takes at most 32,766 values in a statement.
  for (let start = 0; start < rows.length; start += 500)
    await tx
      .insertInto('comments')
      .values(rows.slice(start, start + 500))
      .execute();
}

export async function updateComment(
  tx: Tx,
  id: string,
  change: Updateable<Tables['comments']>,
): Promise<void> {
  await tx
    .updateTable('comments')
    .set((eb) => ({ ...change, row_version: eb('row_version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Tells everything above a comment that one more, or one less, is visible below it. At most as many rows as pages nest deep. */
export async function moveDescendants(
  tx: Tx,
  comment: { readonly article_id: string; readonly path: string },
  by: 1 | -1,
): Promise<void> {
  const above = pathsAbove(comment.path);
  if (above.length === 0) return;
  await tx
    .updateTable('comments')
    .set((eb) => ({ descendants: eb('descendants', '+', by), ...(by === 1 ? { listed: 1 } : {}) }))
    .where('article_id', '=', comment.article_id)
    .where('path', 'in', above)
    .execute();
  if (by === -1)
    await tx
      .updateTable('comments')
      .set({ listed: 0 })
      .where('article_id', '=', comment.article_id)
      .where('path', 'in', above)
      .where('state', '<>', 'visible')
      .where('descendants', '=', 0)
      .execute();
}

/** Keeps who has visible comments in a discussion; at none the person is no longer of it. */
export async function movePerson(
  tx: Tx,
  person: { articleId: string; userId: string; name: string; nameKey: string; at: string; by: 1 | -1 },
): Promise<void> {
  if (person.by === 1) {
    await tx
      .insertInto('discussion_people')
      .values({
        article_id: person.articleId,
        user_id: person.userId,
        name: person.name,
        name_key: person.nameKey,
        comment_count: 1,
        last_at: person.at,
      })
      .onConflict((oc) =>
        oc.columns(['article_id', 'user_id']).doUpdateSet((eb) => ({
          comment_count: eb('discussion_people.comment_count', '+', 1),
          name: person.name,
          name_key: person.nameKey,
          last_at: person.at,
        })),
      )
      .execute();
    return;
  }
  await tx
    .updateTable('discussion_people')
    .set((eb) => ({ comment_count: eb('comment_count', '-', 1) }))
    .where('article_id', '=', person.articleId)
    .where('user_id', '=', person.userId)
    .execute();
  await tx
    .deleteFrom('discussion_people')
    .where('article_id', '=', person.articleId)
    .where('user_id', '=', person.userId)
    .where('comment_count', '<=', 0)
    .execute();
}

export async function putMentions(tx: Tx, commentId: string, users: readonly string[]): Promise<void> {
  await tx.deleteFrom('comment_mentions').where('comment_id', '=', commentId).execute();
  if (users.length > 0)
    await tx
      .insertInto('comment_mentions')
      .values(users.map((user) => ({ comment_id: commentId, user_id: user })))
      .execute();
}

export async function insertEdit(tx: Tx, row: Insertable<Tables['comment_edits']>): Promise<void> {
  await tx.insertInto('comment_edits').values(row).execute();
}

/** What it was before goes too. */
export async function deleteEdits(tx: Tx, commentId: string): Promise<void> {
  await tx.deleteFrom('comment_edits').where('comment_id', '=', commentId).execute();
}
