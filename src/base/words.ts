/**
 * Text to words, the same way for what is indexed and what is asked. A word is folded (NFKC, lower case, no diacritics or Arabic vowel
 * marks), so that "Lårdal", "lardal" and "LARDAL" are one. Scripts without spaces (Han, Kana, Hangul, Thai …) become overlapping pairs of
 * characters and single characters: a dictionary would cut the same words differently in different surroundings.
 */
export type Word = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly pairs: boolean;
};

export const WORD = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;
const HAS_UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PLAIN = /^[a-z0-9]+$/;
export const MAX_WORD = 64;

/** Folds one word. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}ـ'’ʼ]+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
}

/** Cuts a text into folded words with their places in it. */
export function* words(text: string): Generator<Word> {
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    if (!HAS_UNSPACED.test(raw)) {
      const folded = fold(raw);
      // The possessive is not part of the name.
      const word = /['’]s$/iu.test(raw) ? fold(raw.slice(0, -2)) : folded;
      if (word !== '')
        yield {
          text: word.slice(0, MAX_WORD),
          start: match.index,
          end: match.index + raw.length,
          pairs: false,
        };
      continue;
    }
    yield* mixed(raw, match.index);
  }
}

/** A run that holds unspaced script, and perhaps Latin letters and digits beside it. */
function* mixed(raw: string, offset: number): Generator<Word> {
  let done = 0;
  for (const run of raw.matchAll(UNSPACED)) {
    const before = raw.slice(done, run.index);
    yield* beside(before, offset + done);
    const chars = [...run[0].normalize('NFKC')];
    let at = offset + run.index;
    for (let i = 0; i < chars.length; i += 1) {
      const char = chars[i] ?? '';
      const next = chars[i + 1];
      yield { text: char, start: at, end: at + char.length, pairs: true };
      if (next !== undefined)
        yield { text: char + next, start: at, end: at + char.length + next.length, pairs: true };
      at += char.length;
    }
    done = run.index + run[0].length;
  }
  yield* beside(raw.slice(done), offset + done);
}

/** Spaced script beside an unspaced run: a word like any other, and none where nothing but marks is left of it. */
function* beside(raw: string, start: number): Generator<Word> {
  const text = fold(raw).slice(0, MAX_WORD);
  if (text !== '') yield { text, start, end: start + raw.length, pairs: false };
}
