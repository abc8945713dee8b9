import * as Y from 'yjs';
import type { Block, Doc, Inline, Mark } from '../document.ts';
import { markOrder, normalAttrs, normalDoc, normalInlines } from './normal.ts';
import { PASTED } from './names.ts';
import { nodeSuggestion, SUGGEST } from './suggestion.ts';

type Attrs = Record<string, unknown>;
type Child = Y.XmlElement | Y.XmlText;

const INLINE = new Set(['hardBreak', 'footnote', 'datedFact']);
const CONTAINERS = new Set([
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'note',
  'table',
  'tableRow',
  'tableCell',
  'tableHeader',
  'gallery',
]);
const LEAVES = new Set(['horizontalRule', 'image', 'audio', 'video', 'file', 'embed', 'relatedBox']);

/** The document as it would be published: without suggestions that nobody has accepted. */
export function readBody(fragment: Y.XmlFragment): Doc {
  return normalDoc({
    type: 'doc',
    content: bodyGroups(fragment).flatMap(({ block }) => (block === undefined ? [] : [block])),
  });
}

/** Which children of the fragment make which block; none where all of them are only suggested. */
export type BodyGroup = { readonly from: number; to: number; block: Block | undefined };

/** Top-level children with the block that each (or several, where a cut is only suggested) stands for. */
export function bodyGroups(fragment: Y.XmlFragment): BodyGroup[] {
  const groups: BodyGroup[] = [];
  children(fragment).forEach((child, index) => {
    if (child instanceof Y.XmlText) return;
    // Blocks that are only suggested may stand between a block and what was cut from it.
    const at = groups.findLastIndex(({ block }) => block !== undefined);
    const last = groups[at];
    if (last?.block !== undefined && joins(child, last.block)) {
      groups.splice(at + 1);
      last.to = index + 1;
      last.block = joined(last.block, child);
    } else groups.push({ from: index, to: index + 1, block: readBlock(child) as Block | undefined });
  });
  return groups;
}

function children(parent: Y.XmlFragment): Child[] {
  return parent
    .toArray()
    .filter((child): child is Child => child instanceof Y.XmlElement || child instanceof Y.XmlText);
}

function readBlocks(parent: Y.XmlElement): Block[] {
  const out: Block[] = [];
  for (const child of children(parent)) {
    if (child instanceof Y.XmlText) continue;
    const last = out.at(-1);
    if (last !== undefined && joins(child, last)) out[out.length - 1] = joined(last, child);
    else {
      const block = readBlock(child);
      if (block !== undefined) out.push(block as Block);
    }
  }
  return out;
}

const TEXTBLOCKS = new Set(['paragraph', 'heading']);

/** A textblock (or the item around it) that exists only by a suggested cut belongs to the one before it. */
function joins(child: Y.XmlElement, before: { type: string }): boolean {
  if (nodeSuggestion(attribute(child, SUGGEST))?.op !== 'split') return false;
  return child.nodeName === 'paragraph' ? TEXTBLOCKS.has(before.type) : child.nodeName === before.type;
}

function joined(before: Block, child: Y.XmlElement): Block {
  const inside = (before as { content?: unknown[] }).content ?? [];
  if (child.nodeName === 'paragraph') {
    const content = normalInlines([...(inside as Inline[]), ...readInlines(child)]);
    return { ...before, content } as Block;
  }
  if (child.nodeName === 'codeBlock') {
    const text = [...(inside as { text: string }[]).map((one) => one.text), codeOf(child)].join('');
    return { ...before, ...(text === '' ? {} : { content: [{ type: 'text', text }] }) } as Block;
  }
  const content = [...(inside as Block[])];
  for (const inner of children(child)) {
    if (inner instanceof Y.XmlText) continue;
    const last = content.at(-1);
    if (last !== undefined && joins(inner, last)) content[content.length - 1] = joined(last, inner);
    else {
      const block = readBlock(inner);
      if (block !== undefined) content.push(block as Block);
    }
  }
  return { ...before, content } as Block;
}

