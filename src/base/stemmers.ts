import snowball from 'snowball-stemmers';

/** Snowball's algorithm of a language; Ukrainian and Belarusian have none and are close enough to Russian. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  be: 'russian',
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
};
const made = new Map<string, (word: string) => string>();

/** What takes the endings off a word of a language (`de`, `pt-BR`); undefined where there is no stemmer. */
export function stemmerOf(language: string): ((word: string) => string) | undefined {
  const name = ALGORITHMS[language.split('-')[0] ?? ''];
  if (name === undefined) return undefined;
  let stemmer = made.get(name);
  if (stemmer === undefined) {
    const snow = snowball.newStemmer(name);
    made.set(name, (stemmer = (word) => snow.stem(word)));
  }
  return stemmer;
}
