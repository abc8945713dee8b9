import type { JsonFeed } from 'feedsmith';
import { Problem } from '../../../base/problem.ts';
import { decode } from '../input/decode.ts';
import { Numbering } from '../input/finish.ts';
import { readJson } from '../input/json.ts';
import { openCounted } from '../input/source.ts';
import { declaredEncoding, readXml } from '../input/xml.ts';
import type { ImportItem, ImportSource, ReadOptions } from '../item.ts';
import type { FeedHead } from './entry.ts';
import { feedItem } from './item.ts';
import { jsonEntry, parsePiece } from './parse.ts';
import { FeedPieces } from './pieces.ts';

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed, and the Atom export of Blogger. The file is read twice: to see that it is whole and what
 * stands beside its entries, then for the entries, each of which becomes one item.
 * @throws Problem `invalid` before the first item when the file is malformed, cut short, or no feed.
 */
export async function* readFeed(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportItem> {
  if (await isJson(source)) yield* readJsonFeed(source, options);
  else yield* readXmlFeed(source, options);
}

async function isJson(source: ImportSource): Promise<boolean> {
  const { chunks } = await decode(source.open(), { name: source.name, declared: declaredEncoding });
  for await (const chunk of chunks) {
    const start = chunk.replace(/^\uFEFF?\s+/, '');
    if (start !== '') return start.startsWith('{') || start.startsWith('\uFEFF{');
  }
  return false;
}

async function* readXmlFeed(source: ImportSource, options: ReadOptions): AsyncGenerator<ImportItem> {
  const scan = new FeedPieces(true);
  const passes = 2;
  const first = readXml(openCounted(source, options, { pass: 0, passes }), {
    name: source.name,
    sink: scan,
    take: () => scan.take(),
    onForbidden: (count) => options.onNotice?.(`${count} control characters that XML forbids were left out`),
  });
  let entries = 0;
  for await (const _ of first) entries += _ === '' ? 0 : 1;
  const { root } = scan;
  if (root === undefined)
    throw new Problem(
      'invalid',
      `${source.name} is XML but no feed: its root is <${scan.rootName}>.`,
      'A feed begins with <rss>, <rdf:RDF> or <feed>.',
    );
  const head = entries === 0 ? { authors: [] } : parsePiece(root, scan.head).head;
  const numbering = new Numbering(options);
  const pieces = new FeedPieces(false);
  let ordinal = 0;
  for await (const piece of readXml(openCounted(source, options, { pass: 1, passes }), {
    name: source.name,
    sink: pieces,
    take: () => pieces.take(),
  })) {
    const { entry } = parsePiece(root, piece);
    yield numbering.number(
      entry === undefined
        ? {
            kind: 'drop',
            externalId: `item:#${ordinal}`,
            what: 'entry',
            reason: 'it has neither a title nor a text',
          }
        : feedItem(entry, head, { ordinal, withBody: !numbering.isDone, base: source.url }),
    );
    ordinal += 1;
  }
}

async function* readJsonFeed(source: ImportSource, options: ReadOptions): AsyncGenerator<ImportItem> {
  const head: Record<string, unknown> = {};
  const passes = 2;
  const enter = (path: readonly unknown[], kind: string): boolean =>
    path.length === 0 || (path.length === 1 && path[0] === 'items' && kind === 'array');
  let hasItems = false;
  for await (const isItem of readJson<boolean>(openCounted(source, options, { pass: 0, passes }), {
    name: source.name,
    enter: (path, kind) => {
      if (path.length === 1 && path[0] === 'items') hasItems = true;
      return enter(path, kind);
    },
    value: ([key], value) => {
      if (key !== 'items') head[String(key)] = value;
      return [];
    },
  }))
    hasItems ||= isItem;
  const version = head['version'];
  if (!hasItems || typeof version !== 'string' || !version.includes('jsonfeed.org'))
    throw new Problem(
      'invalid',
      `${source.name} is JSON but no JSON Feed.`,
      'A JSON Feed has a version of jsonfeed.org and items.',
    );
  const about = headOf(head);
  const numbering = new Numbering(options);
  let ordinal = 0;
  for await (const item of readJson<ImportItem>(openCounted(source, options, { pass: 1, passes }), {
    name: source.name,
    enter,
    value: ([key], value) => {
      if (key !== 'items') return [];
      ordinal += 1;
      const entry = jsonItemOf(value);
      return [
        numbering.number(
          entry === undefined
            ? {
                kind: 'drop',
                externalId: `item:#${ordinal}`,
                what: 'entry',
                reason: 'it is no object with an id',
              }
            : feedItem(jsonEntry(entry), about, { ordinal, withBody: !numbering.isDone, base: source.url }),
        ),
      ];
    },
  }))
    yield item;
}

function headOf(head: Readonly<Record<string, unknown>>): FeedHead {
  const text = (name: string): string | undefined =>
    typeof head[name] === 'string' ? head[name] : undefined;
  return {
    title: text('title'),
    link: text('home_page_url'),
    language: text('language'),
    authors: authorsOf(head),
  };
}

function authorsOf({ authors, author }: Readonly<Record<string, unknown>>): { name?: string }[] {
  const list: unknown[] = Array.isArray(authors) ? authors : author === undefined ? [] : [author];
  return list.flatMap((value) => {
    const name = (value as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? [{ name }] : [];
  });
}

const STRINGS = [
  'url',
  'external_url',
  'title',
  'content_html',
  'content_text',
  'summary',
  'image',
  'banner_image',
  'date_published',
  'date_modified',
  'language',
] as const;

/** An item with the members that have the right type; feeds in the wild give numbers for ids and null for what is absent. */
function jsonItemOf(value: unknown): JsonFeed.Item<string> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = value as Record<string, unknown>;
  const id = typeof given['id'] === 'number' ? String(given['id']) : given['id'];
  const item: Record<string, unknown> = {};
  for (const name of STRINGS) if (typeof given[name] === 'string') item[name] = given[name];
  if (typeof id === 'string') item['id'] = id;
  if (Array.isArray(given['tags'])) item['tags'] = given['tags'].filter((tag) => typeof tag === 'string');
  if (Array.isArray(given['attachments']))
    item['attachments'] = given['attachments'].filter(
      (of) => typeof (of as { url?: unknown } | null)?.url === 'string',
    );
  item['authors'] = authorsOf(given);
  return item as JsonFeed.Item<string>;
}
