import snowball from 'snowball-stemmers';
import { fold, MAX_WORD, WORD, words } from '../../base/words.ts';

export { type Word, words } from '../../base/words.ts';

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
