import { foldWord, visible } from '../text/fold.ts';
import { latinReadings } from '../text/confusables.ts';
import { fnv } from '../text/shingles.ts';
import { UNSPACED } from '../text/tokens.ts';

/** The places of the weights: names are hashed into them. */
export const DIMENSIONS = 1 << 16;

/** A feature of a text: a place, a value, and the name by which a person recognises it. */
export type Feature = { readonly at: number; readonly value: number; readonly name: string };

const WORDS = /[\p{L}\p{N}\p{M}@$!*]+/gu;
const MOST = 400;

/**
 * What the classifier sees of a text: its words, pairs of words, runs of four letters within words (which hold against spelling), and a few
 * habits. The text alone: never who wrote it, so that it cannot learn to dislike a person.
 */
export function featuresOf(text: string, links: number): Feature[] {
  const seen = new Map<string, number>();
  const see = (name: string, value = 1): void => {
    if (seen.size < MOST || seen.has(name)) seen.set(name, Math.max(seen.get(name) ?? 0, value));
  };
  const plain = visible(text);
  const words = (plain.match(WORDS) ?? []).slice(0, 300).flatMap((raw) => {
    const folded = foldWord(raw, '');
    if (UNSPACED.test(folded)) return pairs(folded);
    return [latinReadings(folded)[0] ?? folded];
  });
  words.forEach((word, n) => {
    see(word);
    const next = words[n + 1];
    if (next !== undefined) see(`${word} ${next}`);
  });
  for (const word of words)
    if (word.length > 5 && word.length < 30)
      for (let at = 0; at + 4 <= word.length; at += 1) see(`…${word.slice(at, at + 4)}…`, 0.5);
  habits(plain, links, see);
  const norm = Math.sqrt([...seen.values()].reduce((sum, value) => sum + value * value, 0)) || 1;
  return [...seen].map(([name, value]) => ({ at: fnv(name) % DIMENSIONS, value: value / norm, name }));
}

function pairs(text: string): string[] {
  const signs = [...text];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, n) => (signs[n] ?? '') + sign);
}

function habits(text: string, links: number, see: (name: string, value?: number) => void): void {
  const letters = text.match(/\p{Lu}|\p{Ll}/gu) ?? [];
  const upper = letters.filter((letter) => /\p{Lu}/u.test(letter)).length;
  if (letters.length >= 12 && upper * 2 > letters.length) see('[capitals]', 2);
  if (links > 0) see(links === 1 ? '[one link]' : '[several links]', 2);
  if (/[!?]{3,}/.test(text)) see('[!!!]');
  if (/(\p{L})\1{3,}/u.test(text)) see('[drawn-out letters]');
  if (/\p{Extended_Pictographic}{3,}/u.test(text)) see('[emoji in a row]');
  if (/[€$£₽]\s?\d|\d\s?[€$£₽%]/u.test(text)) see('[money]');
  if (/\+?\d[\d\s()-]{8,}\d/.test(text)) see('[telephone number]');
  if (text.length < 30) see('[short]');
  if (text.length > 1200) see('[long]');
}
