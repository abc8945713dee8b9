import { createHash } from 'node:crypto';
import { latinReadings } from './confusables.ts';
import { foldWord } from './fold.ts';
import { withoutLinks } from './links.ts';
import { UNSPACED } from './tokens.ts';

const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
const SHINGLE = 3;
const HASHES = 32;
const ROWS = 4;

/** The folded words of a text; characters, where its script has no spaces. Addresses are left out: they change from copy to copy. */
export function plainWords(text: string): string[] {
  const bare = withoutLinks(text).replace(/(?:https?:\/\/|www\.)\S+/giu, ' ');
  return (bare.match(WORDS) ?? []).flatMap((word) => {
    const folded = foldWord(word, '');
    if (UNSPACED.test(folded)) return [...folded];
    // A word with one letter of another alphabet, or a digit for one, is the word it looks like; one with a number behind it is not.
    const mixed =
      /[a-z]/.test(folded) && !/^[a-z]+\p{N}+$/u.test(folded) ? latinReadings(folded)[0] : undefined;
    return [mixed ?? folded];
  });
}

/** What a text says, whatever its case, spacing and signs: the same for every copy. */
export function sameness(words: readonly string[]): string {
  return createHash('sha256').update(words.join(' ')).digest('base64url').slice(0, 27);
}

const SEEDS = Array.from({ length: HASHES }, (_, n) => Math.imul(n + 1, 0x9e3779b1) >>> 0);

/**
 * A sketch of a text: for each of 32 hash functions the least value over its runs of three words (MinHash). The share of equal
 * places of two sketches estimates the share of runs that two texts have in common, whatever their numbers. Empty for texts of fewer than
 * three words.
 */
export function sketch(words: readonly string[]): number[] {
  if (words.length < SHINGLE) return [];
  const said = withoutNumbers(words);
  const least = Array.from({ length: HASHES }, () => 0xffffffff);
  for (let at = 0; at + SHINGLE <= said.length; at += 1) {
    const base = fnv(said.slice(at, at + SHINGLE).join(' '));
    for (let n = 0; n < HASHES; n += 1) {
      const value = mix(base ^ (SEEDS[n] ?? 0));
      if (value < (least[n] ?? 0)) least[n] = value;
    }
  }
  return least;
}

const NUMBER = /\p{N}+/gu;
/** Words that a text must have beside its numbers: results and prices alone are nobody's copy. */
const LEAST_SAID = 5;

/** Every number as the same number: a copy with another one in it is a copy. */
function withoutNumbers(words: readonly string[]): readonly string[] {
  const bare = words.map((word) => word.replace(NUMBER, '0'));
  return bare.filter((word) => word !== '0').length < LEAST_SAID ? words : bare;
}

/** Keys under which nearly equal texts are found: equal in one of eight bands of four places (texts of 80 % in common: 98 of 100). */
export function bandsOf(signature: readonly number[]): string[] {
  const bands: string[] = [];
  for (let at = 0; at + ROWS <= signature.length; at += ROWS)
    bands.push(
      `${at / ROWS}.${signature
        .slice(at, at + ROWS)
        .map((value) => value.toString(36))
        .join('.')}`,
    );
  return bands;
}

/** Percent of equal places. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || one.length !== other.length) return 0;
  let equal = 0;
  one.forEach((value, n) => (equal += value === other[n] ? 1 : 0));
  return Math.round((equal * 100) / one.length);
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
