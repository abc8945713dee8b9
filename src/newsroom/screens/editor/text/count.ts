import type { Node } from '@tiptap/pm/model';

const segmenters = new Map<string, Intl.Segmenter>();

/** Words of a text as its language cuts them: Chinese and Thai have words without spaces. */
export function countWords(text: string, language: string): number {
  // Latin, Cyrillic and Arabic words are what stands between spaces; the segmenter is slow and only needed elsewhere.
  if (!/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/u.test(text))
    return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu)?.length ?? 0;
  let segmenter = segmenters.get(language);
  if (segmenter === undefined)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike === true) count += 1;
  return count;
}

const WORDS_A_MINUTE = 230;

/** Minutes of reading, at least one. */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / WORDS_A_MINUTE));

export type Count = { readonly words: number; readonly characters: number };

/** Words and characters of a document, remembered block by block: after a keystroke one block is counted anew. */
export function makeCounter(): (doc: Node, language: string) => Count {
  const known = new WeakMap<Node, Count & { language: string }>();
  const ofBlock = (block: Node, language: string): Count => {
    const before = known.get(block);
    if (before?.language === language) return before;
    let text = '';
    block.descendants((node) => {
      if (node.isText) {
        const suggested = node.marks.some((mark) => mark.type.name === 'insertion');
        if (!suggested) text += node.text ?? '';
      } else if (node.isBlock && text !== '') text += '\n';
      else if (node.type.name === 'hardBreak') text += '\n';
      else if (node.type.name === 'datedFact') text += String(node.attrs['text']);
      return true;
    });
    const counted = {
      language,
      words: countWords(text, language),
      characters: [...text.replaceAll('\n', '')].length,
    };
    known.set(block, counted);
    return counted;
  };
  return (doc, language) => {
    let words = 0;
    let characters = 0;
    doc.forEach((block) => {
      const of = ofBlock(block, language);
      words += of.words;
      characters += of.characters;
    });
    return { words, characters };
  };
}
