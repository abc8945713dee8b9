import type { Block, Doc, Inline, Mark } from '../../contract/document.ts';

/** Where the pictures of a document are, as full addresses. */
export type FeedPictures = ReadonlyMap<
  string,
  {
    readonly url: string;
    readonly width: number;
    readonly height: number;
    readonly alt: string;
    readonly caption?: string;
    readonly credit?: string;
  }
>;
type Context = { readonly origin: string; readonly pictures: FeedPictures };

/** A document as plain, self-contained HTML for feeds and ninjs: full addresses, no classes, no scripts. */
export function docHtml(doc: Doc, context: Context): string {
  return doc.content.map((block) => blockHtml(block, context)).join('\n');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(CONTROL, '');
}

// XML 1.0 forbids these in any form; feeds are XML.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const element = (name: string, inner: string, attributes = ''): string =>
  `<${name}${attributes}>${inner}</${name}>`;

function blockHtml(block: Block, context: Context): string {
  const inner = (blocks: readonly Block[]): string =>
    blocks.map((child) => blockHtml(child, context)).join('');
  switch (block.type) {
    case 'paragraph':
      return element('p', inlineHtml(block.content, context));
    case 'heading':
      return element(`h${block.attrs.level}`, inlineHtml(block.content, context));
    case 'bulletList':
      return element('ul', block.content.map((item) => element('li', inner(item.content))).join(''));
    case 'orderedList':
      return element(
        'ol',
        block.content.map((item) => element('li', inner(item.content))).join(''),
        start(block.attrs?.start),
      );
    case 'blockquote': {
      const who = [block.attrs?.speaker, block.attrs?.source].filter((part) => part !== undefined).join(', ');
      return element(
        'blockquote',
        inner(block.content) + (who === '' ? '' : element('p', element('cite', escapeHtml(who)))),
      );
    }
    case 'codeBlock':
      return element(
        'pre',
        element('code', escapeHtml((block.content ?? []).map((run) => run.text).join(''))),
      );
    case 'horizontalRule':
      return '<hr>';
    case 'image':
      return imageHtml(block.attrs, context);
    case 'gallery':
      return block.content.map((image) => imageHtml(image.attrs, context)).join('');
    case 'audio':
    case 'video':
    case 'file':
      return block.attrs.caption === undefined ? '' : element('p', escapeHtml(block.attrs.caption));
    case 'embed':
      return element('p', link(block.attrs.url, escapeHtml(block.attrs.title ?? block.attrs.url), context));
    case 'table':
      return element(
        'table',
        (block.attrs?.caption === undefined ? '' : element('caption', escapeHtml(block.attrs.caption))) +
          block.content.map((row) => rowHtml(row, inner)).join(''),
      );
    case 'note':
      return element('aside', inner(block.content));
    case 'relatedBox':
      return '';
  }
}

const start = (from: number | undefined): string =>
  from === undefined || from === 1 ? '' : ` start="${from}"`;

function rowHtml(
  row: Extract<Block, { type: 'table' }>['content'][number],
  inner: (blocks: readonly Block[]) => string,
): string {
  return element(
    'tr',
    row.content
      .map((cell) => {
        const { colspan = 1, rowspan = 1 } = cell.attrs ?? {};
        const spans =
          (colspan > 1 ? ` colspan="${colspan}"` : '') + (rowspan > 1 ? ` rowspan="${rowspan}"` : '');
        return element(cell.type === 'tableHeader' ? 'th' : 'td', inner(cell.content), spans);
      })
      .join(''),
  );
}

function imageHtml(attrs: Extract<Block, { type: 'image' }>['attrs'], context: Context): string {
  const picture = context.pictures.get(attrs.asset);
  if (picture === undefined)
    return attrs.caption === undefined ? '' : element('p', escapeHtml(attrs.caption));
  const caption = [attrs.caption ?? picture.caption, attrs.credit ?? picture.credit]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const image = `<img src="${escapeHtml(picture.url)}" width="${picture.width}" height="${picture.height}" alt="${escapeHtml(attrs.alt ?? picture.alt)}">`;
  return element('figure', image + (caption === '' ? '' : element('figcaption', escapeHtml(caption))));
}

function link(href: string, inner: string, context: Context): string {
  const full = href.startsWith('/') ? context.origin + href : href;
  return element('a', inner, ` href="${escapeHtml(full)}"`);
}

function inlineHtml(content: readonly Inline[] | undefined, context: Context): string {
  return (content ?? [])
    .map((node) => {
      if (node.type === 'hardBreak') return '<br>';
      if (node.type === 'footnote') return element('sup', `[${escapeHtml(node.attrs.text)}]`);
      if (node.type === 'datedFact')
        return element('time', escapeHtml(node.attrs.text), ` datetime="${node.attrs.date}"`);
      return (node.marks ?? []).reduceRight(
        (inner, mark) => markHtml(mark, inner, context),
        escapeHtml(node.text),
      );
    })
    .join('');
}

const MARKS = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup',
} as const;

function markHtml(mark: Mark, inner: string, context: Context): string {
  if (mark.type === 'link') return link(mark.attrs.href, inner, context);
  if (mark.type === 'language') return element('span', inner, ` lang="${escapeHtml(mark.attrs.lang)}"`);
  return element(MARKS[mark.type], inner);
}
