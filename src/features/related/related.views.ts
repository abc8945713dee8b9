import type { Reader } from '../../storage/db.ts';

/** The ids of an article's related stories, best first. They were computed when the article, or one near it, was published. */
export async function relatedTo(db: Reader, articleId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('related_articles')
    .select('related_id')
    .where('article_id', '=', articleId)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.related_id);
}
