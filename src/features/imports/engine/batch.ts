import type { Tx } from '../../../storage/db.ts';
import { nounChanged, putRedirects } from '../../articles/articles.ts';
import type { ImportItem, RedirectItem } from '../item.ts';
import { applyArticles } from './batch.articles.ts';
import { applyComments } from './batch.comments.ts';
import { applyNouns } from './batch.nouns.ts';
import {
  type Articles,
  type BatchContext,
  digestOfItem,
  ofKind,
  type Row,
  type Seen,
} from './batch.parts.ts';
import { oldPath } from './content.ts';
import { type ItemRow, knownItems, putItems, standingPaths } from './imports.store.ts';
import { enter, warn } from './ledger.ts';

/** Applies items in their order, all in one transaction with the ledger's entries. */
export async function applyBatch(tx: Tx, context: BatchContext, items: readonly ImportItem[]): Promise<void> {
  const seen = items.map((item): Seen => ({ item, digest: digestOfItem(item) }));
  const rows: ItemRow[] = [];
  const row: Row = (given) => {
    rows.push({
      origin: context.origin,
      reason: null,
      our_id: null,
      digest: '',
      run_id: context.runId,
      updated_at: context.clock.now(),
      ...given,
    });
  };
  const nouns = await applyNouns(tx, context, { seen, row });
  enterAssets(context, { seen, row });
  for (const { item, digest } of ofKind(seen, 'drop')) {
    const { externalId, what, reason } = item;
    row({ external_id: externalId, item_kind: what, outcome: 'dropped', reason, digest });
    enter(context.ledger, what, { kept: false, reason });
  }
  const articles = await applyArticles(tx, context, { seen, row, nouns });
  await applyComments(tx, context, { seen, row, articles });
  await applyRedirects(tx, context, { seen, row, articles });
  await putItems(tx, rows);
}

function enterAssets(
  { assets, ledger }: BatchContext,
  { seen, row }: { seen: readonly Seen[]; row: Row },
): void {
  const done = new Set<string>();
  for (const { item, digest } of ofKind(seen, 'asset')) {
    const found = assets.get(item.externalId);
    const missing = found === undefined ? 'not looked for' : found.missing;
    if (done.has(item.externalId)) {
      enter(ledger, 'asset', { kept: false, reason: 'listed twice' });
      continue;
    }
    done.add(item.externalId);
    const note = { our_id: found?.id ?? null, digest };
    for (const external_id of [item.externalId, item.urlKey])
      row({
        external_id,
        item_kind: 'asset',
        ...note,
        ...(missing === undefined ? { outcome: 'kept' } : { outcome: 'dropped', reason: missing }),
      });
    if (missing !== undefined) warn(ledger, `missing media: ${item.url}: ${missing}`);
    enter(
      ledger,
      'asset',
      missing === undefined
        ? { kept: true, unchanged: found?.before === true }
        : { kept: false, reason: 'missing media' },
    );
  }
}

async function applyRedirects(
  tx: Tx,
  context: BatchContext,
  { seen, row, articles }: { seen: readonly Seen[]; row: Row; articles: Articles },
): Promise<void> {
  const listed = ofKind(seen, 'redirect');
  const known = await knownItems(tx, context.origin, {
    kind: 'redirect',
    ids: listed.map(({ item }) => item.externalId),
  });
  const standing = await standingPaths(
    tx,
    listed.flatMap(({ item }) => oldPath(item.from) ?? []),
  );
  for (const { item, digest } of listed) {
    const redirect: RedirectItem = item;
    const from = oldPath(redirect.from);
    const article = 'article' in redirect.to ? await articles(redirect.to.article) : undefined;
    const to = 'url' in redirect.to ? redirect.to.url : null;
    const drop =
      from === undefined || (article === undefined && to === null) || to === from
        ? 'it leads nowhere'
        : standing.has(from)
          ? 'an article stands at its address'
          : undefined;
    const note = { external_id: redirect.externalId, item_kind: 'redirect', digest };
    if (drop !== undefined || from === undefined) {
      row({ ...note, outcome: 'dropped', reason: drop ?? null });
      enter(context.ledger, 'redirect', { kept: false, reason: drop ?? '' });
      continue;
    }
    const unchanged = known.get(redirect.externalId)?.digest === digest;
    if (!unchanged) {
      const created_at = context.clock.now();
      await putRedirects(tx, [
        { from_path: from, to_path: to, article_id: article ?? null, status: 301, created_at },
      ]);
      await nounChanged(context.press.db, tx, { noun: 'redirect', id: from });
    }
    row({ ...note, outcome: 'kept' });
    enter(context.ledger, 'redirect', { kept: true, unchanged });
  }
}
