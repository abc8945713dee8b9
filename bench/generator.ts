/**
 * A made-up archive that has the shape of a real one: words by Zipf's law, most concepts rare and a few everywhere, a few storylines that
 * run for years. The same seed gives the same archive, and any stretch of it is made without holding the rest.
 */
import { docFromParagraphs } from '../src/contract/document.ts';

export type Shape = { readonly seed: number; readonly articles: number };

/** An article by the positions of its nouns; `bench/fill.ts` puts ids in their places. */
export type MadeArticle = {
  readonly headline: string;
  readonly lede: string;
  readonly body: ReturnType<typeof docFromParagraphs>;
  readonly place: string;
  readonly section: number;
  readonly author: number;
  readonly storyline: number | undefined;
  readonly concepts: readonly number[];
  readonly urgency: number;
  readonly publishedAt: string;
};

export type ArchiveGenerator = {
  /** How many of each there are. */
  readonly nouns: { sections: number; authors: number; storylines: number; concepts: number };
  /** The word of a rank, 0 the most frequent: for search benchmarks. */
  readonly word: (rank: number) => string;
  readonly name: (kind: string, index: number) => string;
  /** Articles in the order of their publication, in batches. */
  batches(size: number): IterableIterator<MadeArticle[]>;
};

const VOCABULARY = 30_000;
const SECTIONS = 8;
const AUTHORS = 60;
const STORYLINES = 40;
const SHARE_OF_LONGEST = 0.1;
const PER_DAY = 200;
const LAST = Date.parse('2026-06-30T18:00:00Z');

/** A small fast generator of numbers in [0, 1) (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws ranks by Zipf's law with exponent 1. */
export function zipf(ranks: number, random: () => number): () => number {
  const sums = new Float64Array(ranks);
  let sum = 0;
  for (let rank = 0; rank < ranks; rank += 1) sums[rank] = sum += 1 / (rank + 1);
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = ranks - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Frequent words are short, as in every language. */
function makeVocabulary(random: () => number): string[] {
  const heads = [
    'b',
    'br',
    'c',
    'd',
    'f',
    'g',
    'gr',
    'h',
    'k',
    'l',
    'm',
    'n',
    'p',
    'pr',
    'r',
    's',
    'st',
    't',
    'tr',
    'v',
    'w',
  ];
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];
  const tails = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'rk'];
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const seen = new Set<string>();
  while (seen.size < VOCABULARY) {
    const syllables = 1 + Math.floor(Math.log10(seen.size + 1) * 0.8 + random());
    let word = '';
    for (let i = 0; i < Math.max(1, syllables); i += 1) word += pick(heads) + pick(vowels) + pick(tails);
    seen.add(word);
  }
  return [...seen];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function makeGenerator({ seed, articles }: Shape): ArchiveGenerator {
  const words = makeVocabulary(randomOf(seed));
  const word = (rank: number): string => words[rank % VOCABULARY] ?? '';
  const nouns = {
    sections: SECTIONS,
    authors: AUTHORS,
    storylines: STORYLINES,
    concepts: Math.min(2000, Math.max(60, Math.floor(articles / 20))),
  };
  const name = (kind: string, index: number): string =>
    `${capital(word(2000 + index * 7))} ${capital(word(500 + index * 3))} ${kind === 'section' ? '' : index + 1}`.trim();

  function* all(size: number): IterableIterator<MadeArticle[]> {
    const random = randomOf(seed + 1);
    const nextWord = zipf(VOCABULARY, random);
    const nextConcept = zipf(nouns.concepts, random);
    const text = (count: number): string => {
      let line = word(nextWord());
      for (let i = 1; i < count; i += 1) line += ` ${word(nextWord())}`;
      return line;
    };
    const sentence = (): string => `${capital(text(9 + Math.floor(random() * 14)))}.`;
    const sentences = (count: number): string => Array.from({ length: count }, sentence).join(' ');
    let batch: MadeArticle[] = [];
    for (let i = 0; i < articles; i += 1) {
      batch.push({
        headline: capital(text(6 + Math.floor(random() * 6))),
        lede: sentences(2),
        body: docFromParagraphs(
          Array.from({ length: 5 + Math.floor(random() * 3) }, () => sentences(3 + Math.floor(random() * 2))),
        ),
        place: word(3000 + Math.floor(random() * 200)).toUpperCase(),
        section: Math.floor(random() * SECTIONS),
        author: Math.floor(random() * AUTHORS),
        storyline: storylineAt(random()),
        concepts: [...new Set([nextConcept(), nextConcept(), nextConcept(), nextConcept()])],
        urgency: 4 + Math.floor(random() * 4),
        publishedAt: new Date(LAST - Math.floor(((articles - i) * 86_400_000) / PER_DAY)).toISOString(),
      });
      if (batch.length === size) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
  return { nouns, word, name, batches: all };
}

/** The k-th storyline gets a k-th of what the longest gets; most articles belong to none. */
function storylineAt(at: number): number | undefined {
  let sum = 0;
  for (let k = 0; k < STORYLINES; k += 1) {
    sum += SHARE_OF_LONGEST / (k + 1);
    if (at < sum) return k;
  }
  return undefined;
}
