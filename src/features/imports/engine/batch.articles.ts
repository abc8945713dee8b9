import { createHash } from 'node:crypto';
import { newId } from '../../../base/ids.ts';
import { Problem } from '../../../base/problem.ts';
import type { ArticleContent } from '../../../contract/article.ts';
import type { Doc } from '../../../contract/document.ts';
import type { Tx } from '../../../storage/db.ts';
import {
  createArticles,
  parseContent,
  publish,
  putRedirects,
  reviseArticle,
  schedulePublish,
} from '../../articles/articles.ts';
import type { ArticleItem } from '../item.ts';
import type { Nouns } from './batch.nouns.ts';
import { type Articles, type BatchContext, ofKind, type Row, type Seen } from './batch.parts.ts';
import { contentOf, oldPath, withRelated } from './content.ts';
import { type ItemRow, knownItems, standingPaths, storiesOfHeadlines } from './imports.store.ts';
import { enter, warn } from './ledger.ts';
import { ourSource } from './nouns.ts';

/** An article under the external id that it goes by here. */
type Entry = Seen<ArticleItem> & { readonly externalId: string };
type Fresh = { readonly item: ArticleItem; readonly id: string; readonly content: ArticleContent };

/** Brings articles in: new ones are created and published in one go, known ones get a new version where the file says something new. */
export async function applyArticles(
  tx: Tx,
  context: BatchContext,
  { seen, row, nouns }: { seen: readonly Seen[]; row: Row; nouns: Nouns },
): Promise<Articles> {
  const { ledger, clock, origin } = context;
  const { entries, known } = await named(tx, context, ofKind(seen, 'article'));
  const ours = new Map(
    [...known].flatMap(([id, found]) => (found.our_id === null ? [] : [[id, found.our_id]])),
  );
  const fresh: Fresh[] = [];
  const placed: { item: ArticleItem; id: string }[] = [];
  const read = contentReader(tx, context, nouns);
  for (const { item, digest, externalId } of entries) {
    const before = known.get(externalId);
    const note = { external_id: externalId, item_kind: 'article', digest };
    const drop = (reason: string): void => {
      row({ ...note, outcome: 'dropped', reason, our_id: before?.our_id ?? null });
      enter(ledger, 'article', { kept: false, reason });
    };
    const reason = dropReason(item);
    if (reason !== undefined) {
      drop(reason);
      continue;
    }
    for (const warning of missingOf(item, context)) warn(ledger, `${externalId}: ${warning}`);
    let content: ArticleContent;
    try {
      content = await read(item);
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.kind === 'storage-full') throw cause;
      drop(cause.message);
      continue;
    }
    const id = before?.our_id ?? newId();
    ours.set(externalId, id);
    row({ ...note, outcome: 'kept', our_id: id });
    if (before?.our_id == null) {
      fresh.push({ item, id, content });
      enter(ledger, 'article', { kept: true });
    } else {
      const same = before.digest === digest && (item.related ?? []).length === 0;
      const changed = !same && (await updateArticle(tx, context, { item, id, content }));
      enter(ledger, 'article', { kept: true, unchanged: !changed });
      if (changed) placed.push({ item, id });
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
  await release(tx, context, fresh);
  await keepAddresses(tx, context, [...fresh, ...placed]);
  return async (externalId) =>
    ours.get(externalId) ??
    (await knownItems(tx, origin, { kind: 'article', ids: [externalId] })).get(externalId)?.our_id ??
    undefined;
}

/**
 * The articles by the ids that they go by. An id that a file gives twice: the same article again is dropped; another one is kept beside
 * the first, under an id that its headline and address make, so that the next run finds it again.
 */
async function named(
  tx: Tx,
  { origin, runId, ledger }: BatchContext,
  articles: readonly Seen<ArticleItem>[],
): Promise<{ entries: Entry[]; known: Map<string, ItemRow> }> {
  const look = (ids: string[]) => knownItems(tx, origin, { kind: 'article', ids });
  const known = await look(articles.map(({ item }) => item.externalId));
  const inRun = (id: string): string | undefined => {
    const found = known.get(id);
    return found?.run_id === runId ? found.digest : undefined;
  };
  const taken = new Map<string, string>();
  const entries: Entry[] = [];
  for (const { item, digest } of articles) {
    let externalId = item.externalId;
    let earlier = taken.get(externalId) ?? inRun(externalId);
    if (earlier !== undefined && earlier !== digest) {
      const own = createHash('sha256')
        .update(`${item.headline}\n${item.urls[0] ?? ''}`)
        .digest('hex');
      externalId = `${item.externalId}~${own.slice(0, 12)}`;
      for (const [id, found] of await look([externalId])) known.set(id, found);
      earlier = taken.get(externalId) ?? inRun(externalId);
      if (earlier === undefined)
        warn(
          ledger,
          `${item.externalId}: two articles of the file have this id; the second is kept as ${externalId}`,
        );
    }
    if (earlier !== undefined) {
      enter(ledger, 'article', { kept: false, reason: 'listed twice' });
      continue;
    }
    taken.set(externalId, digest);
    entries.push({ item, digest, externalId });
  }
  return { entries, known };
}

function dropReason(item: ArticleItem): string | undefined {
  if (item.status === 'trash') return 'in the trash';
  if (item.status === 'withdrawn') return 'withdrawn by its source';
  return undefined;
}

function missingOf(item: ArticleItem, { assets }: BatchContext): string[] {
  const missing = item.assets.flatMap((asset) => {
    const why = assets.get(asset.externalId)?.missing;
    return why === undefined ? [] : [`missing media: ${asset.url === '' ? '' : `${asset.url}: `}${why}`];
  });
  return [...item.warnings, ...missing];
}

function contentReader(tx: Tx, { press, clock, assets, languages }: BatchContext, nouns: Nouns) {
  const asset = new Map(
    [...assets].flatMap(([name, { id }]) => (id === undefined ? [] : [[name, id] as const])),
  );
  const sources = new Map<string, string>();
  return async (item: ArticleItem): Promise<ArticleContent> => {
    const { source: name } = item;
    let source = name === undefined ? undefined : sources.get(name);
    if (name !== undefined && source === undefined) {
      source = await ourSource(tx, { db: press.db, clock }, name);
      sources.set(name, source);
    }
    const related = item.related?.length ? await storiesOfHeadlines(tx, item.related) : [];
    const content = contentOf(item, { ...nouns, asset }, languages);
    return parseContent({
      ...content,
      body: withRelated(content.body as Doc, related),
      ...(source === undefined ? {} : { source }),
    });
  };
}

/** When an article may be seen: at once, at an instant to come, or not by itself. */
function releaseOf(item: ArticleItem, now: string): 'now' | 'never' | { at: string } {
  if (item.status !== 'published' && item.status !== 'scheduled') return 'never';
  if (item.status === 'scheduled' && item.publishedAt === undefined) return 'never';
  const embargo = item.embargo === undefined ? '' : new Date(item.embargo).toISOString();
  const at = embargo > (item.publishedAt ?? now) ? embargo : (item.publishedAt ?? now);
  return at > now ? { at } : 'now';
}

async function release(tx: Tx, { press, clock }: BatchContext, fresh: readonly Fresh[]): Promise<void> {
  const now = clock.now();
  await publish(
    tx,
    press,
    fresh
      .filter(({ item }) => releaseOf(item, now) === 'now')
      .map(({ item, id }) => ({
        articleId: id,
        ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
      })),
  );
  for (const { item, id } of fresh) {
    const when = releaseOf(item, now);
    if (typeof when === 'object')
      await schedulePublish(tx, press, { articleId: id, revision: 1, at: when.at, by: null });
  }
}

/** Saves what the file says now; a published article gets a new version. Returns whether anything changed. */
async function updateArticle(tx: Tx, { press, clock }: BatchContext, given: Fresh): Promise<boolean> {
  const { item, id } = given;
  const before = await tx
    .selectFrom('articles')
    .select(['revision_number', 'state', 'version_number'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (before === undefined) return false;
  const row = await reviseArticle(tx, { clock, by: null }, { articleId: id, content: given.content });
  const now = clock.now();
  const when = releaseOf(item, now);
  const waits = before.version_number === 0 && (before.state === 'draft' || before.state === 'scheduled');
  const revised = row.revision_number !== before.revision_number;
  if (waits && typeof when === 'object') {
    if (revised || before.state === 'draft')
      await schedulePublish(tx, press, {
        articleId: id,
        revision: row.revision_number,
        at: when.at,
        by: null,
      });
    return revised;
  }
  if (waits && when === 'now') {
    const { publishedAt } = item;
    await publish(tx, press, [{ articleId: id, ...(publishedAt === undefined ? {} : { publishedAt }) }]);
    return true;
  }
  if (!revised) return false;
  if (before.state === 'published' && when !== 'never' && typeof when !== 'object') {
    const changedAt = item.modifiedAt !== undefined && item.modifiedAt <= now ? item.modifiedAt : undefined;
    await publish(tx, press, [
      { articleId: id, ...(changedAt === undefined ? {} : { publishedAt: changedAt }) },
    ]);
  }
  return true;
}

/** Old addresses lead to the new ones; one at which an article of ours stands stays that article's. */
async function keepAddresses(
  tx: Tx,
  { clock, ledger }: BatchContext,
  articles: readonly { item: ArticleItem; id: string }[],
): Promise<void> {
  const wanted = new Map(
    articles.flatMap(({ item, id }) =>
      item.urls.flatMap((url) => oldPath(url) ?? []).map((path) => [path, id] as const),
    ),
  );
  const standing = await standingPaths(tx, [...wanted.keys()]);
  const created_at = clock.now();
  const redirects = [...wanted].flatMap(([from_path, article_id]) => {
    const owner = standing.get(from_path);
    if (owner !== undefined && owner !== article_id)
      warn(ledger, `${from_path} is the address of another article and stays so`);
    return owner === undefined
      ? [{ from_path, to_path: null, article_id, status: 301 as const, created_at }]
      : [];
  });
  await putRedirects(tx, redirects);
}
