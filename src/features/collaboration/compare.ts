import { diffArrays, diffWordsWithSpace } from 'diff';
import type { ArticleContent } from '../../contract/article.ts';
import { type Block, docText } from '../../contract/document.ts';
import type { RevisionDifference } from '../../contract/shared/answers.ts';
import { normalDoc } from '../../contract/shared/normal.ts';

type Part = { op: 'same' | 'insert' | 'delete'; text: string };
type Shown = RevisionDifference['blocks'][number];

/** Unchanged blocks shown around a change. */
const AROUND = 1;
const PATIENCE_MS = 400;

/** The words that people know a thing by, by its id. */
export type Names = ReadonlyMap<string, string>;

/** What differs between two contents: every field by its name, the body block by block and word by word, media by their assets. */
export function compareContents(
  before: ArticleContent,
  after: ArticleContent,
  names: Names = new Map(),
): Pick<RevisionDifference, 'fields' | 'blocks'> {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  members.delete('body');
  const fields = [...members].flatMap((field) => {
    const [from, to] = [before, after].map((content) => plain(content[field as keyof ArticleContent], names));
    if (from === undefined || to === undefined || from === to) return [];
    return [{ field, before: from, after: to, parts: words(from, to) }];
  });
  const [from, to] = [before, after].map(({ body }) => normalDoc(body).content);
  return { fields, blocks: shorten(blocks(from ?? [], to ?? [], names)) };
}

function plain(value: unknown, names: Names): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return names.get(value) ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => plain(one, names)).join('; ');
  return Object.values(value as object)
    .map((one) => plain(one, names))
    .filter((text) => text !== '')
    .join(', ');
}

function words(from: string, to: string): Part[] {
  const changes = diffWordsWithSpace(from, to, { timeout: PATIENCE_MS });
  if (changes === undefined)
    return [
      { op: 'delete', text: from },
      { op: 'insert', text: to },
    ];
  return changes.map((change) => ({
    op: change.added === true ? 'insert' : change.removed === true ? 'delete' : 'same',
    text: change.value,
  }));
}

function blocks(from: readonly Block[], to: readonly Block[], names: Names): Shown[] {
  const out: Shown[] = [];
  const shown = (op: Shown['op'], before: Block | undefined, after: Block | undefined): Shown =>
    shownAs(op, { before, after, names });
  const changes = diffArrays(from.map(keyOf), to.map(keyOf));
  let left = 0;
  let right = 0;
  for (let i = 0; i < changes.length; i += 1) {
    const change = changes[i];
    if (change === undefined) continue;
    const count = change.value.length;
    if (change.added !== true && change.removed !== true) {
      for (const block of to.slice(right, right + count)) out.push(shown('same', block, block));
      left += count;
      right += count;
      continue;
    }
    const next = changes[i + 1];
    if (change.removed === true && next?.added === true) {
      for (const [before, after] of pairs(
        from.slice(left, left + count),
        to.slice(right, right + next.value.length),
      ))
        out.push(
          shown(before === undefined ? 'insert' : after === undefined ? 'delete' : 'change', before, after),
        );
      left += count;
      right += next.value.length;
      i += 1;
    } else if (change.removed === true) {
      for (const block of from.slice(left, left + count)) out.push(shown('delete', block, undefined));
      left += count;
    } else {
      for (const block of to.slice(right, right + count)) out.push(shown('insert', undefined, block));
      right += count;
    }
  }
  return out;
}

const keyOf = (block: Block): string => JSON.stringify(block);

type Pair = readonly [Block | undefined, Block | undefined];

/** Blocks of one kind in one place are one that has changed; any others went or came. */
function pairs(removed: readonly Block[], added: readonly Block[]): Pair[] {
  const out: Pair[] = [];
  for (let i = 0; i < Math.max(removed.length, added.length); i += 1) {
    const [from, to] = [removed[i], added[i]];
    if (from !== undefined && to !== undefined && from.type === to.type) out.push([from, to]);
    else {
      if (from !== undefined) out.push([from, undefined]);
      if (to !== undefined) out.push([undefined, to]);
    }
  }
  return out;
}

function shownAs(
  op: Shown['op'],
  { before: from, after: to, names }: { before: Block | undefined; after: Block | undefined; names: Names },
): Shown {
  const before = from === undefined ? '' : textOf(from, names);
  const after = to === undefined ? '' : textOf(to, names);
  const kind = (to ?? from)?.type ?? '';
  const parts: Part[] =
    op === 'change'
      ? words(before, after)
      : [{ op: op === 'insert' || op === 'delete' ? op : 'same', text: to === undefined ? before : after }];
  return { op, kind, before, after, parts, count: 0, assetBefore: assetOf(from), assetAfter: assetOf(to) };
}

function assetOf(block: Block | undefined): string | null {
  return block !== undefined && 'attrs' in block && block.attrs !== undefined && 'asset' in block.attrs
    ? block.attrs.asset
    : null;
}

/** A block in words: its text, what its marks lead to, and the members that readers see of what is not text. */
function textOf(block: Block, names: Names): string {
  const lines: string[] = [];
  const text = docText({ type: 'doc', content: [block] });
  if (block.type === 'image' || block.type === 'audio' || block.type === 'video' || block.type === 'file') {
    const { asset: _asset, ...said } = block.attrs;
    lines.push(...Object.entries(said).map(([name, value]) => `${name}: ${value}`));
  } else {
    if (text !== '') lines.push(text);
    const attrs = 'attrs' in block ? Object.entries(block.attrs ?? {}) : [];
    lines.push(...attrs.map(([name, value]) => `${name}: ${plain(value, names)}`));
    if (block.type === 'gallery')
      lines.push(
        ...block.content.map(({ attrs: { asset } }) => `image: ${names.get(asset) ?? asset.slice(-8)}`),
      );
  }
  const links = [...JSON.stringify(block).matchAll(/"href":"([^"]+)"/g)].map((match) => match[1] ?? '');
  const looks = [
    ...new Set(
      [...JSON.stringify(block).matchAll(/"type":"(bold|italic|underline|strike)"/g)].map(
        (match) => match[1] ?? '',
      ),
    ),
  ];
  if (links.length > 0) lines.push(`links: ${links.join(' ')}`);
  if (looks.length > 0) lines.push(`marks: ${looks.join(', ')}`);
  return lines.join('\n');
}

/** Long runs of what is the same are left out but for what stands next to a change. */
function shorten(all: readonly Shown[]): Shown[] {
  const near = all.map((_, i) =>
    all.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((block) => block.op !== 'same'),
  );
  const out: Shown[] = [];
  all.forEach((block, i) => {
    if (near[i] === true) return void out.push(block);
    const last = out.at(-1);
    if (last?.op === 'skipped') last.count += 1;
    else
      out.push({
        op: 'skipped',
        kind: '',
        before: '',
        after: '',
        parts: [],
        count: 1,
        assetBefore: null,
        assetAfter: null,
      });
  });
  return out;
}
