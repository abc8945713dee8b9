import { visible } from './fold.ts';

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string): Intl.Segmenter {
  let found = segmenters.get(language);
  if (found === undefined) {
    found = new Intl.Segmenter(language, { granularity: 'word' });
    segmenters.set(language, found);
  }
  return found;
}

/**
 * Where a phrase of a script without spaces stands in a text as words of its own: it must begin and end where the language's segmenter cuts
 * words, so that バカ is not found in バカンス. Returns what was written there.
 */
export function findUnspaced(
  text: string,
  { phrase, language }: { phrase: string; language: string },
): string[] {
  const plain = visible(text.normalize('NFKC')).toLowerCase();
  const wanted = visible(phrase.normalize('NFKC')).toLowerCase().replace(/\s+/gu, '');
  if (wanted === '' || !joined(plain).includes(wanted)) return [];
  const found = new Set<string>();
  // Once as it is written, once without the spaces that nobody of this script writes inside a word.
  for (const form of new Set([plain, joined(plain)])) {
    let at = form.indexOf(wanted);
    if (at < 0) continue;
    const cuts = boundaries(form, language);
    for (; at >= 0; at = form.indexOf(wanted, at + 1))
      if (cuts.has(at) && cuts.has(at + wanted.length)) found.add(form.slice(at, at + wanted.length));
  }
  return [...found];
}

function joined(text: string): string {
  return text.replace(/(?<=[^\p{ASCII}])[\s*._·・-]+(?=[^\p{ASCII}])/gu, '');
}

function boundaries(text: string, language: string): Set<number> {
  const cuts = new Set<number>([0, text.length]);
  for (const segment of segmenter(language).segment(text)) cuts.add(segment.index);
  return cuts;
}
