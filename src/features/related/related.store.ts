import type { Tx } from '../../storage/db.ts';

/** Replaces the related stories of an article. */
export async function putRelated(
  tx: Tx,
  articleId: string,
  related: readonly { id: string; score: number }[],
): Promise<void> {
  await tx.deleteFrom('related_articles').where('article_id', '=', articleId).execute();
  if (related.length === 0) return;
  await tx
    .insertInto('related_articles')
    .values(
      related.map(({ id, score }, position) => ({ article_id: articleId, position, related_id: id, score })),
    )
    .execute();
}
