import { canonicalJson, fromJson } from '../../base/json.ts';
import type { StoryDigest } from '../../contract/article.ts';
import type { Tx } from '../../storage/db.ts';
import type { Projection } from './articles.events.ts';
import { batches, putCard, readPublishedRows } from './articles.store.ts';
import { stateOf } from './version.ts';

/** Writes anew what lists show of published articles, where a noun that they name has become another. */
export async function rewriteCards(
  tx: Tx,
  articleIds: readonly string[],
  change: (card: StoryDigest) => StoryDigest,
): Promise<void> {
  for (const batch of batches([...new Set(articleIds)])) {
    const rows = await tx
      .selectFrom('published_articles')
      .select(['article_id', 'card'])
      .where('article_id', 'in', batch)
      .execute();
    for (const row of rows)
      await putCard(tx, row.article_id, canonicalJson(change(fromJson<StoryDigest>(row.card as string))));
  }
}

/** Lets the projections that keep ids of nouns keep them anew. */
export async function refreshProjections(
  tx: Tx,
  projections: readonly Projection[],
  articleIds: readonly string[],
): Promise<void> {
  const keepers = projections.filter((projection) => projection.keepsNouns === true);
  if (keepers.length === 0) return;
  for (const batch of batches([...new Set(articleIds)])) {
    const rows = [...(await readPublishedRows(tx, batch)).values()];
    const changes = rows.map((row) => {
      const state = stateOf(row);
      return { articleId: row.article_id, reason: state.version.reason, before: state, after: state };
    });
    for (const projection of keepers) await projection.apply(tx, changes);
  }
}
