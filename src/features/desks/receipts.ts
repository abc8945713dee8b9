import { createHash } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { squish } from '../../base/text.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import type { Db, Reader } from '../../storage/db.ts';
import type { ArticlePublished } from '../articles/articles.events.ts';
import { siteOf } from '../articles/articles.ts';
import { insertReceipt, putSurface, type ReceiptRow, updateReceipt } from './receipts.store.ts';
import { type Expectation, type ReceiptOf, surfacesOf } from './surfaces.ts';

/** What came from one of our own addresses, asked as any reader would ask it. */
export type Reached = {
  /** The public address answered, or, where it cannot be reached from here, this node's own port. */
  readonly door: 'origin' | 'node' | 'mirror';
  readonly status: number;
  readonly location: string | undefined;
  readonly body: Uint8Array;
};

export type ReceiptRoom = {
  readonly db: Db;
  readonly clock: Clock;
  readonly origin: string;
  /** Whether a mirror's address is configured. */
  readonly mirror: boolean;
  /** Asks one of our addresses over the network. Redirects are not followed. @throws when nobody answers. */
  reach(path: string, at: 'site' | 'mirror'): Promise<Reached>;
};

type Version = Pick<ArticlePublished, 'articleId' | 'version'> & Partial<ArticlePublished>;

/** Opens the receipt of a version, and gives its id; undefined where there is nothing to ask, for a later version stands. */
export async function openReceipt(
  room: Pick<ReceiptRoom, 'db' | 'clock' | 'mirror' | 'origin'>,
  event: Version,
): Promise<{ id: string } | undefined> {
  const { db, clock, mirror, origin } = room;
  const known = await db.read
    .selectFrom('receipts')
    .select('id')
    .where('article_id', '=', event.articleId)
    .where('version_number', '=', event.version)
    .executeTakeFirst();
  if (known !== undefined) return known;
  const of = await standing(db.read, event);
  if (of === undefined) return noteOvertaken(room, event);
  const settings = await siteOf(db.read);
  const surfaces = await surfacesOf(db.read, of, { settings, mirror, origin });
  const row = rowOf(event, { reason: of.version.reason, state: 'waiting', now: clock.now() });
  const fresh = await db.write((tx) => insertReceipt(tx, row, surfaces));
  return fresh ? { id: row.id } : openReceipt(room, event);
}

function rowOf(
  event: Version,
  { reason, state, now }: { reason: string; state: 'waiting' | 'overtaken'; now: Instant },
): ReceiptRow {
  return {
    id: newId(),
    article_id: event.articleId,
    version_number: event.version,
    reason,
    state,
    attempts: 0,
    created_at: now,
    finished_at: state === 'waiting' ? null : now,
  };
}

/** A version that another followed before anything could be asked: its receipt says that, and asks nothing. */
async function noteOvertaken(
  { db, clock }: Pick<ReceiptRoom, 'db' | 'clock'>,
  event: Version,
): Promise<undefined> {
  const version = await db.read
    .selectFrom('article_versions')
    .select('reason')
    .where('article_id', '=', event.articleId)
    .where('version_number', '=', event.version)
    .executeTakeFirst();
  const at = { article_id: event.articleId, version_number: event.version };
  if (version === undefined || !(await isOvertaken(db.read, at))) return;
  const row = rowOf(event, { reason: version.reason, state: 'overtaken', now: clock.now() });
  await db.write((tx) => insertReceipt(tx, row, []));
}

/** What readers see of a version; undefined when a later one stands: that one gets its own receipt. */
async function standing(db: Reader, event: Version): Promise<ReceiptOf | undefined> {
  const row = await db
    .selectFrom('published_articles')
    .selectAll()
    .where('article_id', '=', event.articleId)
    .executeTakeFirst();
  if (row === undefined || row.version_number !== event.version) return undefined;
  const version = fromJson<PublishedVersion>(row.version as string);
  const leaf = await db
    .selectFrom('article_versions')
    .select('leaf_index')
    .where('article_id', '=', event.articleId)
    .where('version_number', '=', event.version)
    .executeTakeFirstOrThrow();
  const article = await db
    .selectFrom('articles')
    .select('headline')
    .where('id', '=', event.articleId)
    .executeTakeFirstOrThrow();
  const earlier = await db
    .selectFrom('article_versions as v')
    .innerJoin('record_contents as c', 'c.leaf_index', 'v.leaf_index')
    .select('c.content')
    .where('v.article_id', '=', event.articleId)
    .where('v.version_number', '=', event.version - 1)
    .executeTakeFirst();
  return {
    before: earlier?.content == null ? undefined : fromJson<PublishedVersion>(earlier.content),
    visibility: row.visibility,
    version,
    day: row.published_day,
    edition: row.edition,
    shortCode: row.short_code,
    leafIndex: leaf.leaf_index,
    headline: article.headline,
    touched: {
      sections: event.sections ?? (version.section === undefined ? [] : [version.section.id]),
      storylines: event.storylines ?? version.storylines.map((line) => line.id),
      concepts: event.concepts ?? version.concepts.map((concept) => concept.id),
      authors:
        event.authors ??
        version.bylines.flatMap((byline) => (byline.author === undefined ? [] : [byline.author])),
      days: event.days ?? [row.published_day],
      editions: event.editions ?? [row.edition],
    },
  };
}

/**
 * Asks every surface of a receipt, as readers do, and writes down what came: status, digest, time, and whether it is what the version
 * asks for. True when there is nothing more to ask: the version has reached them all, or a later one has taken its place meanwhile,
 * and what does not show this one is no fault then.
 */
