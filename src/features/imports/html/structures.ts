import type { Block } from '../../../contract/document.ts';
import type { Context } from './context.ts';
import type { Attrs } from './inline.ts';
import { placeEmbed } from './media.ts';
import { cut } from './text.ts';

type Quote = Extract<Block, { type: 'blockquote' }>;
type Table = Extract<Block, { type: 'table' }>;

const FOREIGN_POST =
  /(twitter-(tweet|video)|instagram-media|tiktok-embed|bluesky-embed|text-post-media|fb-xfbml)/;

/** A quotation; that of a post elsewhere is followed by an embed of the post. */
export function openQuote(context: Context, attrs: Attrs, pull: boolean): void {
  const names = attrs['class'] ?? '';
  const cite = attrs['cite'];
  const source = cite !== undefined && /^https?:\/\//.test(cite) ? cut(cite.toWellFormed(), 500) : undefined;
  const node: Quote = { type: 'blockquote', content: [] };
  if (pull || /pullquote|kg-blockquote-alt/.test(names)) node.attrs = { pull: true };
  const post = FOREIGN_POST.test(names)
    ? (attrs['data-instgrm-permalink'] ?? attrs['data-text-post-permalink'] ?? cite ?? '')
    : undefined;
  context.builder.open('quote', 'blockquote', {
    node,
    onClose: () => {
      if (post === undefined) {
        if (source !== undefined && node.attrs?.source === undefined) node.attrs = { ...node.attrs, source };
        return;
      }
      const address = /^https?:/.test(post) ? post : lastLink(node);
      if (address !== undefined) placeEmbed(context, address);
    },
  });
}

/** The words that name a quotation's source, at its end. */
export function openQuoteSource({ builder }: Context, tag: string): void {
  const quote = builder.top.node as Quote | undefined;
  builder.open('caption', tag, {
    onClose: ({ text }) => {
      const source = text.replace(/\s+/g, ' ').trim();
      if (source === '') return;
      if (quote === undefined || quote.attrs?.source !== undefined || source.length > 500) {
        builder.break();
        builder.text(source);
        builder.break();
      } else quote.attrs = { ...quote.attrs, source };
    },
  });
}

function lastLink(quote: Quote): string | undefined {
  for (const block of quote.content.toReversed())
    if (block.type === 'paragraph')
      for (const node of (block.content ?? []).toReversed())
        if (node.type === 'text') {
          const link = node.marks?.find((mark) => mark.type === 'link');
          if (link?.type === 'link' && /^https?:/.test(link.attrs.href)) return link.attrs.href;
        }
  return undefined;
}

/** A list; inside a gallery lists are layout. A definition list becomes one of items that begin with the term in bold. */
export function openList({ builder, galleries }: Context, tag: string, attrs: Attrs): void {
  if (galleries > 0) return builder.open('range', tag);
  const start = Number.parseInt(attrs['start'] ?? '', 10);
  const ordered = tag === 'ol';
  const about = ordered && Number.isSafeInteger(start) && start !== 1 ? { attrs: { start } } : {};
  builder.open('list', tag, {
    node: ordered ? { type: 'orderedList', ...about, content: [] } : { type: 'bulletList', content: [] },
  });
}

export function openItem({ builder, galleries }: Context, tag: string): void {
  const around = builder.nearest(['item', 'list', 'cell']);
  if (tag === 'dd' && around?.kind === 'item' && around.tag === 'dt') {
    // A definition stays in the item of its term.
    builder.break();
    builder.marks.pop('dt-term');
    return;
  }
  builder.marks.pop('dt-term');
  for (const open of ['li', 'dt']) builder.close(open, ['cell', 'list']);
  if (galleries > 0) return builder.open('range', tag);
  builder.open('item', tag === 'li' ? 'li' : 'dt');
  if (tag === 'dt') builder.mark('dt-term', [{ type: 'bold' }]);
}

export function openTable({ builder }: Context): void {
  const node: Table = { type: 'table', content: [] };
  builder.open('range', 'table-range', {
    onClose: ({ blocks }) => {
      const caption = node.attrs?.caption;
      if (node.content.length === 0 && caption !== undefined)
        return builder.putAll([...blocks, { type: 'paragraph', content: [{ type: 'text', text: caption }] }]);
      // A table of one cell is layout: what it holds stands on its own.
      const [row] = node.content;
      const only = node.content.length === 1 && row?.content.length === 1 ? row.content[0] : undefined;
      if (only === undefined || node.attrs !== undefined || blocks.length !== 1) builder.putAll(blocks);
      else builder.putAll(only.content.filter((b) => b.type !== 'paragraph' || b.content !== undefined));
    },
  });
  builder.open('table', 'table', { node });
}

export function closeTable({ builder }: Context): void {
  builder.close('table', []);
  builder.close('table-range', ['cell']);
}

export function openRow({ builder }: Context): void {
  builder.close('caption', ['table']);
  builder.close('tr', ['table']);
  builder.open('row', 'tr');
}

export function openCell({ builder }: Context, tag: string, attrs: Attrs): void {
  builder.close('caption', ['table']);
  for (const open of ['td', 'th']) builder.close(open, ['table', 'row']);
  const span = (name: string, max: number): number =>
    Math.min(Math.max(Number.parseInt(attrs[name] ?? '1', 10) || 1, 1), max);
  const colspan = span('colspan', 100);
  const rowspan = span('rowspan', 1000);
  const side =
    /text-align:\s*(left|right|center|start|end)/i.exec(attrs['style'] ?? '')?.[1] ?? attrs['align'];
  const align = ({ left: 'start', start: 'start', right: 'end', end: 'end', center: 'center' } as const)[
    side?.toLowerCase() ?? ''
  ];
  const about = {
    ...(colspan > 1 ? { colspan } : {}),
    ...(rowspan > 1 ? { rowspan } : {}),
    ...(align === undefined ? {} : { align }),
  };
  builder.open('cell', tag, {
    node: {
      type: tag === 'th' ? 'tableHeader' : 'tableCell',
      ...(Object.keys(about).length > 0 ? { attrs: about } : {}),
      content: [],
    },
  });
}

/** The caption that stands in a table. @returns whether there is a table to carry it. */
export function openTableCaption({ builder }: Context): boolean {
  if (builder.top.kind !== 'table' || builder.top.node === undefined) return false;
  const table = builder.top.node as unknown as Table;
  builder.open('caption', 'caption', {
    onClose: ({ text }) => {
      const caption = text.replace(/\s+/g, ' ').trim();
      if (caption === '') return;
      if (caption.length <= 2000 && table.attrs?.caption === undefined)
        table.attrs = { ...table.attrs, caption };
      else {
        builder.text(caption);
        builder.break();
      }
    },
  });
  return true;
}
