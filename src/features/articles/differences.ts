import { diffArrays, diffWordsWithSpace } from 'diff';
import type { PublishedVersion } from '../../contract/article.ts';
import { type Block, type Doc, docText } from '../../contract/document.ts';

export type DiffPart = { op: 'same' | 'insert' | 'delete'; text: string };
export type DiffField =
  | 'headline'
  | 'lede'
  | 'dateline'
  | 'body'
  | 'picture'
  | 'bylines'
  | 'tags'
  | 'storylines'
  | 'section'
  | 'other';
export type Difference = { field: DiffField; parts: DiffPart[] };

/** Unchanged runs longer than this are shortened in the middle. */
const CONTEXT = 160;

/** What a reader would see changed between two versions: field by field, and paragraph by paragraph in the body. */
export function differences(before: PublishedVersion, after: PublishedVersion): Difference[] {
  const found: Difference[] = [];
  const compare = (field: DiffField, from: string, to: string): void => {
    if (from !== to) found.push({ field, parts: wordDiff(from, to) });
  };
  compare('headline', before.headline, after.headline);
  compare('lede', before.lede, after.lede);
  compare('dateline', datelineText(before), datelineText(after));
  compare('bylines', before.bylines.map(bylineText).join('; '), after.bylines.map(bylineText).join('; '));
  compare('picture', pictureText(before), pictureText(after));
  compare('section', before.section?.name ?? '', after.section?.name ?? '');
  compare(
    'storylines',
    names(before.storylines.map((line) => line.title)),
    names(after.storylines.map((line) => line.title)),
  );
  compare(
    'tags',
    names(before.concepts.map((concept) => concept.name)),
    names(after.concepts.map((concept) => concept.name)),
  );
  found.push(...bodyDiff(before.body, after.body));
  compare('other', otherText(before), otherText(after));
  return found;
}

const names = (list: readonly string[]): string => [...list].sort().join(', ');
const bylineText = (byline: PublishedVersion['bylines'][number]): string =>
  byline.role === undefined ? byline.name : `${byline.name}, ${byline.role}`;

function datelineText({ dateline }: PublishedVersion): string {
  return dateline === undefined
    ? ''
    : [dateline.place, dateline.date, dateline.source]
        .filter((part) => part !== undefined && part !== '')
        .join(', ');
}

function pictureText({ leadPicture }: PublishedVersion): string {
  if (leadPicture === undefined) return '';
  const { caption, credit, digest } = leadPicture;
  return [caption, credit, digest === undefined ? '' : `[${digest.slice(0, 12)}]`]
    .filter((part) => part !== '')
    .join(' ');
}

function otherText(version: PublishedVersion): string {
  return [version.kicker, version.source?.name, version.canonicalUrl, version.path]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

function wordDiff(from: string, to: string): DiffPart[] {
  return shorten(
    diffWordsWithSpace(from, to, { timeout: 250 })?.map((change): DiffPart => ({
      op: opOf(change),
      text: change.value,
    })) ?? [
      { op: 'delete', text: from },
      { op: 'insert', text: to },
    ],
  );
}

function opOf(change: { added?: boolean; removed?: boolean }): DiffPart['op'] {
  return change.added === true ? 'insert' : change.removed === true ? 'delete' : 'same';
}

/** Blocks are matched whole first; a removed block next to an added one is then compared word by word. */
function bodyDiff(before: Doc, after: Doc): Difference[] {
  const from = before.content.map(blockText);
  const to = after.content.map(blockText);
  const found: Difference[] = [];
  const changes = diffArrays(from, to);
  for (let i = 0; i < changes.length; i += 1) {
    const change = changes[i];
    if (change === undefined || (change.added !== true && change.removed !== true)) continue;
    const next = changes[i + 1];
    if (change.removed === true && next?.added === true) {
      found.push(...pairs(change.value, next.value));
      i += 1;
    } else {
      found.push(
        ...change.value.map((text): Difference => ({ field: 'body', parts: [{ op: opOf(change), text }] })),
      );
    }
  }
  return found.filter((difference) => difference.parts.some((part) => part.text.trim() !== ''));
}

function pairs(removed: readonly string[], added: readonly string[]): Difference[] {
  const found: Difference[] = [];
  for (let i = 0; i < Math.max(removed.length, added.length); i += 1) {
    const from = removed[i];
    const to = added[i];
    if (from !== undefined && to !== undefined) found.push({ field: 'body', parts: wordDiff(from, to) });
    else if (from !== undefined) found.push({ field: 'body', parts: [{ op: 'delete', text: from }] });
    else if (to !== undefined) found.push({ field: 'body', parts: [{ op: 'insert', text: to }] });
  }
  return found;
}

/** A block as text; pictures and embeds by what names them, marks such as links by their targets. */
function blockText(block: Block): string {
  const text = docText({ type: 'doc', content: [block] });
  if (block.type === 'image') return `[${block.attrs.asset.slice(-8)}] ${block.attrs.caption ?? ''}`.trim();
  if (block.type === 'embed') return `[${block.attrs.url}]`;
  if (block.type === 'horizontalRule') return '———';
  const links = [...JSON.stringify(block).matchAll(/"href":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return links.length === 0 ? text : `${text} <${links.join('> <')}>`;
}

function shorten(parts: readonly DiffPart[]): DiffPart[] {
  return parts.map((part, i) => {
    if (part.op !== 'same' || part.text.length <= CONTEXT * 2) return part;
    const head = i === 0 ? '' : part.text.slice(0, CONTEXT);
    const tail = i === parts.length - 1 ? '' : part.text.slice(-CONTEXT);
    return { op: 'same', text: `${head} … ${tail}` };
  });
}