export async function makeReceipt(room: ReceiptRoom, receiptId: string): Promise<boolean> {
  const { db } = room;
  const receipt = await db.read
    .selectFrom('receipts')
    .selectAll()
    .where('id', '=', receiptId)
    .executeTakeFirst();
  if (receipt === undefined) throw new Problem('gone', `There is no receipt ${receiptId}.`);
  if (await isOvertaken(db.read, receipt)) {
    if (receipt.state !== 'complete') await finish(room, receipt, 'overtaken');
    return true;
  }
  const surfaces = await db.read
    .selectFrom('receipt_surfaces')
    .selectAll()
    .where('receipt_id', '=', receiptId)
    .orderBy('position')
    .execute();
  let complete = true;
  for (const surface of surfaces) {
    const seen = await look(room, {
      surface: surface.surface,
      url: surface.url,
      expected: fromJson<Expectation>(surface.expected as string),
    });
    complete &&= seen.reached === 1;
    await db.write((tx) => putSurface(tx, { receiptId, position: surface.position }, seen));
  }
  const overtaken = !complete && (await isOvertaken(db.read, receipt));
  await finish(room, receipt, complete ? 'complete' : overtaken ? 'overtaken' : 'incomplete');
  return complete || overtaken;
}

async function isOvertaken(
  db: Reader,
  at: Pick<ReceiptRow, 'article_id' | 'version_number'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('articles')
    .select('version_number')
    .where('id', '=', at.article_id)
    .executeTakeFirst();
  return row !== undefined && row.version_number > at.version_number;
}

async function finish(
  { db, clock }: Pick<ReceiptRoom, 'db' | 'clock'>,
  receipt: ReceiptRow,
  state: 'complete' | 'incomplete' | 'overtaken',
): Promise<void> {
  const change = { state, attempts: receipt.attempts + 1, finished_at: clock.now() };
  await db.write((tx) => updateReceipt(tx, receipt.id, change));
}

async function look(
  room: ReceiptRoom,
  { surface, url, expected }: { surface: string; url: string; expected: Expectation },
) {
  const began = performance.now();
  const fetched_at = room.clock.now();
  try {
    const reached = await fetchSurface(room, surface, url);
    const faults = faultsOf(reached, expected, room.origin);
    return {
      door: reached.door,
      status: reached.status,
      digest: createHash('sha256').update(reached.body).digest('hex'),
      bytes: reached.body.byteLength,
      millis: Math.round(performance.now() - began),
      fetched_at,
      reached: faults.length === 0 ? (1 as const) : (0 as const),
      detail: faults.join(' '),
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return {
      door: null,
      status: null,
      digest: null,
      bytes: null,
      millis: Math.round(performance.now() - began),
      fetched_at,
      reached: 0 as const,
      detail: `Nobody answered: ${why}.`,
    };
  }
}

async function fetchSurface(room: ReceiptRoom, surface: string, url: string): Promise<Reached> {
  if (surface !== 'sitemap') return room.reach(url, surface === 'mirror' ? 'mirror' : 'site');
  // A month of many stories has several files; the index names them.
  const index = await room.reach('/sitemap.xml', 'site');
  const stem = url.replace(/\.xml$/, '');
  const parts = [
    ...Buffer.from(index.body)
      .toString()
      .matchAll(/<loc>([^<]+)<\/loc>/g),
  ]
    .map((match) => URL.parse(match[1] ?? '')?.pathname ?? '')
    .filter((part) => part === url || part.startsWith(`${stem}-`));
  if (parts.length === 0) return { ...index, status: 200 };
  const files = [];
  for (const part of parts) files.push(await room.reach(part, 'site'));
  const worst = Math.max(...files.map((file) => file.status));
  return { ...index, status: worst, body: Buffer.concat(files.map((file) => file.body)) };
}

function faultsOf(reached: Reached, expected: Expectation, origin: string): string[] {
  const faults: string[] = [];
  const bytes = Buffer.from(reached.body).toString();
  if (!expected.status.includes(reached.status))
    faults.push(`It answers ${reached.status} in the place of ${expected.status.join(' or ')}.`);
  for (const part of expected.holds ?? []) if (!bytes.includes(part)) faults.push(`It lacks “${part}”.`);
  for (const part of expected.lacks ?? []) if (bytes.includes(part)) faults.push(`It still has “${part}”.`);
  const text = expected.says !== undefined || expected.where !== undefined ? textOf(bytes) : '';
  if (expected.says !== undefined && !text.includes(squish(expected.says)))
    faults.push(`It does not say “${expected.says}”.`);
  if (
    expected.where !== undefined &&
    bytes.includes(expected.where.holds) &&
    !text.includes(squish(expected.where.says))
  )
    faults.push(`It does not say “${expected.where.says}”.`);
  for (const words of expected.where?.unsaid ?? [])
    if (bytes.includes(expected.where?.holds ?? '') && text.includes(squish(words)))
      faults.push(`It still says “${words}”.`);
  if (expected.location !== undefined) {
    const to = URL.parse(reached.location ?? '', origin);
    if (to === null || decodeURI(to.pathname) !== decodeURI(expected.location))
      faults.push(`It leads to ${reached.location ?? 'nowhere'}.`);
  }
  if (expected.leaves !== undefined) {
    // The second line of a checkpoint is the size of its tree.
    const size = Number(bytes.split('\n')[1]);
    if (!(size >= expected.leaves))
      faults.push(`The record has ${size} entries and not ${expected.leaves} yet.`);
  }
  return faults;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
};

/** What one reads of a page, a feed or a JSON answer: without marks-up, entities and escapes resolved, white space folded. */
function textOf(bytes: string): string {
  const decode = (text: string): string =>
    text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
  const plain = bytes.replace(/<!\[CDATA\[|\]\]>/g, '').replace(/<[^>]*>/g, '');
  const unescaped = plain.replace(/\\(["\\/])/g, '$1');
  return squish(decode(decode(unescaped)));
}
