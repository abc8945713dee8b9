import type { Block, Doc, Inline, ListItem, Mark, TableCell, TableRow } from '../document.ts';

/** The order in which marks of one text stand. */
export const markOrder: readonly Mark['type'][] = [
  'link',
  'language',
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'subscript',
  'superscript',
];

/** Values that say what their absence says too. */
const DEFAULTS: Readonly<Record<string, unknown>> = { colspan: 1, rowspan: 1, start: 1, pull: false };

type Attrs = Readonly<Record<string, unknown>>;

/**
 * The one form of documents that mean the same: neighbouring text of the same marks is one node, marks stand in one order and once each,
 * attributes that say nothing are absent, and a document of a single empty paragraph is empty. Editing keeps this form and nothing finer.
 */
export function normalDoc(doc: Doc): Doc {
  const content = doc.content.map(normalBlock);
  const [only] = content;
  const bare = content.length === 1 && only?.type === 'paragraph' && only.content === undefined;
  return { type: 'doc', content: bare ? [] : content };
}

function normalBlock(block: Block): Block {
  const node = block as { type: string; attrs?: Attrs; content?: unknown[] };
  const attrs = normalAttrs(node.attrs);
  const content = normalContent(block);
  return {
    type: node.type,
    ...(attrs === undefined ? {} : { attrs }),
    ...(content === undefined || (content.length === 0 && isTextblock(node.type)) ? {} : { content }),
    // The members are those of the block given, each in its normal form.
  } as Block;
}

const isTextblock = (type: string): boolean =>
  type === 'paragraph' || type === 'heading' || type === 'codeBlock';

function normalContent(block: Block): unknown[] | undefined {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return normalInlines(block.content ?? []);
    case 'codeBlock':
      return normalInlines(block.content ?? []);
    case 'bulletList':
    case 'orderedList':
      return block.content.map((item: ListItem) => withBlocks(item));
    case 'table':
      return block.content.map((row: TableRow) => ({
        type: row.type,
        content: row.content.map((cell: TableCell) => withBlocks(cell)),
      }));
    case 'blockquote':
    case 'note':
      return block.content.map(normalBlock);
    case 'gallery':
      return block.content.map((image) => normalBlock(image));
    case 'horizontalRule':
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
    case 'embed':
    case 'relatedBox':
      return undefined;
  }
}

function withBlocks(node: { type: string; attrs?: Attrs | undefined; content: Block[] }): unknown {
  const attrs = normalAttrs(node.attrs);
  return {
    type: node.type,
    ...(attrs === undefined ? {} : { attrs }),
    content: node.content.map(normalBlock),
  };
}

/** Attributes without those that say nothing; undefined where none is left. */
export function normalAttrs(attrs: Attrs | undefined): Record<string, unknown> | undefined {
  const kept = Object.entries(attrs ?? {}).filter(
    ([name, value]) => value !== undefined && value !== null && DEFAULTS[name] !== value,
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Joins neighbouring text of the same marks. */
export function normalInlines(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  let key: string | undefined;
  for (const inline of inlines) {
    if (inline.type !== 'text') {
      out.push(inline);
      key = undefined;
      continue;
    }
    if (inline.text === '') continue;
    const marks = normalMarks(inline.marks ?? []);
    const mine = JSON.stringify(marks);
    const last = out.at(-1);
    if (last?.type === 'text' && mine === key)
      out[out.length - 1] = { ...last, text: last.text + inline.text };
    else out.push({ type: 'text', text: inline.text, ...(marks.length === 0 ? {} : { marks }) });
    key = mine;
  }
  return out;
}

/** Marks once each, in their order; of two of one kind the last holds. */
export function normalMarks(marks: readonly Mark[]): Mark[] {
  const byType = new Map<Mark['type'], Mark>();
  for (const mark of marks) byType.set(mark.type, mark);
  return markOrder.flatMap((type) => {
    const mark = byType.get(type);
    if (mark === undefined) return [];
    const attrs = 'attrs' in mark ? normalAttrs(mark.attrs) : undefined;
    return [(attrs === undefined ? { type } : { type, attrs }) as Mark];
  });
}
