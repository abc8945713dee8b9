import { diffArrays } from 'diff';
import * as Y from 'yjs';
import type { ArticleContent } from '../../contract/article.ts';
import type { Block, Inline, Mark } from '../../contract/document.ts';
import { metaMembers, textValue } from '../../contract/shared/article.ts';
import { type BodyGroup, bodyGroups, marksOf } from '../../contract/shared/body-read.ts';
import { attributesOfMarks, elementOf } from '../../contract/shared/body-write.ts';
import { bodyOf, listFields, listOf, metaOf, textFieldNames, textOf } from '../../contract/shared/names.ts';
import { normalDoc } from '../../contract/shared/normal.ts';

/**
 * Changes a shared document into a content by the smallest edits, so that what others write elsewhere meanwhile stays, and so do
 * suggestions outside the passages that changed.
 */
export function applyContent(doc: Y.Doc, content: ArticleContent): void {
  doc.transact(() => {
    applyMeta(doc, content);
    for (const field of textFieldNames) applyText(textOf(doc, field), textValue(content, field));
    for (const field of listFields) applyList(listOf(doc, field), content[field]);
    applyBlocks(bodyOf(doc), normalDoc(content.body).content);
  });
}

function applyMeta(doc: Y.Doc, content: ArticleContent): void {
  const meta = metaOf(doc);
  const members = metaMembers(content);
  for (const name of Array.from(meta.keys())) if (!(name in members)) meta.delete(name);
  for (const [name, value] of Object.entries(members))
    if (!same(meta.get(name), value)) meta.set(name, value);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function applyText(text: Y.Text, to: string): void {
  const from = text.toJSON();
  const { start, endFrom, endTo } = changed([...from], [...to]);
  const at = [...from].slice(0, start).join('').length;
  const gone = [...from].slice(start, endFrom).join('').length;
  if (gone > 0) text.delete(at, gone);
  const fresh = [...to].slice(start, endTo).join('');
  if (fresh !== '') text.insert(at, fresh);
}

/** The stretch between what both begin with and what both end with. */
function changed(
  from: readonly string[],
  to: readonly string[],
): { start: number; endFrom: number; endTo: number } {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let tail = 0;
  while (
    tail < from.length - start &&
    tail < to.length - start &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  )
    tail += 1;
  return { start, endFrom: from.length - tail, endTo: to.length - tail };
}

function applyList(list: Y.Array<unknown>, to: readonly unknown[]): void {
  const changes = diffArrays(
    list.toArray().map((item) => JSON.stringify(item)),
    to.map((item) => JSON.stringify(item)),
  );
  let at = 0;
  for (const change of changes) {
    if (change.removed === true) list.delete(at, change.value.length);
    else {
      if (change.added === true)
        list.insert(
          at,
          change.value.map((item) => JSON.parse(item) as unknown),
        );
      at += change.value.length;
    }
  }
}

function applyBlocks(fragment: Y.XmlFragment, to: readonly Block[]): void {
  const groups = bodyGroups(fragment).filter(
    (group): group is BodyGroup & { block: Block } => group.block !== undefined,
  );
  const changes = diffArrays(
    groups.map(({ block }) =>
      JSON.stringify(normalDoc({ type: 'doc', content: [block] }).content[0] ?? block),
    ),
    to.map((block) => JSON.stringify(block)),
  );
  // From the end, so that the places of what is before stay.
  let group = groups.length;
  let next = to.length;
  for (let i = changes.length - 1; i >= 0; i -= 1) {
    const change = changes[i];
    if (change === undefined) continue;
    const count = change.value.length;
    if (change.added !== true && change.removed !== true) {
      group -= count;
      next -= count;
      continue;
    }
    const before = changes[i - 1];
    if (change.added === true && before?.removed === true) {
      replaceGroups(fragment, {
        groups: groups.slice(group - before.value.length, group),
        blocks: to.slice(next - count, next),
        end: startOf(groups, group, fragment),
      });
      group -= before.value.length;
      next -= count;
      i -= 1;
    } else if (change.added === true) {
      fragment.insert(startOf(groups, group, fragment), to.slice(next - count, next).map(elementOf));
      next -= count;
    } else {
      const gone = groups.slice(group - count, group);
      for (const { from, to: end } of gone.toReversed()) fragment.delete(from, end - from);
      group -= count;
    }
  }
}

function startOf(groups: readonly BodyGroup[], index: number, fragment: Y.XmlFragment): number {
  return index > 0 ? (groups[index - 1]?.to ?? 0) : (groups[0]?.from ?? fragment.length);
}

/** Paragraphs are changed in place, pair by pair; what differs in kind is put anew. */
function replaceGroups(
  fragment: Y.XmlFragment,
  given: { groups: readonly (BodyGroup & { block: Block })[]; blocks: readonly Block[]; end: number },
): void {
  const { groups, blocks, end } = given;
  if (blocks.length > groups.length) fragment.insert(end, blocks.slice(groups.length).map(elementOf));
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    const group = groups[i];
    const block = blocks[i];
    if (group === undefined) continue;
    if (block !== undefined && changeInPlace(fragment.get(group.from), { group, block })) continue;
    fragment.delete(group.from, group.to - group.from);
    if (block !== undefined) fragment.insert(group.from, [elementOf(block)]);
  }
}

