import { createHash } from 'node:crypto';
import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { canonicalJson, toJson } from '../../../base/json.ts';
import { Problem } from '../../../base/problem.ts';
import type { Tx } from '../../../storage/db.ts';
import {
  createArticles,
  nounChanged,
  parseContent,
  type Press,
  publish,
  putRedirects,
  reviseArticle,
  schedulePublish,
} from '../../articles/articles.ts';
import type { ArticleItem, CommentItem, ImportItem, RedirectItem } from '../item.ts';
import { contentOf, oldPath, type OurIds } from './content.ts';
import { type ItemRow, knownItems, putComments, putItems } from './imports.store.ts';
import { enter, type Ledger, warn } from './ledger.ts';
import { type NounItem, nounsOf, ourNoun, ourSource } from './nouns.ts';

export type BatchContext = {
  readonly press: Press;
  readonly clock: Clock;
  readonly origin: string;
  readonly runId: string;
  readonly language: string;
  readonly ledger: Ledger;
  /** Our ids of files brought in before the batch, by external id; what is missing, with why. */
  readonly assets: ReadonlyMap<string, { id: string } | { missing: string }>;
};

type Seen = { item: ImportItem; digest: string };
const nounKinds = ['author', 'section', 'concept', 'storyline'] as const;

export function digestOfItem(item: object): string {
  const { index: _index, ...rest } = item as { index?: number };
  return createHash('sha256').update(canonicalJson(rest)).digest('hex');
}

