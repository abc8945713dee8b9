import type { WordRule } from '../../../contract/moderation.ts';
import { foldWord, languageOf, plainSpellings } from './fold.ts';
import { isWithParticles, stemOf } from './stems.ts';
import { readingsOf, type Token, tokensOf, UNSPACED } from './tokens.ts';
import { findUnspaced } from './unspaced.ts';

export type WordMatch = { readonly rule: WordRule; readonly matched: readonly string[] };

type Spelling = { readonly words: readonly string[]; readonly stems: readonly string[] | undefined };
type Compiled = {
  readonly rule: WordRule;
  /** Ways to write the phrase. Undefined where the script has no spaces. */
  readonly spellings: readonly Spelling[] | undefined;
};

/** Word rules made ready: found by the first word of each way to write them. */
export type Matcher = (text: string, language: string) => WordMatch[];

const HANGUL = /^\p{Script=Hangul}+$/u;

/**
 * Makes a matcher of rules. A rule of a language is looked for in texts of that language, one without in all. Words are compared whole,
 * never as parts of longer ones; a rule that asks for it is found in its inflected forms too.
 */
export function makeMatcher(rules: readonly WordRule[]): Matcher {
  const compiled = rules.filter((rule) => rule.enabled).map(compile);
  return (text, language) => {
    const due = compiled.filter(
      ({ rule }) => rule.language === null || languageOf(rule.language) === languageOf(language),
    );
    if (due.length === 0) return [];
    const cut = new Map<string, Token[]>();
    const tokensIn = (folding: string): Token[] => {
      let tokens = cut.get(folding);
      if (tokens === undefined) cut.set(folding, (tokens = tokensOf(text, { folding, text: language })));
      return tokens;
    };
    const found: WordMatch[] = [];
    for (const { rule, spellings } of due) {
      const folding = rule.language ?? '';
      const matched =
        spellings === undefined
          ? findUnspaced(text, { phrase: rule.phrase, language: rule.language ?? language })
          : findSpaced(text, tokensIn(folding), { spellings, folding });
      if (matched.length > 0) found.push({ rule, matched });
    }
    return found;
  };
}

function compile(rule: WordRule): Compiled {
  if (UNSPACED.test(rule.phrase)) return { rule, spellings: undefined };
  const folding = rule.language ?? '';
  const words = (rule.phrase.match(/[\p{L}\p{N}\p{M}'’ʼ@$]+/gu) ?? []).map((word) =>
    foldWord(word, folding).replace(/[’ʼ]/g, "'"),
  );
  if (words.length === 0) return { rule, spellings: [] };
  const ways = [words];
  if (words.some((word) => word.includes("'"))) ways.push(words.map((word) => word.replaceAll("'", '')));
  // "ss" for "ß" throughout: one typed without the letters is typed so in every word.
  for (const pick of [0, 1]) {
    const typed = words.map((word) => plainSpellings(word)[pick] ?? plainSpellings(word)[0] ?? word);
    if (!ways.some((way) => way.join(' ') === typed.join(' '))) ways.push(typed);
  }
  return {
    rule,
    spellings: ways.map((way) => ({
      words: way,
      stems: rule.inflected ? way.map((word) => stemOf(word, folding)) : undefined,
    })),
  };
}

type Looking = { readonly spellings: readonly Spelling[]; readonly folding: string };

function findSpaced(text: string, tokens: readonly Token[], { spellings, folding }: Looking): string[] {
  const found = new Set<string>();
  tokens.forEach((token, at) => {
    for (const spelling of spellings) {
      const run = tokens.slice(at, at + spelling.words.length);
      const last = run.at(-1);
      if (last === undefined || run.length < spelling.words.length || !isInOrder(run)) continue;
      const all = spelling.words.every((word, n) => {
        const at = run[n];
        return at !== undefined && says(at, { word, stem: spelling.stems?.[n], folding });
      });
      if (all) found.add(text.slice(token.start, last.end));
    }
  });
  return [...found].slice(0, 20);
}

function isInOrder(run: readonly Token[]): boolean {
  return run.every((token, n) => n === 0 || token.start >= (run[n - 1]?.end ?? 0));
}

function says(token: Token, wanted: { word: string; stem: string | undefined; folding: string }): boolean {
  const { word, stem } = wanted;
  for (const reading of token.readings) {
    if (reading === word) return true;
    if (HANGUL.test(word) && isWithParticles(reading, word)) return true;
    if (stem !== undefined && stem !== '' && stemOf(reading, wanted.folding) === stem) return true;
  }
  return isMasked(token.written, word, wanted.folding);
}

/** "fr*ud": a star inside a word stands for one letter, where at least two letters are there and the first and last are not stars. */
function isMasked(written: string, word: string, folding: string): boolean {
  if (!/^[^*]+\*+[^*]+$/u.test(written)) return false;
  const signs = [...written];
  const letters = [...word];
  if (signs.length !== letters.length || letters.length < 4) return false;
  return signs.every((sign, n) => {
    const letter = letters[n] ?? '';
    return sign === '*' || sign === letter || readingsOf(sign, { folding, text: '' }).includes(letter);
  });
}