type Piece = { readonly text: string; readonly key: string; readonly at: number };

/** Changes the text of one paragraph; false where that is not all that differs. */
function changeInPlace(element: unknown, { group, block }: { group: BodyGroup; block: Block }): boolean {
  if (group.to - group.from !== 1 || !(element instanceof Y.XmlElement)) return false;
  if (element.nodeName !== 'paragraph' || (block.type !== 'paragraph' && block.type !== 'heading'))
    return false;
  const inlines = block.content ?? [];
  if (inlines.some((inline) => inline.type !== 'text')) return false;
  const [only, ...more] = element.toArray();
  if (more.length > 0 || (only !== undefined && !(only instanceof Y.XmlText))) return false;
  const level = block.type === 'heading' ? block.attrs.level : undefined;
  if (level === undefined) element.removeAttribute('level');
  else if ((element.getAttribute('level') as unknown) !== level)
    element.setAttribute('level', level as unknown as string);
  if (only === undefined) {
    const text = new Y.XmlText();
    element.insert(0, [text]);
    insertRuns(text, 0, inlines);
    return true;
  }
  const from = visiblePieces(only);
  const to = inlinePieces(inlines);
  const { start, endFrom, endTo } = changed(
    from.map((piece) => piece.text + piece.key),
    to.map((piece) => piece.text + piece.key),
  );
  const first = from[start]?.at ?? only.length;
  for (let i = endFrom - 1; i >= start; i -= 1) {
    const piece = from[i];
    if (piece !== undefined) only.delete(piece.at, piece.text.length);
  }
  insertRuns(only, start < endFrom ? first : (from[start]?.at ?? only.length), to.slice(start, endTo));
  return true;
}

/** Characters with their marks and places, without those that are only suggested. */
function visiblePieces(text: Y.XmlText): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const { insert, attributes = {} } of text.toDelta() as {
    insert: unknown;
    attributes?: Record<string, unknown>;
  }[]) {
    if (typeof insert !== 'string') {
      at += 1;
      continue;
    }
    const suggested = attributes['insertion'] !== undefined && attributes['insertion'] !== null;
    const key = JSON.stringify(marksOf(attributes));
    for (const character of insert) {
      if (!suggested) out.push({ text: character, key, at });
      at += character.length;
    }
  }
  return out;
}

function inlinePieces(inlines: readonly Inline[]): Piece[] {
  return inlines.flatMap((inline) =>
    inline.type === 'text'
      ? [...inline.text].map((text) => ({ text, key: JSON.stringify(inline.marks ?? []), at: 0 }))
      : [],
  );
}

function insertRuns(text: Y.XmlText, at: number, pieces: readonly (Inline | Piece)[]): void {
  let place = at;
  let run = '';
  let key: string | undefined;
  const flush = (): void => {
    if (run === '') return;
    text.insert(place, run, runAttributes(JSON.parse(key ?? '[]') as Mark[]));
    place += run.length;
    run = '';
  };
  for (const piece of pieces) {
    const mine =
      'key' in piece ? piece.key : piece.type === 'text' ? JSON.stringify(piece.marks ?? []) : '[]';
    if (mine !== key) flush();
    key = mine;
    run += 'text' in piece && typeof piece.text === 'string' ? piece.text : '';
  }
  flush();
}

/** Text inserted between marked text would take its marks unless told otherwise. */
function runAttributes(marks: readonly Mark[]): Record<string, unknown> {
  const none = Object.fromEntries(
    [
      'link',
      'language',
      'bold',
      'italic',
      'underline',
      'strike',
      'code',
      'subscript',
      'superscript',
      'insertion',
      'deletion',
      'format',
    ].map((name) => [name, null]),
  );
  return { ...none, ...attributesOfMarks(marks) };
}
