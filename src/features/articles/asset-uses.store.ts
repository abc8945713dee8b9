import type { ArticleContent, PublishedVersion } from '../../contract/article.ts';
import { docAssets } from '../../contract/document.ts';
import type { Tx } from '../../storage/db.ts';
import type { Projection } from './articles.events.ts';

const BATCH = 250;

type Use = { readonly articleId: string; readonly assets: readonly string[] };

function assetsOf(content: Pick<ArticleContent | PublishedVersion, 'body' | 'leadPicture'>): string[] {
  const lead = content.leadPicture === undefined ? [] : [content.leadPicture.asset];
  return [...new Set([...lead, ...docAssets(content.body)])];
}

async function putUses(tx: Tx, kind: 'draft' | 'live', uses: readonly Use[]): Promise<void> {
  const rows = uses.flatMap(({ articleId, assets }) =>
    assets.map((asset) => ({ asset_id: asset, article_id: articleId, use_kind: kind })),
  );
  for (let start = 0; start < rows.length; start += BATCH)
    await tx
      .insertInto('article_assets')
      .values(rows.slice(start, start + BATCH))
      .onConflict((oc) => oc.doNothing())
      .execute();
}

async function dropUses(tx: Tx, kind: 'draft' | 'live', articles: readonly string[]): Promise<void> {
  for (let start = 0; start < articles.length; start += BATCH)
    await tx
      .deleteFrom('article_assets')
      .where('use_kind', '=', kind)
      .where('article_id', 'in', articles.slice(start, start + BATCH))
      .execute();
}

/** Keeps which assets the latest revisions of articles show. */
export async function putDraftUses(
  tx: Tx,
  revisions: readonly { articleId: string; number: number; content: ArticleContent }[],
): Promise<void> {
  const later = revisions.filter(({ number }) => number > 1).map(({ articleId }) => articleId);
  await dropUses(tx, 'draft', later);
  await putUses(
    tx,
    'draft',
    revisions.map(({ articleId, content }) => ({ articleId, assets: assetsOf(content) })),
  );
}

/** Which assets readers see, and where. */
export const assetUses: Projection = {
  name: 'asset uses',
  apply: async (tx, changes) => {
    const before = changes.filter((change) => change.before !== undefined).map(({ articleId }) => articleId);
    await dropUses(tx, 'live', before);
    await putUses(
      tx,
      'live',
      changes
        .filter(({ after }) => after.visibility === 'live')
        .map(({ articleId, after }) => ({ articleId, assets: assetsOf(after.version) })),
    );
  },
  clear: async (tx) => {
    await tx.deleteFrom('article_assets').where('use_kind', '=', 'live').execute();
  },
};
