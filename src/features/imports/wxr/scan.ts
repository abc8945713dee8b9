import { Problem } from '../../../base/problem.ts';
import { squish } from '../../../base/text.ts';
import { openCounted } from '../input/source.ts';
import { readXml } from '../input/xml.ts';
import type { ImportSource, ReadOptions } from '../item.ts';
import type { WxrChannel, WxrEntry } from './entries.ts';
import { WxrEntries } from './entries.ts';
import { externalIdOf, typeOf } from './ids.ts';

/** What must be known of the whole file before its articles are read. It grows with names and numbers, never with texts. */
export type WxrIndex = {
  channel: WxrChannel;
  /** Ordinal of the last author, term or attachment: behind it there is nothing for the first round. */
  lastHead: number;
  authors: Map<string, { name: string; email?: string }>;
  /** Slugs of categories by the number that plugins name them by. */
  categories: Map<string, string>;
  /** Attachments by the post they were uploaded to. */
  attached: Map<string, string[]>;
  reusable: Map<string, string>;
};

const PASSES = 3;
/** Reusable blocks beyond this are reported as missing rather than kept in memory. */
const MAX_REUSABLE = 8 << 20;

/** Reads the entries of an export. `pass` counts the readings of the file. */
export async function* entriesOf(
  source: ImportSource,
  options: ReadOptions & { pass: number; entries?: WxrEntries },
): AsyncGenerator<WxrEntry> {
  const entries = options.entries ?? new WxrEntries();
  yield* readXml(openCounted(source, options, { pass: options.pass, passes: PASSES }), {
    name: source.name,
    sink: entries,
    take: () => entries.take(),
    ...(options.pass > 0 || options.onNotice === undefined
      ? {}
      : {
          onForbidden: (count: number) =>
            options.onNotice?.(`${count} control characters that XML forbids were left out`),
        }),
  });
}

/** The first round: is the file whole and what it says it is, and what is in it. @throws Problem `invalid` in one line. */
export async function scanWxr(source: ImportSource, options: ReadOptions): Promise<WxrIndex> {
  const entries = new WxrEntries();
  const index: WxrIndex = {
    channel: entries.channel,
    lastHead: -1,
    authors: new Map(),
    categories: new Map(),
    attached: new Map(),
    reusable: new Map(),
  };
  let reusableSize = 0;
  for await (const entry of entriesOf(source, { ...options, pass: 0, entries })) {
    const { fields } = entry;
    const type = entry.name === 'item' ? typeOf(entry) : entry.name;
    if (entry.name !== 'item' || type === 'attachment') index.lastHead = entry.ordinal;
    if (type === 'wp:author') {
      const login = fields['wp:author_login']?.trim() ?? '';
      const email = fields['wp:author_email']?.trim();
      const name = squish(fields['wp:author_display_name'] ?? '') || login;
      if (login !== '')
        index.authors.set(login, { name, ...(email === undefined || email === '' ? {} : { email }) });
    } else if (type === 'wp:category' && fields['wp:term_id'] !== undefined)
      index.categories.set(fields['wp:term_id'].trim(), fields['wp:category_nicename']?.trim() ?? '');
    else if (type === 'attachment') {
      const parent = fields['wp:post_parent']?.trim() ?? '0';
      if (parent !== '0' && parent !== '')
        index.attached.set(parent, [...(index.attached.get(parent) ?? []), externalIdOf(entry)]);
    } else if (type === 'wp_block') {
      const content = fields['content:encoded'] ?? '';
      reusableSize += content.length;
      if (reusableSize <= MAX_REUSABLE) index.reusable.set(fields['wp:post_id']?.trim() ?? '', content);
    }
  }
  const { channel } = entries;
  if (!channel.isRss)
    throw new Problem(
      'invalid',
      `${source.name} is XML but no WordPress export.`,
      'A WordPress export (Tools → Export) begins with <rss>.',
    );
  if (!channel.isWordPress)
    throw new Problem(
      'invalid',
      `${source.name} is a feed, not a WordPress export.`,
      'Use “dateline import feed”.',
    );
  return index;
}
