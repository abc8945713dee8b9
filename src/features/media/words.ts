const MOST_WORDS = 200;
const LONGEST_WORD = 60;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text as the library is searched by: lower case, without accents; scripts without spaces are cut by dictionary. */
export function foldedWords(text: string): string[] {
  const words = new Set<string>();
  // A file's name is words, too: `harbour_dawn-02.jpg`.
  for (const { segment, isWordLike } of segmenter.segment(text.replace(/[_.\-/]+/g, ' '))) {
    if (isWordLike !== true) continue;
    const word = segment
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .normalize('NFC');
    if (word !== '') words.add(word.slice(0, LONGEST_WORD));
    if (words.size === MOST_WORDS) break;
  }
  return [...words];
}

/** Everything that an asset is found by. */
export function assetWords(asset: {
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly creator: string;
  readonly place: string;
  readonly keywords: readonly string[];
}): string[] {
  const { fileName, caption, credit, alt, creator, place, keywords } = asset;
  return foldedWords([caption, credit, alt, creator, place, ...keywords, fileName].join('\n'));
}
