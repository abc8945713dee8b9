import { newId } from '../../../base/ids.ts';
import { toJson } from '../../../base/json.ts';
import type { Tx } from '../../../storage/db.ts';
import { type ImportedComment, placeImported } from '../../discussion/discussion.ts';
import { articleAt } from '../comments/find-articles.ts';
import { addressesOf } from '../comments/order.ts';
import type { CommentItem } from '../item.ts';
import { type Articles, type BatchContext, ofKind, type Row, type Seen } from './batch.parts.ts';
import { dropComments, knownItems, putComments } from './imports.store.ts';
import { enter } from './ledger.ts';

/** Keeps comments for the discussion. */
export async function applyComments(
  tx: Tx,
  context: BatchContext,
  { seen, row, articles }: { seen: readonly Seen[]; row: Row; articles: Articles },
): Promise<void> {
  const comments = ofKind(seen, 'comment');
  const known = await knownItems(tx, context.origin, {
    kind: 'comment',
    ids: comments.map(({ item }) => item.externalId),
  });
  const kept = new Map<string, Parameters<typeof putComments>[1][number]>();
  const placed = new Map<string, ImportedComment>();
  const gone: string[] = [];
  const at = new Map<string, string | undefined>();
  const found = async (name: string, addresses: readonly string[]): Promise<string | undefined> => {
    if (!at.has(name)) at.set(name, await articleAt(tx, addresses));
    return at.get(name);
  };
  for (const { item, digest } of comments) {
    if (placed.has(item.externalId)) {
      enter(context.ledger, 'comment', { kept: false, reason: 'listed twice' });
      continue;
    }
    const addresses = addressesOf(item.article);
    const article =
      addresses === undefined ? await articles(item.article) : await found(item.article, addresses);
    const before = known.get(item.externalId);
    const reason = dropReason(item, article);
    const note = { external_id: item.externalId, item_kind: 'comment', digest };
    if (reason !== undefined || article === undefined || item.state === 'trash') {
      row({ ...note, outcome: 'dropped', reason: reason ?? null });
      enter(context.ledger, 'comment', { kept: false, reason: reason ?? 'not kept' });
      continue;
    }
    const id = before?.our_id ?? newId();
    row({ ...note, outcome: 'kept', our_id: id });
    enter(context.ledger, 'comment', { kept: true, unchanged: before?.digest === digest });
    placed.set(item.externalId, {
      origin: context.origin,
      externalId: item.externalId,
      articleId: article,
      parentExternalId: item.parent,
      author: item.author,
      writtenAt: item.writtenAt ?? context.clock.now(),
      paragraphs: item.paragraphs,
      state: placeAs[item.state],
      featured: item.featured === true,
    });
    if (item.state === 'deleted') gone.push(item.externalId);
    if (item.state === 'deleted' || item.state === 'removed') continue;
    kept.set(item.externalId, {
      id,
      origin: context.origin,
      external_id: item.externalId,
      article_id: article,
      parent_external_id: item.parent ?? null,
      author_name: item.author.name,
      author_email: item.author.email ?? null,
      author_url: item.author.url ?? null,
      body: toJson(item.paragraphs),
      state: item.state,
      written_at: item.writtenAt ?? context.clock.now(),
    });
  }
  await putComments(tx, [...kept.values()]);
  await dropComments(tx, context.origin, gone);
  await placeImported(tx, context.press.db, {
    comments: [...placed.values()],
    now: context.clock.now(),
  });
}

const placeAs = {
  approved: 'visible',
  pending: 'held',
  removed: 'removed',
  deleted: 'deleted',
  spam: 'removed',
} as const;

function dropReason(item: CommentItem, article: string | undefined): string | undefined {
  if (item.type === 'pingback') return 'a notice from another site';
  if (item.state === 'trash') return 'in the trash';
  if (item.state === 'spam') return 'spam';
  if (article !== undefined) return undefined;
  return addressesOf(item.article) === undefined
    ? 'its article was not kept'
    : 'no article stands at its address';
}
