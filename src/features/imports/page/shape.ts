import { STOP_WORDS } from './stopwords.ts';

const IDEOGRAPHS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/gu;
const ENDS = /[.!?…。！？؟۔।][\s)\]"'”’»“」』›]*$/u;
const ALL_STOP_WORDS: ReadonlySet<string> = new Set([...STOP_WORDS.values()].flatMap((words) => [...words]));

/** Whether the text has a letter of a script with capitals. */
export function hasCase(text: string): boolean {
  return /[\p{Lu}\p{Ll}]/u.test(text);
}

/** Length in the measure of an alphabet: an ideograph says about as much as two and a half letters. */
export function weight(text: string): number {
  if (!/[^\0-\u024F]/.test(text)) return text.length;
  const head = text.length > 2000 ? text.slice(0, 2000) : text;
  const dense = head.match(IDEOGRAPHS)?.length ?? 0;
  return text.length + Math.round((dense * 1.5 * text.length) / Math.max(head.length, 1));
}

/** The text ends as a sentence ends. */
export function endsSentence(text: string): boolean {
  // The last paragraph may carry the agency's name: '… por falta de fondos. EFE'.
  const tail = text.slice(-48);
  return ENDS.test(tail) || ENDS.test(tail.replace(/\s\(?[\p{Lu}/.]{2,14}\)?$/u, '|').replace(/\|$/, ''));
}

/** Words of a text with capitals and digits kept; of long texts the first 2000 characters. */
export function wordsOf(text: string): string[] {
  return text.slice(0, 2000).match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
}

/** Share of small words: high in a sentence, near nothing in a menu or a list of names. */
export function stopShare(text: string): number {
  const words = wordsOf(text.slice(0, 600));
  if (words.length === 0) return 0;
  let hits = 0;
  for (const word of words) if (ALL_STOP_WORDS.has(word.toLowerCase())) hits += 1;
  return hits / words.length;
}

/** A paragraph of running text by its shape alone: long, and ending or reading like a sentence. */
export function isProse(text: string): boolean {
  const size = weight(text);
  if (size < 50) return false;
  if (endsSentence(text)) return size >= 60 || stopShare(text) >= 0.15;
  if (size < 110) return false;
  // Long without a full stop: a paragraph of a language that leaves it out, or a colon before a list; never a row of menu words.
  return /[,،、，;:]|[.。] ?\p{L}/u.test(text)
    ? stopShare(text) >= 0.08 || !/\p{sc=Latin}/u.test(text)
    : stopShare(text) >= 0.2;
}

/** A complete short sentence, as a quoted paragraph is. */
export function isSentence(text: string): boolean {
  return endsSentence(text) && (wordsOf(text).length >= 3 || weight(text) >= 25);
}

/** The shape of a headline: one phrase of some words, without a full stop. */
export function isHeadlineLike(text: string): boolean {
  const size = weight(text);
  if (size < 18 || size > 260 || /[。.]$/.test(text)) return false;
  return wordsOf(text).length >= 3 || (size >= 22 && (text.match(IDEOGRAPHS)?.length ?? 0) >= 8);
}

/** Keys for comparing texts by their words: five letters of each long word, pairs of ideographs. */
export function contentKeys(text: string): string[] {
  const keys: string[] = [];
  for (const word of text
    .slice(0, 3000)
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word)) {
      for (let i = 0; i + 1 < word.length; i += 1) keys.push(word.slice(i, i + 2));
    } else if (word.length >= 3 && !ALL_STOP_WORDS.has(word)) {
      // The article is part of the word in Arabic.
      const bare = word.length > 4 ? word.replace(/^(?:وال|بال|ال|لل)/, '') : word;
      // 'limes' and 'lime', 'talks' and 'talk'.
      keys.push((bare.length < 7 && bare.endsWith('s') ? bare.slice(0, -1) : bare).slice(0, 5));
    }
  }
  return keys;
}

/** One spelling for comparing lines: lower case, letters and digits only. */
export function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u064B-\u0652\u0640]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