/** Applies items in their order, all in one transaction with the ledger's entries. */
export async function applyBatch(tx: Tx, context: BatchContext, items: readonly ImportItem[]): Promise<void> {
  const seen = items.map((item): Seen => ({ item, digest: digestOfItem(item) }));
  const rows: ItemRow[] = [];
  const row = (given: Pick<ItemRow, 'external_id' | 'item_kind' | 'outcome'> & Partial<ItemRow>): void => {
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
  for (const { item, digest } of seen) {
    if (item.kind === 'asset') {
      const brought = context.assets.get(item.externalId);
      const kept = brought !== undefined && 'id' in brought;
      row({
        external_id: item.externalId,
        item_kind: 'asset',
        outcome: kept ? 'kept' : 'dropped',
        our_id: kept ? brought.id : null,
        reason: kept ? null : 'missing media',
        digest,
      });
      if (!kept) warn(context.ledger, `missing media: ${item.url}: ${brought?.missing ?? 'not looked for'}`);
      enter(context.ledger, 'asset', kept ? { kept: true } : { kept: false, reason: 'missing media' });
    }
    if (item.kind === 'drop') {
      row({
        external_id: item.externalId,
        item_kind: item.what,
        outcome: 'dropped',
        reason: item.reason,
        digest,
      });
      enter(context.ledger, item.what, { kept: false, reason: item.reason });
    }
  }
  const articles = await applyArticles(tx, context, { seen, row, nouns });
  await applyComments(tx, context, { seen, row, articles });
  await applyRedirects(tx, context, { seen, row, articles });
  await putItems(tx, rows);
}

type Row = (given: Pick<ItemRow, 'external_id' | 'item_kind' | 'outcome'> & Partial<ItemRow>) => void;
type Nouns = Record<(typeof nounKinds)[number], Map<string, string>>;

async function applyNouns(
  tx: Tx,
  context: BatchContext,
  { seen, row }: { seen: readonly Seen[]; row: Row },
): Promise<Nouns> {
  const ours: Nouns = { author: new Map(), section: new Map(), concept: new Map(), storyline: new Map() };
  const listed = seen.flatMap(({ item }) => (isNoun(item) ? [item] : []));
  const carried = seen.flatMap(({ item }) => (item.kind === 'article' ? nounsOf(item) : []));
  const nounContext = { db: context.press.db, clock: context.clock };
  for (const kind of nounKinds) {
    const wanted = [...listed, ...carried].filter((item) => item.kind === kind);
    const known = await knownItems(tx, context.origin, { kind, ids: wanted.map((item) => item.externalId) });
    for (const item of wanted) {
      if (ours[kind].has(item.externalId)) continue;
      const id = known.get(item.externalId)?.our_id ?? (await ourNoun(tx, nounContext, item));
      ours[kind].set(item.externalId, id);
      if (!known.has(item.externalId))
        row({
          external_id: item.externalId,
          item_kind: kind,
          outcome: 'kept',
          our_id: id,
          digest: digestOfItem(item),
        });
    }
    for (const item of listed.filter((noun) => noun.kind === kind))
      enter(context.ledger, kind, { kept: true, unchanged: known.has(item.externalId) });
  }
  return ours;
}

function isNoun(item: ImportItem): item is ImportItem & NounItem {
  return (nounKinds as readonly string[]).includes(item.kind);
}

/** Our ids of the articles of this batch and of those it names. */
type Articles = (externalId: string) => Promise<string | undefined>;

async function applyArticles(
  tx: Tx,
  context: BatchContext,
  { seen, row, nouns }: { seen: readonly Seen[]; row: Row; nouns: Nouns },
): Promise<Articles> {
  const { ledger, press, clock, origin } = context;
  const articles = seen.filter(
    (entry): entry is Seen & { item: ImportItem & ArticleItem } => entry.item.kind === 'article',
  );
  const known = await knownItems(tx, origin, {
    kind: 'article',
    ids: articles.map(({ item }) => item.externalId),
  });
  const ours = new Map(
    [...known].flatMap(([external, found]) =>
      found.our_id === null ? [] : [[external, found.our_id] as const],
    ),
  );
  const assets = new Map(
    [...context.assets].flatMap(([external, found]) =>
      'id' in found ? [[external, found.id] as const] : [],
    ),
  );
  const ids: OurIds = { ...nouns, asset: assets };
  const fresh: { item: ArticleItem; id: string; content: ReturnType<typeof contentOf> }[] = [];
  for (const { item, digest } of articles) {
    const before = known.get(item.externalId);
    const reason = dropReason(item);
    if (reason !== undefined) {
      row({ external_id: item.externalId, item_kind: 'article', outcome: 'dropped', reason, digest });
      enter(ledger, 'article', { kept: false, reason });
      continue;
    }
    for (const warning of item.warnings) warn(ledger, `${item.externalId}: ${warning}`);
    for (const asset of item.assets) {
      const brought = context.assets.get(asset.externalId);
      if (brought !== undefined && 'missing' in brought)
        warn(ledger, `${item.externalId}: missing media: ${asset.url}: ${brought.missing}`);
    }
    try {
      const content = parseContent({
        ...contentOf(item, ids, context.language),
        ...(item.source === undefined
          ? {}
          : { source: await ourSource(tx, { db: press.db, clock }, item.source) }),
      });
      if (before?.our_id !== undefined && before.our_id !== null) {
        const changed =
          before.digest !== digest &&
          (await updateArticle(tx, context, { item, id: before.our_id, content }));
        enter(ledger, 'article', { kept: true, unchanged: !changed });
        row({
          external_id: item.externalId,
          item_kind: 'article',
          outcome: 'kept',
          our_id: before.our_id,
          digest,
        });
        continue;
      }
      const id = newId();
      ours.set(item.externalId, id);
      fresh.push({ item, id, content });
      row({ external_id: item.externalId, item_kind: 'article', outcome: 'kept', our_id: id, digest });
      enter(ledger, 'article', { kept: true });
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.kind === 'storage-full') throw cause;
      row({
        external_id: item.externalId,
        item_kind: 'article',
        outcome: 'dropped',
        reason: cause.message,
        digest,
      });
      enter(ledger, 'article', { kept: false, reason: cause.message });
    }
  }
  await createArticles(
    tx,
    { clock, by: null },
    fresh.map(({ item, id, content }) => ({
      id,
      content,
      externalId: item.externalId.slice(0, 200),
      ...(item.publishedAt === undefined ? {} : { createdAt: item.publishedAt }),
    })),
  );
  const now = clock.now();
  const due = fresh.filter(({ item }) => item.status === 'published' && (item.publishedAt ?? now) <= now);
  const results = await publish(
    tx,
    press,
    due.map(({ item, id }) => ({
      articleId: id,
      ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
    })),
  );
  for (const { item, id } of fresh) {
    if (
      (item.status === 'scheduled' || item.status === 'published') &&
      item.publishedAt !== undefined &&
      item.publishedAt > now
    ) {
      await schedulePublish(tx, press, { articleId: id, revision: 1, at: item.publishedAt, by: null });
    }
  }
  await keepAddresses(tx, context, {
    fresh,
    paths: new Map(results.map((result) => [result.articleId, result.path])),
  });
  return async (externalId) =>
    ours.get(externalId) ??
    (await knownItems(tx, origin, { kind: 'article', ids: [externalId] })).get(externalId)?.our_id ??
    undefined;
}

function dropReason(item: ArticleItem): string | undefined {
  if (item.status === 'trash') return 'in the trash';
  if (item.status === 'withdrawn') return 'withdrawn by its source';
  return undefined;
}

