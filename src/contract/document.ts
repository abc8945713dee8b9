import { z } from 'zod';
import { Problem } from '../base/problem.ts';

/**
 * The body of an article: a tree of a closed schema, never a string of markup. Node and mark names are those of
 * ProseMirror's usual schema, so that the editor edits the very tree that is stored. It is escaped once, when rendered.
 */

export const MAX_DEPTH = 24;
export const MAX_NODES = 50_000;

const linkHref = z
  .string()
  .max(2048)
  .regex(
    /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i,
    'a link must be http, https, mailto, tel, or an address of this site',
  );
const webAddress = z
  .string()
  .max(2048)
  .regex(/^https?:\/\//i, 'an address must start with http:// or https://');

export const Mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('underline') }),
  z.strictObject({ type: z.literal('strike') }),
  z.strictObject({ type: z.literal('code') }),
  z.strictObject({ type: z.literal('subscript') }),
  z.strictObject({ type: z.literal('superscript') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({ href: linkHref, title: z.string().max(500).optional() }),
  }),
  /** A run in another language than the article's: a BCP 47 tag, and its direction where it differs. */
  z.strictObject({
    type: z.literal('language'),
    attrs: z.strictObject({ lang: z.string().max(35), dir: z.enum(['ltr', 'rtl']).optional() }),
  }),
]);
export type Mark = z.infer<typeof Mark>;

const Text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  marks: z.array(Mark).optional(),
});
const HardBreak = z.strictObject({ type: z.literal('hardBreak') });
/** A footnote's mark in the text; its note is plain inline text. */
const Footnote = z.strictObject({
  type: z.literal('footnote'),
  attrs: z.strictObject({ text: z.string().min(1).max(5000) }),
});
/** A dated fact: feeds the timeline of the article's storylines. `date` is ISO 8601: `2014-12-31`, `2014-12` or `2014`. */
const DatedFact = z.strictObject({
  type: z.literal('datedFact'),
  attrs: z.strictObject({
    date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
    text: z.string().min(1).max(1000),
  }),
});
export const Inline = z.discriminatedUnion('type', [Text, HardBreak, Footnote, DatedFact]);
export type Inline = z.infer<typeof Inline>;
const inlines = z.array(Inline).optional();

export type Block =
  | { type: 'paragraph'; content?: Inline[] }
  | { type: 'heading'; attrs: { level: 2 | 3 | 4 }; content?: Inline[] }
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; attrs?: { start?: number }; content: ListItem[] }
  | { type: 'blockquote'; attrs?: { speaker?: string; source?: string; pull?: boolean }; content: Block[] }
  | { type: 'codeBlock'; attrs?: { language?: string }; content?: { type: 'text'; text: string }[] }
  | { type: 'horizontalRule' }
  | { type: 'image'; attrs: ImageAttrs }
  | { type: 'gallery'; attrs?: { caption?: string }; content: { type: 'image'; attrs: ImageAttrs }[] }
  | {
      type: 'audio' | 'video' | 'file';
      attrs: { asset: string; caption?: string; credit?: string; title?: string };
    }
  /** Something of another site: a link with a title until the reader clicks; never a third party's frame before. */
  | { type: 'embed'; attrs: { url: string; provider?: string; title?: string; html?: never } }
  | { type: 'table'; attrs?: { caption?: string }; content: TableRow[] }
  /** Stories to read with this one, by article id. */
  | { type: 'relatedBox'; attrs: { title?: string; articles: string[] } }
  /** A note from the editors to the readers, set apart from the story. */
  | { type: 'note'; attrs?: { kind?: 'editor' | 'correction' | 'context' }; content: Block[] };

export type ImageAttrs = {
  asset: string;
  caption?: string;
  credit?: string;
  alt?: string;
  size?: 'inset' | 'column' | 'wide';
};
export type ListItem = { type: 'listItem'; content: Block[] };
export type TableRow = { type: 'tableRow'; content: TableCell[] };
export type TableCell = {
  type: 'tableCell' | 'tableHeader';
  attrs?: { colspan?: number; rowspan?: number; align?: 'start' | 'center' | 'end' };
  content: Block[];
};
export type Doc = { type: 'doc'; content: Block[] };

const imageAttrs = z.strictObject({
  asset: z.string().max(200),
  caption: z.string().max(2000).optional(),
  credit: z.string().max(500).optional(),
  alt: z.string().max(1000).optional(),
  size: z.enum(['inset', 'column', 'wide']).optional(),
});
const Image = z.strictObject({ type: z.literal('image'), attrs: imageAttrs });

