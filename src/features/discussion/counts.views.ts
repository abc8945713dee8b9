import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';
import { discussionSettings } from './status.views.ts';

/** What lists of the newsroom show of a discussion. */
export type DiscussionCounts = {
  readonly visible: number;
  readonly held: number;
  readonly rejected: number;
  readonly removed: number;
  readonly lastCommentAt: Instant | undefined;
  readonly closed: boolean;
};

/**
 * Visible comments by article, of those that readers can see: live articles with a comment. What is not in it has none. The one source of
 * the number on cards, on article pages, in feeds, in structured data and in the API.
 */
export async function commentCounts(db: Reader, articleIds: readonly string[]): Promise<Map<string, number>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('discussion_threads as t')
    .innerJoin('published_articles as p', 'p.article_id', 't.article_id')
    .select(['t.article_id', 't.visible_count'])
    .where('t.article_id', 'in', [...new Set(articleIds)])
    .where('t.visible_count', '>', 0)
    .where('p.visibility', '=', 'live')
    .where('p.kind', '=', 'article')
    .execute();
  if (rows.length === 0 || !(await discussionSettings(db)).enabled) return new Map();
  return new Map(rows.map((row) => [row.article_id, row.visible_count]));
}

/** Counts and queues by article for the newsroom, whatever the state of the article. */
export async function newsroomCounts(
  db: Reader,
  articleIds: readonly string[],
): Promise<Map<string, DiscussionCounts>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('discussion_threads')
    .selectAll()
    .where('article_id', 'in', [...new Set(articleIds)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.article_id,
      {
        visible: row.visible_count,
        held: row.held_count,
        rejected: row.rejected_count,
        removed: row.removed_count,
        lastCommentAt: row.last_comment_at ?? undefined,
        closed: row.hand === 'closed',
      },
    ]),
  );
}
