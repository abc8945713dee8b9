import { Fragment, type Node } from '@tiptap/pm/model';
import type { Block, Doc } from '../../../../contract/document.ts';
import { normalDoc } from '../../../../contract/shared/normal.ts';
import { schema } from './schema.ts';

type Json = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Json[];
  text?: string;
  marks?: Json[];
};

/** A document of ours as ProseMirror's; the empty one has an empty paragraph. */
export function toNode(doc: Doc): Node {
  const content = normalDoc(doc).content.map(blockJson);
  return schema.nodeFromJSON({
    type: 'doc',
    content: content.length === 0 ? [{ type: 'paragraph' }] : content,
  });
}

/** Blocks of ours as a fragment, for what is pasted or put in by a command. */
export function toFragment(blocks: readonly Block[]): Fragment {
  return Fragment.fromArray(normalBlocks(blocks).map((block) => schema.nodeFromJSON(blockJson(block))));
}

const normalBlocks = (blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0
    ? []
    : normalDoc({ type: 'doc', content: [...blocks, { type: 'horizontalRule' }] }).content.slice(0, -1);

function blockJson(block: Block): Json {
  return json(block as Json);
}

function json(node: Json): Json {
  const content = node.content?.map(json);
  const inside = content === undefined ? {} : { content };
  if (node.type === 'heading')
    return { type: 'paragraph', attrs: { level: node.attrs?.['level'] ?? null }, ...inside };
  return { ...node, ...inside };
}

/** ProseMirror's document as ours; suggestions are not looked at here (the server reads them out of the shared document). */
export function fromNode(node: Node): Doc {
  return normalDoc({ type: 'doc', content: children(node) as Block[] });
}

function children(node: Node): Json[] {
  const out: Json[] = [];
  node.forEach((child) => out.push(plain(child)));
  return out;
}

function plain(node: Node): Json {
  if (node.isText) {
    const marks = node.marks.map((mark) => ({ type: mark.type.name, attrs: given(mark.attrs) }));
    return { type: 'text', text: node.text ?? '', ...(marks.length === 0 ? {} : { marks }) };
  }
  const { suggest: _suggest, colwidth: _colwidth, level, ...attrs } = node.attrs;
  const content = node.childCount === 0 ? {} : { content: children(node) };
  if (node.type.name === 'paragraph' && level !== null && level !== undefined)
    return { type: 'heading', attrs: { level }, ...content };
  const said = given(attrs);
  return { type: node.type.name, ...(Object.keys(said).length === 0 ? {} : { attrs: said }), ...content };
}

function given(attrs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));
}