export const Block: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('paragraph'), content: inlines }),
    z.strictObject({
      type: z.literal('heading'),
      attrs: z.strictObject({ level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
      content: inlines,
    }),
    z.strictObject({ type: z.literal('bulletList'), content: z.array(ListItem).min(1) }),
    z.strictObject({
      type: z.literal('orderedList'),
      attrs: z.strictObject({ start: z.int().optional() }).optional(),
      content: z.array(ListItem).min(1),
    }),
    z.strictObject({
      type: z.literal('blockquote'),
      attrs: z
        .strictObject({
          speaker: z.string().max(300).optional(),
          source: z.string().max(500).optional(),
          pull: z.boolean().optional(),
        })
        .optional(),
      content: z.array(Block).min(1),
    }),
    z.strictObject({
      type: z.literal('codeBlock'),
      attrs: z.strictObject({ language: z.string().max(40).optional() }).optional(),
      content: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1) })).optional(),
    }),
    z.strictObject({ type: z.literal('horizontalRule') }),
    Image,
    z.strictObject({
      type: z.literal('gallery'),
      attrs: z.strictObject({ caption: z.string().max(2000).optional() }).optional(),
      content: z.array(Image).min(1),
    }),
    z.strictObject({
      type: z.enum(['audio', 'video', 'file']),
      attrs: z.strictObject({
        asset: z.string().max(200),
        caption: z.string().max(2000).optional(),
        credit: z.string().max(500).optional(),
        title: z.string().max(500).optional(),
      }),
    }),
    z.strictObject({
      type: z.literal('embed'),
      attrs: z.strictObject({
        url: webAddress,
        provider: z.string().max(100).optional(),
        title: z.string().max(500).optional(),
      }),
    }),
    z.strictObject({
      type: z.literal('table'),
      attrs: z.strictObject({ caption: z.string().max(2000).optional() }).optional(),
      content: z.array(TableRow).min(1),
    }),
    z.strictObject({
      type: z.literal('relatedBox'),
      attrs: z.strictObject({
        title: z.string().max(300).optional(),
        articles: z.array(z.string().max(60)).min(1).max(20),
      }),
    }),
    z.strictObject({
      type: z.literal('note'),
      attrs: z.strictObject({ kind: z.enum(['editor', 'correction', 'context']).optional() }).optional(),
      content: z.array(Block).min(1),
    }),
  ]),
) as unknown as z.ZodType<Block>;

const ListItem = z.strictObject({ type: z.literal('listItem'), content: z.array(Block).min(1) });
const TableCell = z.strictObject({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z
    .strictObject({
      colspan: z.int().min(1).max(100).optional(),
      rowspan: z.int().min(1).max(1000).optional(),
      align: z.enum(['start', 'center', 'end']).optional(),
    })
    .optional(),
  content: z.array(Block).min(1),
});
const TableRow = z.strictObject({ type: z.literal('tableRow'), content: z.array(TableCell).min(1) });

export const Doc: z.ZodType<Doc> = z.strictObject({ type: z.literal('doc'), content: z.array(Block) });

type AnyNode = { type?: unknown; content?: unknown };

/**
 * Checks size and depth without recursion, so that a hostile tree cannot exhaust the stack of the schema check that follows.
 * @throws Problem `invalid` naming the bound that was passed.
 */
export function checkTreeBounds(value: unknown): void {
  const stack: { node: AnyNode; depth: number }[] = [{ node: value as AnyNode, depth: 0 }];
  let nodes = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    nodes += 1;
    if (nodes > MAX_NODES)
      throw new Problem('invalid', `The document has more than ${MAX_NODES} nodes.`, 'Split it.');
    if (next.depth > MAX_DEPTH)
      throw new Problem('invalid', `The document is nested deeper than ${MAX_DEPTH} levels.`, 'Flatten it.');
    const { content } = next.node ?? {};
    if (Array.isArray(content))
      for (const child of content) stack.push({ node: child as AnyNode, depth: next.depth + 1 });
  }
}

/** Parses an unknown value into a document. @throws Problem `invalid` with the path of the first fault. */
export function parseDocument(value: unknown): Doc {
  checkTreeBounds(value);
  const parsed = Doc.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem(
    'invalid',
    `The document is not valid at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? ''}`,
  );
}

export const emptyDoc: Doc = { type: 'doc', content: [] };

/** A document of plain paragraphs. */
export function docFromParagraphs(paragraphs: readonly string[]): Doc {
  return {
    type: 'doc',
    content: paragraphs
      .filter((text) => text !== '')
      .map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

/** Visits every node, parents first, in document order; no recursion. */
export function* walk(
  doc: Doc,
): Generator<{ type: string; text?: string; attrs?: Record<string, unknown>; content?: unknown }> {
  type Visited = { type: string; text?: string; attrs?: Record<string, unknown>; content?: unknown };
  const stack: Visited[] = [doc as Visited];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if (Array.isArray(node.content))
      for (let i = node.content.length - 1; i >= 0; i -= 1) stack.push(node.content[i] as Visited);
  }
}

const BLOCKS_WITH_TEXT = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'listItem',
  'tableCell',
  'tableHeader',
]);

/** The text of a document, one line a block: for search, counts and previews. */
export function docText(doc: Doc): string {
  let out = '';
  for (const node of walk(doc)) {
    if (node.type === 'text') out += node.text ?? '';
    else if (node.type === 'datedFact')
      out += typeof node.attrs?.['text'] === 'string' ? node.attrs['text'] : '';
    else if (node.type === 'hardBreak') out += '\n';
    else if (BLOCKS_WITH_TEXT.has(node.type) && out !== '' && !out.endsWith('\n')) out += '\n';
    if (node.type === 'image' || node.type === 'gallery') {
      const caption = node.attrs?.['caption'];
      if (typeof caption === 'string') out += `\n${caption}`;
    }
  }
  return out.trim();
}

/** The ids of all assets that a document shows. */
export function docAssets(doc: Doc): string[] {
  const ids = new Set<string>();
  for (const node of walk(doc)) {
    const asset = node.attrs?.['asset'];
    if (typeof asset === 'string') ids.add(asset);
  }
  return [...ids];
}