/** Saves what the file says now; a published article gets a new version. Returns whether anything changed. */
async function updateArticle(
  tx: Tx,
  { press, clock }: BatchContext,
  given: { item: ArticleItem; id: string; content: ReturnType<typeof parseContent> },
): Promise<boolean> {
  const before = await tx
    .selectFrom('articles')
    .select(['revision_number', 'state', 'version_number'])
    .where('id', '=', given.id)
    .executeTakeFirst();
  if (before === undefined) return false;
  const row = await reviseArticle(tx, { clock, by: null }, { articleId: given.id, content: given.content });
  if (row.revision_number === before.revision_number) return false;
  const goesOut =
    before.state === 'published' || (before.state === 'draft' && given.item.status === 'published');
  if (goesOut)
    await publish(tx, press, [
      {
        articleId: given.id,
        ...(given.item.modifiedAt === undefined ? {} : { publishedAt: given.item.modifiedAt }),
      },
    ]);
  return true;
}

/** Old addresses lead to the new ones. */
async function keepAddresses(
  tx: Tx,
  { clock }: BatchContext,
  {
    fresh,
    paths,
  }: { fresh: readonly { item: ArticleItem; id: string }[]; paths: ReadonlyMap<string, string> },
): Promise<void> {
  const redirects = fresh.flatMap(({ item, id }) =>
    [...new Set(item.urls.flatMap((url) => oldPath(url) ?? []))]
      .filter((path) => path !== paths.get(id))
      .map((from_path) => ({
        from_path,
        to_path: null,
        article_id: id,
        status: 301 as const,
        created_at: clock.now(),
      })),
  );
  const unique = new Map(redirects.map((redirect) => [redirect.from_path, redirect]));
  await putRedirects(tx, [...unique.values()]);
}

type WithArticles = { seen: readonly Seen[]; row: Row; articles: Articles };

async function applyComments(
  tx: Tx,
  context: BatchContext,
  { seen, row, articles }: WithArticles,
): Promise<void> {
  const comments = seen.filter(
    (entry): entry is Seen & { item: ImportItem & CommentItem } => entry.item.kind === 'comment',
  );
  const known = await knownItems(tx, context.origin, {
    kind: 'comment',
    ids: comments.map(({ item }) => item.externalId),
  });
  const kept: Parameters<typeof putComments>[1][number][] = [];
  for (const { item, digest } of comments) {
    const article = await articles(item.article);
    const reason =
      item.type === 'pingback'
        ? 'a notice from another site'
        : item.state === 'trash'
          ? 'in the trash'
          : item.state === 'spam'
            ? 'spam'
            : article === undefined
              ? 'its article was not kept'
              : undefined;
    if (reason !== undefined || article === undefined || item.state === 'trash') {
      row({
        external_id: item.externalId,
        item_kind: 'comment',
        outcome: 'dropped',
        reason: reason ?? null,
        digest,
      });
      enter(context.ledger, 'comment', { kept: false, reason: reason ?? 'not kept' });
      continue;
    }
    const id = known.get(item.externalId)?.our_id ?? newId();
    row({ external_id: item.externalId, item_kind: 'comment', outcome: 'kept', our_id: id, digest });
    enter(context.ledger, 'comment', {
      kept: true,
      unchanged: known.get(item.externalId)?.digest === digest,
    });
    kept.push({
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
  await putComments(tx, kept);
}

async function applyRedirects(
  tx: Tx,
  context: BatchContext,
  { seen, row, articles }: WithArticles,
): Promise<void> {
  for (const { item, digest } of seen) {
    if (item.kind !== 'redirect') continue;
    const redirect: RedirectItem = item;
    const from = oldPath(redirect.from);
    const article = 'article' in redirect.to ? await articles(redirect.to.article) : undefined;
    const to = 'url' in redirect.to ? redirect.to.url : null;
    if (from === undefined || (article === undefined && to === null)) {
      row({
        external_id: redirect.externalId,
        item_kind: 'redirect',
        outcome: 'dropped',
        reason: 'it leads nowhere',
        digest,
      });
      enter(context.ledger, 'redirect', { kept: false, reason: 'it leads nowhere' });
      continue;
    }
    await putRedirects(tx, [
      {
        from_path: from,
        to_path: to,
        article_id: article ?? null,
        status: 301,
        created_at: context.clock.now(),
      },
    ]);
    await nounChanged(context.press.db, tx, { noun: 'redirect', id: from });
    row({ external_id: redirect.externalId, item_kind: 'redirect', outcome: 'kept', digest });
    enter(context.ledger, 'redirect', { kept: true });
  }
}
