import { stem, STEM_MARK, words } from './words.ts';

/** One thing a result must have (or must not): a word in any of its forms, or a phrase of words in order. */
export type Term = {
  readonly kind: 'word' | 'phrase';
  readonly words: readonly string[];
  readonly stems: readonly string[];
  readonly not: boolean;
};
export type Query = { readonly terms: readonly Term[] };

const MAX_TERMS = 16;

/**
 * Reads what a reader typed: words must all be there, `"…"` is a phrase, `-word` must not be there. Anything else is text; there is no
 * syntax that can be wrong.
 */
export function parseQuery(text: string, languages: readonly string[]): Query {
  const terms: Term[] = [];
  for (const match of text.slice(0, 300).matchAll(/(-?)"([^"]*)"|(-?)(\S+)/gu)) {
    if (terms.length >= MAX_TERMS) break;
    const quoted = match[2] !== undefined;
    const not = (quoted ? match[1] : match[3]) === '-';
    const found = [...words(match[2] ?? match[4] ?? '')];
    const spaced = found.filter((word) => !word.pairs).map((word) => word.text);
    if (quoted && spaced.length > 1) terms.push({ kind: 'phrase', words: spaced, stems: [], not });
    else
      for (const word of spaced)
        terms.push({ kind: 'word', words: [word], stems: stemsOf(word, languages), not });
    // Of a run without spaces the pairs say it all; a lone character stands for itself.
    const pairs = found.filter((word) => word.pairs);
    const chosen = pairs.some((word) => [...word.text].length > 1)
      ? pairs.filter((word) => [...word.text].length > 1)
      : pairs;
    for (const word of chosen)
      if (terms.length < MAX_TERMS) terms.push({ kind: 'word', words: [word.text], stems: [], not });
  }
  return { terms };
}

function stemsOf(word: string, languages: readonly string[]): string[] {
  return [...new Set(languages.map((language) => STEM_MARK + stem(word, language)))];
}

/** Whether anything positive is asked. */
export function isEmpty(query: Query): boolean {
  return query.terms.every((term) => term.not);
}
