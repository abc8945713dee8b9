import { diffArrays, diffWordsWithSpace } from 'diff';
import type { PublishedVersion } from '../../contract/article.ts';
import { type Block, docText } from '../../contract/document.ts';
import type { ArticleChanges } from '../../contract/pages/changes.ts';

type Change = ArticleChanges['changes'][number];

/**
 * What changed between two versions, told so that a page that shows the first one can mark it: headline, lede and paragraphs with their text as it
 * was. Pictures and embeds are left to the new page.
 */
export function changesBetween(before: PublishedVersion, after: PublishedVersion): Change[] {
  const found: Change[] = [];
  for (const field of ['headline', 'lede'] as const)
    if (before[field] !== after[field])
      found.push({ field, before: before[field], parts: wordsOf(before[field], after[field]) });
  const from = before.body.content.map(textOf);
  const to = after.body.content.map(textOf);
  let last = '';
  const steps = diffArrays(from, to);
  for (let i = 0; i < steps.length; i += 1) {
    const step = steps[i];
    if (step === undefined) continue;
    if (step.removed === true) {
      const next = steps[i + 1];
      const added = next?.added === true ? next.value : [];
      if (added.length > 0) i += 1;
      for (let at = 0; at < Math.max(step.value.length, added.length); at += 1) {
        const old = step.value[at];
        const fresh = added[at] ?? '';
        if (old === undefined) found.push(newParagraph(fresh, last));
        else {
          found.push({ field: 'body', before: old, parts: wordsOf(old, fresh) });
          last = old;
        }
      }
    } else if (step.added === true) {
      // The last one first: each is put directly behind what the reader has.
      for (const text of step.value.toReversed()) found.push(newParagraph(text, last));
    } else last = step.value.at(-1) ?? last;
  }
  return found.filter((change) => change.parts.some((part) => part.op !== 'same' && part.text.trim() !== ''));
}

const newParagraph = (text: string, after: string): Change => ({
  field: 'body',
  before: '',
  after,
  parts: [{ op: 'insert', text }],
});

function textOf(block: Block): string {
  return block.type === 'image' || block.type === 'embed' ? '' : docText({ type: 'doc', content: [block] });
}

function wordsOf(from: string, to: string): Change['parts'] {
  const words = diffWordsWithSpace(from, to, { timeout: 250 });
  if (words === undefined)
    return [
      { op: 'delete', text: from },
      { op: 'insert', text: to },
    ];
  return words.map(({ added, removed, value }) => ({
    op: added === true ? 'insert' : removed === true ? 'delete' : 'same',
    text: value,
  }));
}
