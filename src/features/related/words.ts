/** Text as keys that names can be looked up by, in any script. Pure. */
import { stemmerOf } from '../../base/stemmers.ts';

/** Tokens of scripts that are written without spaces join without one. */
const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+$/u;
/** Letters whose marks are accents or vowel signs that writers leave out. */
const MARKED =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu;

/** Case, accents, forms of a letter and vowel signs folded away. */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKED, '')
    .replace(/[\u0640\u200c\u200d]/g, '')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .normalize('NFC');
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter === undefined)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
  return segmenter;
}

export function wordsOf(text: string, language: string): string[] {
  const words: string[] = [];
  for (const part of segmenterOf(language).segment(text))
    if (part.isWordLike === true) words.push(foldWord(part.segment));
  return words;
}

export function joinWords(words: readonly string[]): string {
  let out = '';
  words.forEach((word, i) => {
    const before = words[i - 1];
    const tight = before === undefined || (SPACELESS.test(before) && SPACELESS.test(word));
    out += tight ? word : ` ${word}`;
  });
  return out;
}

/** The key of a name. */
export function nameKey(name: string, language = 'en'): string {
  return joinWords(wordsOf(name, language));
}

const STEM = '~';
const cyrillic = /^\p{Script=Cyrillic}+$/u;

/** Whether a key is of stems: it finds a name, and does not tell two names apart. */
export function isStemKey(key: string): boolean {
  return key.startsWith(STEM);
}

/** The keys of a name: its words and, where a language bends them at every end (`Москва`, `в Москве`), their stems. */
export function nameKeys(name: string, language = 'en'): string[] {
  const words = wordsOf(name, language);
  return [joinWords(words), ...(words.some((word) => cyrillic.test(word)) ? [stemKey(words)] : [])];
}

/** Ukrainian, Bulgarian and Serbian bend names much as Russian does. */
function stemKey(words: readonly string[]): string {
  const stem = stemmerOf('ru');
  const stemmed = words.map((word) => {
    // The ends of family names look like those of a genitive: Иванов is not Иван.
    if (stem === undefined || word.length < 4 || !cyrillic.test(word) || /([ое]в|[иы]н)$/u.test(word))
      return word;
    // Folding takes the mark off й, by which the endings ой and ей are known.
    return stem(word.replace(/(?<=[ое])и$/u, 'й'));
  });
  return STEM + joinWords(stemmed);
}

const MAX_WORDS = 5;

/** Every run of up to five words as a key, with how often it comes; forms that a language bends a name into are tried unbent too. */
export function keysIn(text: string, language: string): Map<string, number> {
  const words = wordsOf(text, language);
  const keys = new Map<string, number>();
  const count = (key: string): void => {
    if (key.length > 1) keys.set(key, (keys.get(key) ?? 0) + 1);
  };
  for (let start = 0; start < words.length; start += 1) {
    for (let length = 1; length <= MAX_WORDS && start + length <= words.length; length += 1) {
      const run = words.slice(start, start + length);
      count(joinWords(run));
      for (const other of unbent(run)) count(other);
    }
  }
  return keys;
}

/** The same words without the endings and prefixes that grammar adds to names. */
function unbent(run: readonly string[]): string[] {
  const [first = ''] = run;
  const last = run.at(-1) ?? '';
  const rest = run.slice(1);
  const found: string[] = [];
  if (/\p{Script=Arabic}/u.test(first)) {
    // و ف ب ل ك before a name are words of their own; ل before an article swallows its alef.
    if (/^[وفبلك]/u.test(first) && first.length > 3) found.push(joinWords([first.slice(1), ...rest]));
    if (first.startsWith('لل') && first.length > 4) found.push(joinWords([`ال${first.slice(2)}`, ...rest]));
  } else if (/\p{Script=Cyrillic}/u.test(last)) {
    found.push(stemKey(run));
  } else if (/^[\p{Script=Latin}'’]+$/u.test(last)) {
    const bare = last.replace(/['’]s?$/u, '');
    if (bare !== last) found.push(joinWords([...run.slice(0, -1), bare]));
    else if (last.endsWith('s') && last.length > 4)
      found.push(joinWords([...run.slice(0, -1), last.slice(0, -1)]));
  }
  return found;
}
