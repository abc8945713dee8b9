import type { Reader } from '../../storage/db.ts';

/** Where a code leads: the present path of its article, or the address it was made for. */
export async function shortLinkTarget(
  db: Reader,
  code: string,
): Promise<{ to: string; articleId?: string } | undefined> {
  const row = await db
    .selectFrom('short_links')
    .leftJoin('published_articles', 'published_articles.article_id', 'short_links.article_id')
    .select(['short_links.article_id', 'short_links.target', 'published_articles.path'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.article_id !== null && row.path !== null) return { to: row.path, articleId: row.article_id };
  return row.target === null ? undefined : { to: row.target };
}
