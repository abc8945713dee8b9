import snowball from 'snowball-stemmers';

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

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;
const HAS_UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PLAIN = /^[a-z0-9]+$/;
const MAX_WORD = 64;

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

const ALGORITHMS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  uk: 'russian',
  be: 'russian',
};
const CACHE_SIZE = 40_000;
const stemmers = new Map<string, (word: string) => string>();

/** The stem of a folded word in a language; the word itself where we have no stemmer. Stems are remembered: words repeat. */
export function stem(word: string, language: string): string {
  const name = ALGORITHMS[language.split('-')[0] ?? ''];
  if (name === undefined) return word;
  let stemmer = stemmers.get(name);
  if (stemmer === undefined) {
    const snow = snowball.newStemmer(name);
    let known = new Map<string, string>();
    stemmer = (text) => {
      const cached = known.get(text);
      if (cached !== undefined) return cached;
      const result = fold(snow.stem(text));
      if (known.size >= CACHE_SIZE) known = new Map();
      known.set(text, result);
      return result;
    };
    stemmers.set(name, stemmer);
  }
  return stemmer(word);
}

/** Stems are kept apart from words, so that a stem never counts as a word that was written. */
export const STEM_MARK = '~';

type Cut = { readonly words: readonly string[]; readonly stems: readonly string[] };
const cuts = new Map<string, Map<string, Cut>>();

/**
 * The words of a text, and their marked stems added to `stems`: what `words` and `stem` give, with each written word worked out once a
 * language and remembered. An archive says the same words again and again.
 */
export function cutText(
  text: string,
  { language, stems }: { language: string; stems: Set<string> },
): string[] {
  let known = cuts.get(language);
  if (known === undefined || known.size >= CACHE_SIZE) {
    known = new Map();
    cuts.set(language, known);
  }
  const found: string[] = [];
  for (const raw of text.match(WORD) ?? []) {
    let cut = known.get(raw);
    if (cut === undefined) {
      const parts = [...words(raw)];
      cut = {
        words: parts.map((word) => word.text),
        stems: parts.flatMap((word) => (word.pairs ? [] : [STEM_MARK + stem(word.text, language)])),
      };
      // A long run without spaces is a sentence, not a word that comes again.
      if (raw.length <= MAX_WORD) known.set(raw, cut);
    }
    for (const word of cut.words) found.push(word);
    for (const word of cut.stems) stems.add(word);
  }
  return found;
}
