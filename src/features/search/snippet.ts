import type { Query } from './query.ts';
import { stem, STEM_MARK, words } from './words.ts';

/** A text in runs; marked where it matches. */
export type Snippet = readonly { readonly text: string; readonly marked?: boolean }[];

/** How far into a text we look for a match. */
const REACH = 6000;

/** The part of a text around its first matches, at most about `length` characters, with the matches marked. */
export function snippetOf(
  text: string,
  options: { query: Query; language: string; length: number },
): Snippet {
  const wanted = new Set(
    options.query.terms.filter((term) => !term.not).flatMap((term) => [...term.words, ...term.stems]),
  );
  const source = text.slice(0, REACH);
  const hits: { start: number; end: number }[] = [];
  for (const word of words(source)) {
    // Nothing beyond the part that is shown is looked at.
    if (word.start > (hits[0]?.start ?? REACH) + options.length) break;
    const hit =
      wanted.has(word.text) || (!word.pairs && wanted.has(STEM_MARK + stem(word.text, options.language)));
    if (!hit) continue;
    const last = hits.at(-1);
    if (last !== undefined && word.start <= last.end) last.end = Math.max(last.end, word.end);
    else hits.push({ start: word.start, end: word.end });
  }
  const [from, to] = window(source, hits[0]?.start ?? 0, options.length);
  const runs: { text: string; marked?: boolean }[] = [];
  const push = (run: string, marked: boolean): void => {
    const clean = run.replace(/\s+/gu, ' ');
    if (clean !== '') runs.push(marked ? { text: clean, marked: true } : { text: clean });
  };
  let at = from;
  if (from > 0) push('… ', false);
  for (const hit of hits) {
    if (hit.start < from || hit.end > to) continue;
    push(source.slice(at, hit.start), false);
    push(source.slice(hit.start, hit.end), true);
    at = hit.end;
  }
  push(source.slice(at, to), false);
  if (to < text.length) push(' …', false);
  return runs;
}

/** The bounds of the part to show: it starts a little before the first match, at a word. */
function window(text: string, hit: number, length: number): [number, number] {
  if (text.length <= length) return [0, text.length];
  let from = Math.max(0, hit - Math.floor(length / 3));
  if (from > 0) {
    const space = text.slice(from, hit).search(/\s/u);
    from = space === -1 ? from : from + space + 1;
  }
  let to = Math.min(text.length, from + length);
  if (to < text.length) {
    const space = text.slice(from, to).lastIndexOf(' ');
    if (space > length / 2) to = from + space;
  }
  return [from, to];
}
