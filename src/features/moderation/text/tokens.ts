import { cyrillicReading, latinReadings, LEET_SIGNS } from './confusables.ts';
import { foldWord, ownLetters, visible, writesCyrillic } from './fold.ts';

/** A word of a comment as it was written, and everything it can be read as. */
export type Token = {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  /** Folded forms; the first is the plain one. */
  readonly readings: readonly string[];
};

/** `folding`: the language of the rules, by whose alphabet words are folded; `text`: that of the text. */
export type Languages = { readonly folding: string; readonly text: string };

const signs = LEET_SIGNS.replace(/[\]\\^|-]/g, '\\$&');
const WORD = new RegExp(
  `[\\p{L}\\p{N}${signs}](?:[\\p{L}\\p{N}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}${signs}*]|['’ʼ](?=\\p{L}))*`,
  'gu',
);
const EDGE = new RegExp(`[${signs}*]+$`, 'u');
const LEADING = new RegExp(`^[${signs}*]+`, 'u');
const TRAILING_PUNCTUATION = /[!|+#*]+$/u;
const MOST_TOKENS = 20_000;
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Cuts a text into words with their readings. Words of unspaced scripts are left to `unspaced.ts`; letters that are spelled out one by one
 * ("f r a u d", "f.r.a.u.d") are read as the word they make, besides.
 */
export function tokensOf(text: string, languages: Languages): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    if (tokens.length >= MOST_TOKENS) break;
    const written = match[0];
    const readings = readingsOf(written, languages);
    if (readings.length > 0)
      tokens.push({ written, start: match.index, end: match.index + written.length, readings });
  }
  return [...tokens, ...spelledOut(text, tokens)];
}

/** What a written word can be read as: itself, without an exclamation mark at its end, look-alikes, drawn-out letters. */
export function readingsOf(written: string, { folding, text }: Languages): string[] {
  const own = ownLetters(folding);
  const readings = new Set<string>();
  const add = (word: string): void => {
    if (word === '') return;
    readings.add(word);
    for (const shorter of drawnIn(word)) readings.add(shorter);
  };
  const bare = written.replace(LEADING, '');
  const forms = new Set([
    bare.replace(EDGE, ''),
    bare.replace(TRAILING_PUNCTUATION, ''),
    written.replace(EDGE, ''),
    written.replace(TRAILING_PUNCTUATION, ''),
    written,
  ]);
  for (const form of forms) {
    if (!/[\p{L}\p{N}]/u.test(form)) continue;
    const folded = foldWord(form, folding);
    for (const reading of withoutApostrophes(folded)) add(reading);
    // In a text of a language with these letters a word of them is a word, no disguise.
    const honest = writesCyrillic(text) && /^\p{Script=Cyrillic}+$/u.test(folded);
    if (!honest) for (const latin of latinReadings(folded, own)) add(latin);
    const cyrillic = cyrillicReading(folded);
    if (cyrillic !== undefined) add(cyrillic);
  }
  return [...readings];
}

const CONTRACTED = /^(?:ll|re|ve|d|m|s|t)$/;
const ELIDED = /^(?:[ldcjmnst]|qu|un|jusqu|lorsqu|(?:d|n|s|qu)?e?(?:l|ll)|dall|sull|all|quell|bell|o)$/;

/** Parts of a word at its apostrophes ("l'idiot", "idiot's"), and the whole where an apostrophe has no business there ("id'iot"). */
function withoutApostrophes(word: string): string[] {
  const parts = word.split(/['’ʼ]/);
  if (parts.length === 1) return [word];
  const [first = ''] = parts;
  const contracted = CONTRACTED.test(parts.at(-1) ?? '') || ELIDED.test(first);
  return [
    parts.join("'"),
    ...parts.filter((part) => part.length > 2),
    ...(contracted ? [] : [parts.join('')]),
  ];
}

/** "Soooo" can be "so" or "soo": a letter three times or more is read as one and as two. */
function drawnIn(word: string): string[] {
  if (!/(\p{L})\1\1/u.test(word)) return [];
  return [word.replace(/(\p{L})\1{2,}/gu, '$1'), word.replace(/(\p{L})\1{2,}/gu, '$1$1')];
}

const BETWEEN = /^[\s.\-_*·•,/\\]{1,3}$/u;

/** Runs of at least three single letters with one kind of sign between them. */
function spelledOut(text: string, tokens: readonly Token[]): Token[] {
  const found: Token[] = [];
  let run: Token[] = [];
  const close = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (run.length >= 3 && first !== undefined && last !== undefined) {
      const parts = run.map((token) => token.readings);
      const plain = parts.map((readings) => readings[0] ?? '').join('');
      const latin = parts
        .map((readings) => readings.find((one) => /^[a-z]$/.test(one)) ?? readings[0] ?? '')
        .join('');
      found.push({
        written: text.slice(first.start, last.end),
        start: first.start,
        end: last.end,
        readings: [...new Set([plain, latin])],
      });
    }
    run = [];
  };
  for (const token of tokens) {
    const single = [...visible(token.written)].length === 1 && /[\p{L}\p{N}]|[@$!€]/u.test(token.written);
    const last = run.at(-1);
    const follows = last === undefined || BETWEEN.test(text.slice(last.end, token.start));
    if (!single || !follows) close();
    if (single) run.push(token);
  }
  close();
  return found;
}
