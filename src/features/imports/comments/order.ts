import type { CommentItem, DropItem } from '../item.ts';

export type Entry = CommentItem | DropItem;

/** So many comments are held to be put in the order of their times; a longer file goes on in its own order. */
const HELD = 50_000;

/** Comments by time, so that what is answered comes before its answers whatever order a house exports in. */
export async function* inTimeOrder(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  let held: Entry[] = [];
  for await (const entry of entries) {
    held.push(entry);
    if (held.length < HELD) continue;
    yield* held.toSorted(byTime);
    held = [];
  }
  yield* held.toSorted(byTime);
}

function byTime(a: Entry, b: Entry): number {
  const at = (entry: Entry): string => (entry.kind === 'comment' ? (entry.writtenAt ?? '') : '');
  return at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0;
}

/** How a comment names the article it belongs to: by the addresses at which it stood, the best first. */
export function atAddresses(addresses: readonly (string | undefined)[]): string {
  return `at ${[...new Set(addresses.filter((address) => address !== undefined && address !== ''))].join('\n')}`;
}

export function addressesOf(article: string): string[] | undefined {
  return article.startsWith('at ') ? article.slice(3).split('\n') : undefined;
}
