import { fromJson } from '../../base/json.ts';
import { type CommentDoc, commentText } from '../../contract/comment-doc.ts';
import type { Reader } from '../../storage/db.ts';
import type { CommentRow } from './room.ts';

/** What a comment says, as plain text. */
export function textOf(comment: Pick<CommentRow, 'body'>): string {
  return commentText(fromJson(comment.body) as CommentDoc);
}

/** The headlines of articles, by id. */
export async function headlinesOf(
  db: Reader,
  articleIds: readonly string[],
): Promise<Map<string, { id: string; headline: string; path: string | null }>> {
  const ids = [...new Set(articleIds)];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'headline', 'path'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
