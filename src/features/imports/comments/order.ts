import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf } from '../../../base/lines.ts';
import { line } from '../input/finish.ts';
import type { CommentItem, DropItem } from '../item.ts';

export type Entry = CommentItem | DropItem;

/** So many comments are held at once; those of a longer file wait in temporary files, so that memory is bounded. */
const HELD = 50_000;

/** Comments by time, so that what is answered comes before its answers whatever order a house exports in and however long its file is. */
export async function* inTimeOrder(entries: AsyncIterable<Entry>, held = HELD): AsyncGenerator<Entry> {
  let own: Entry[] = [];
  const files: string[] = [];
  let folder: string | undefined;
  try {
    for await (const entry of entries) {
      own.push(entry);
      if (own.length < held) continue;
      folder ??= await mkdtemp(join(tmpdir(), 'dateline-comments-'));
      const file = join(folder, `${files.length}.jsonl`);
      await writeFile(file, written(own.toSorted(byTime)), { mode: 0o600 });
      files.push(file);
      own = [];
    }
    own.sort(byTime);
    if (files.length === 0) yield* own;
    else yield* merged([...files.map(entriesOf), own[Symbol.iterator]()]);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

function* written(entries: readonly Entry[]): Generator<string> {
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

async function* entriesOf(file: string): AsyncGenerator<Entry> {
  for await (const text of linesOf(createReadStream(file))) yield JSON.parse(text) as Entry;
}

/** Of several rows in their order one; of the same time, the row that is first. */
async function* merged(rows: readonly (AsyncIterator<Entry> | Iterator<Entry>)[]): AsyncGenerator<Entry> {
  const heads: (Entry | undefined)[] = [];
  const advance = async (i: number): Promise<void> => {
    const next = await rows[i]?.next();
    heads[i] = next === undefined || next.done === true ? undefined : next.value;
  };
  for (let i = 0; i < rows.length; i += 1) await advance(i);
  for (;;) {
    let least: number | undefined;
    for (const [i, head] of heads.entries()) {
      const best = least === undefined ? undefined : heads[least];
      if (head !== undefined && (best === undefined || byTime(head, best) < 0)) least = i;
    }
    const entry = least === undefined ? undefined : heads[least];
    if (least === undefined || entry === undefined) return;
    yield entry;
    await advance(least);
  }
}

function byTime(a: Entry, b: Entry): number {
  const at = (entry: Entry): string => (entry.kind === 'comment' ? (entry.writtenAt ?? '') : '');
  return at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0;
}

/** The id of a comment in its house, as a database can hold and find it. */
export function commentId(text: string | undefined): string {
  return `comment:${line(text, 200)}`;
}

/** How a comment names the article it belongs to: by the addresses at which it stood, the best first. */
export function atAddresses(addresses: readonly (string | undefined)[]): string {
  return `at ${[...new Set(addresses.filter((address) => address !== undefined && address !== ''))].join('\n')}`;
}

export function addressesOf(article: string): string[] | undefined {
  return article.startsWith('at ') ? article.slice(3).split('\n') : undefined;
}
