import { fromJson } from '../../base/json.ts';
import type { Thread } from '../../contract/shared/answers.ts';
import type { Reader } from '../../storage/db.ts';
import { namesOf } from './revisions.views.ts';

/** Threads that one article can have at once, at most; the rest is reached through `after`. */
export const THREADS_A_PAGE = 200;

/** The conversations about an article's passages, oldest first. */
export async function threadsOf(
  db: Reader,
  of: { articleId: string; viewer: string; after?: string | undefined },
): Promise<Thread[]> {
  const rows = await db
    .selectFrom('passage_threads')
    .selectAll()
    .where('article_id', '=', of.articleId)
    .where('id', '>', of.after ?? '')
    .orderBy('id')
    .limit(THREADS_A_PAGE)
    .execute();
  if (rows.length === 0) return [];
  const comments = await db
    .selectFrom('passage_comments')
    .selectAll()
    .where(
      'thread_id',
      'in',
      rows.map((row) => row.id),
    )
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const mentions = (row: (typeof comments)[number]): string[] => fromJson<string[]>(row.mentions as string);
  const names = await namesOf(db, [
    ...rows.flatMap((row) => [row.created_by, row.resolved_by]),
    ...comments.flatMap((row) => [row.created_by, ...mentions(row)]),
  ]);
  const person = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return rows.map((row) => ({
    id: row.id,
    anchor: fromJson(row.anchor as string) as unknown as Thread['anchor'],
    quote: row.quote,
    state: row.state,
    by: person(row.created_by),
    createdAt: row.created_at,
    resolvedBy: person(row.resolved_by),
    resolvedAt: row.resolved_at,
    comments: comments
      .filter((comment) => comment.thread_id === row.id)
      .map((comment) => ({
        id: comment.id,
        body: comment.body,
        mentions: mentions(comment).flatMap((id) => names.get(id) ?? []),
        by: person(comment.created_by),
        createdAt: comment.created_at,
        editedAt: comment.edited_at,
        mine: comment.created_by === of.viewer,
      })),
  }));
}