/** A node and what is in it; undefined where it is only suggested, unknown, or left without what it must hold. */
function readBlock(element: Y.XmlElement): unknown {
  const suggestion = nodeSuggestion(attribute(element, SUGGEST));
  if (suggestion?.op === 'insert') return undefined;
  const { level, ...attrs } = attributesOf(
    element,
    suggestion?.op === 'change' ? suggestion.before : undefined,
  );
  const type = element.nodeName;
  if (type === 'paragraph') {
    const content = readInlines(element);
    const inside = content.length === 0 ? {} : { content };
    return level === undefined ? { type, ...inside } : { type: 'heading', attrs: { level }, ...inside };
  }
  const kept = normalAttrs(attrs);
  const head = { type, ...(kept === undefined ? {} : { attrs: kept }) };
  if (type === 'codeBlock') {
    const text = codeOf(element);
    return text === '' ? head : { ...head, content: [{ type: 'text', text }] };
  }
  if (LEAVES.has(type)) return isOnItsWay(attrs['asset']) ? undefined : head;
  if (!CONTAINERS.has(type)) return undefined;
  const content = readBlocks(element);
  return content.length === 0 ? undefined : { ...head, content };
}

/** A picture that was pasted: its bytes are being sent, or never came. */
const isOnItsWay = (asset: unknown): boolean => typeof asset === 'string' && asset.startsWith(PASTED);

function codeOf(element: Y.XmlElement): string {
  return readInlines(element)
    .map((inline) => (inline.type === 'text' ? inline.text : '\n'))
    .join('');
}

function readInlines(element: Y.XmlElement): Inline[] {
  const out: Inline[] = [];
  for (const child of children(element)) {
    if (child instanceof Y.XmlText) out.push(...readText(child));
    else if (INLINE.has(child.nodeName) && nodeSuggestion(attribute(child, SUGGEST))?.op !== 'insert') {
      const attrs = normalAttrs(attributesOf(child));
      out.push({ type: child.nodeName, ...(attrs === undefined ? {} : { attrs }) } as Inline);
    }
  }
  return normalInlines(out);
}

type Delta = readonly { readonly insert?: unknown; readonly attributes?: Attrs }[];

function readText(text: Y.XmlText): Inline[] {
  return (text.toDelta() as Delta).flatMap(({ insert, attributes = {} }): Inline[] => {
    if (typeof insert !== 'string' || insert === '' || isMark(attributes['insertion'])) return [];
    const marks = marksOf(attributes);
    return [{ type: 'text', text: insert, ...(marks.length === 0 ? {} : { marks }) }];
  });
}

const isMark = (value: unknown): boolean => value !== undefined && value !== null;

/** The marks of a run; where another look is only suggested, those that it had before. */
export function marksOf(attributes: Attrs): Mark[] {
  const format = attributes['format'] as { before?: unknown } | null | undefined;
  if (isMark(format) && typeof format?.before === 'string') return JSON.parse(format.before) as Mark[];
  return markOrder.flatMap((type) => {
    const value = attributes[type];
    if (!isMark(value)) return [];
    const attrs = normalAttrs(value as Attrs);
    return [(attrs === undefined ? { type } : { type, attrs }) as Mark];
  });
}

function attributesOf(element: Y.XmlElement, before?: Attrs): Attrs {
  const { [SUGGEST]: _suggest, colwidth: _colwidth, ...attrs } = element.getAttributes() as Attrs;
  for (const [name, value] of Object.entries(before ?? {})) {
    if (value === null) delete attrs[name];
    else attrs[name] = value;
  }
  if (attrs['level'] === null) delete attrs['level'];
  return attrs;
}

/** Yjs types attributes as text; the binding keeps any JSON in them. */
function attribute(element: Y.XmlElement, name: string): unknown {
  return element.getAttribute(name) as unknown;
}
