import { fromJson } from '../../base/json.ts';
import { type CommentDoc, commentText } from '../../contract/comment-doc.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader } from '../../storage/db.ts';

/**
 * Every comment of the house, one object each, whatever its state, in the order in which they were made: with what another program needs to
 * build the discussions again. Read in pages, so that its memory does not grow with the house.
 */
export async function* exportComments(
  db: Reader,
  { origin, articleId }: { origin: string; articleId?: string | undefined },
): AsyncGenerator<Record<string, unknown>> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('comments as c')
      .leftJoin('users as u', 'u.id', 'c.user_id')
      .leftJoin('articles as a', 'a.id', 'c.article_id')
      .selectAll('c')
      .select(['u.name as user_name', 'u.email as user_email', 'a.path as article_path'])
      .where('c.id', '>', after)
      .$if(articleId !== undefined, (query) => query.where('c.article_id', '=', articleId ?? ''))
      .orderBy('c.id')
      .limit(500)
      .execute();
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.id);
    const edits = await db
      .selectFrom('comment_edits')
      .selectAll()
      .where('comment_id', 'in', ids)
      .orderBy('comment_id')
      .orderBy('edit_number')
      .execute();
    for (const row of rows) {
      const body = fromJson<CommentDoc>(row.body as string);
      yield {
        id: row.id,
        article: row.article_id,
        articleUrl: row.article_path === null ? null : origin + row.article_path,
        url: origin + paths.comment(row.article_id, row.id),
        number: row.comment_number,
        parent: row.parent_id,
        thread: row.root_id,
        author: {
          id: row.user_id,
          name: row.user_name ?? row.author_name,
          email: row.user_email ?? row.guest_email,
          url: row.author_url,
          mark: row.mark,
        },
        state: row.state,
        verdict: row.verdict === null ? null : fromJson<unknown>(row.verdict as string),
        body,
        text: commentText(body),
        source: row.source,
        language: row.language,
        writtenAt: row.created_at,
        editedAt: row.edited_at,
        edits: edits
          .filter((edit) => edit.comment_id === row.id)
          .map((edit) => ({
            at: edit.edited_at,
            body: fromJson<unknown>(edit.body as string),
            source: edit.source,
          })),
        reactions: {
          up: row.up_count,
          down: row.down_count,
          insight: row.insight_count,
          thanks: row.thanks_count,
        },
        featuredAt: row.featured_at,
        origin: row.origin,
        externalId: row.external_id,
      };
    }
    after = ids.at(-1) ?? after;
  }
}
