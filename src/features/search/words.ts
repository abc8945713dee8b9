import { stemmerOf } from '../../base/stemmers.ts';
import { fold, MAX_WORD, WORD, words } from '../../base/words.ts';

export { type Word, words } from '../../base/words.ts';

const CACHE_SIZE = 40_000;
const known = new Map<string, Map<string, string>>();

/** The stem of a folded word in a language; the word itself where we have no stemmer. Stems are remembered: words repeat. */
export function stem(word: string, language: string): string {
  const stemmer = stemmerOf(language);
  if (stemmer === undefined) return word;
  const key = language.split('-')[0] ?? '';
  let stems = known.get(key);
  if (stems === undefined || stems.size >= CACHE_SIZE) known.set(key, (stems = new Map()));
  let found = stems.get(word);
  if (found === undefined) stems.set(word, (found = fold(stemmer(word))));
  return found;
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
