import {
  type Block,
  Block as BlockSchema,
  type Inline,
  type ListItem,
  type Mark,
  Mark as MarkSchema,
  parseDocument,
  type TableRow,
} from '../../../../contract/document.ts';
import { PASTED } from '../../../../contract/shared/names.ts';
import { settleApparatus } from './apparatus.ts';
import { cleanHref, inlinesOf, isBlank, marksOf, trimmed } from './inline.ts';
import { listLevel, nestItems, type WordItem } from './word-lists.ts';
import { type Element, isElement, type Node, parseHtml, styleOf, textOf } from './tree.ts';

/** A picture that came with the paste: its place holds a block that the editor replaces once the picture is uploaded, or drops. */
export type PastedPicture = { readonly index: number; readonly source: string; readonly alt: string };
export type Pasted = { readonly blocks: readonly Block[]; readonly pictures: readonly PastedPicture[] };

const BLOCKS = new Set([
  'p',
  'div',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'address',
  'center',
  'figure',
  'figcaption',
  'details',
  'summary',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'td',
  'th',
  'caption',
  'hr',
  'img',
  'body',
]);
const MAX_NESTED = 6;

/**
 * Makes blocks of ours of what another program put on the clipboard: Word, Google Docs, Pages, web pages. Sense stays (headings, lists,
 * tables, links, emphasis, languages); layout, scripts, tracking and empty paragraphs go.
 */
export function pasteHtml(html: string, language: string): Pasted {
  const context: Context = { language, pictures: [] };
  const blocks = blocksOf(settleApparatus(parseHtml(html), html).children, context, { marks: [], depth: 0 });
  return {
    blocks: blocks.filter((block) => BlockSchema.safeParse(block).success),
    pictures: context.pictures,
  };
}

/** Plain text: an empty line parts paragraphs, a single one does too where there are no empty ones. */
export function pasteText(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '');
  const parts = /\n[ \t]*\n/.test(lines) ? lines.split(/\n[ \t]*\n+/) : lines.split('\n');
  return parts.map((part): Block => {
    const content = part
      .split('\n')
      .flatMap((line, i): Inline[] => [
        ...(i === 0 ? [] : [{ type: 'hardBreak' as const }]),
        ...linked(line),
      ]);
    return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
  });
}

/** Addresses in plain text are links; the stop after one is not part of it, a bracket only where it opened in it. */
function linked(line: string): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  for (const { 0: found, index } of line.matchAll(/\bhttps?:\/\/[^\s<>"“”„«»]+/gi)) {
    let address = found.replace(/[.,;:!?'’…]+$/, '');
    if (address.endsWith(')') && !address.includes('(')) address = address.replace(/\)+$/, '');
    const link = linkTo(address);
    if (link === undefined) continue;
    if (index > at) out.push({ type: 'text', text: line.slice(at, index) });
    out.push({ type: 'text', text: address, marks: [link] });
    at = index + address.length;
  }
  if (at < line.length) out.push({ type: 'text', text: line.slice(at) });
  return out;
}

/** The link that an address makes; undefined for what is none. */
export function linkTo(address: string): Extract<Mark, { type: 'link' }> | undefined {
  if (!/^https?:\/\/[^\s]+$/i.test(address) || !URL.canParse(address)) return undefined;
  const parsed = MarkSchema.safeParse({ type: 'link', attrs: { href: cleanHref(address) } });
  return parsed.success && parsed.data.type === 'link' ? parsed.data : undefined;
}

/** Whether something can stand in an article: what another page put on the clipboard as ours may be anything. */
export function isDocument(value: unknown): boolean {
  try {
    parseDocument(value);
    return true;
  } catch {
    return false;
  }
}

type Context = { readonly language: string; readonly pictures: PastedPicture[] };
type Where = { readonly marks: readonly Mark[]; readonly depth: number };

function blocksOf(nodes: readonly Node[], context: Context, where: Where): Block[] {
  const out: Block[] = [];
  let run: Node[] = [];
  let words: WordItem[] = [];
  const endRun = (): void => {
    if (!isBlank(run)) out.push(...paragraph(run, context, where));
    run = [];
  };
  const endWords = (): void => {
    if (words.length > 0) out.push(...nestItems(words));
    words = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !holdsBlocks(node)) {
      if (typeof node !== 'string' || node.trim() !== '') endWords();
      run.push(node);
      continue;
    }
    endRun();
    const level = listLevel(node);
    if (level !== undefined) {
      words.push({
        ...level,
        content: trimmed(
          inlinesOf(node.children, {
            around: marksOf(node, where.marks, context.language),
            language: context.language,
          }),
        ),
      });
      continue;
    }
    if (isBlank([node])) continue;
    endWords();
    out.push(...block(node, context, where));
  }
  endRun();
  endWords();
  return out;
}

/** Whether an element is a block, or only wraps some (the `<b>` of Google Docs, an `<a>` around a teaser). */
function holdsBlocks(element: Element): boolean {
  return (
    BLOCKS.has(element.tag) ||
    element.children.some((child) => isElement(child) && child.tag !== 'img' && holdsBlocks(child))
  );
}

function block(element: Element, context: Context, where: Where): Block[] {
  const marks = marksOf(element, where.marks, context.language);
  const inside: Where = { marks: BLOCKS.has(element.tag) ? where.marks : marks, depth: where.depth + 1 };
  const heading = headingLevel(element);
  if (heading !== undefined) {
    const content = trimmed(inlinesOf(element.children, { around: [], language: context.language })).map(
      withoutBold,
    );
    return content.length === 0 ? [] : [{ type: 'heading', attrs: { level: heading }, content }];
  }
  switch (element.tag) {
    case 'hr':
      return [{ type: 'horizontalRule' }];
    case 'img':
      return picture(element, context);
    case 'pre':
      return codeBlock(element);
    case 'ul':
    case 'ol':
      return list(element, context, inside);
    case 'blockquote': {
      const content = blocksOf(element.children, context, inside);
      return content.length === 0 || where.depth > MAX_NESTED ? content : [{ type: 'blockquote', content }];
    }
    case 'table':
      return table(element, context, inside);
    case 'p':
    case 'li':
    case 'dt':
    case 'dd':
    case 'figcaption':
    case 'summary':
      if (!element.children.some((child) => isElement(child) && holdsBlocks(child)))
        return paragraph(element.children, context, { ...inside, marks });
      return blocksOf(element.children, context, inside);
    default:
      return blocksOf(element.children, context, inside);
  }
}

function withoutBold(inline: Inline): Inline {
  if (inline.type !== 'text' || inline.marks === undefined) return inline;
  const marks = inline.marks.filter((mark) => mark.type !== 'bold');
  return { type: 'text', text: inline.text, ...(marks.length === 0 ? {} : { marks }) };
}

/** A headline of the page is a heading here; Word's paragraphs of a heading style are too. */
function headingLevel(element: Element): 2 | 3 | 4 | undefined {
  const tag = /^h([1-6])$/.exec(element.tag)?.[1];
  const styled =
    element.tag === 'p'
      ? /mso-outline-level\s*:\s*([1-6])|^MsoTitle/.exec(
          element.attrs['style'] ?? element.attrs['class'] ?? '',
        )?.[1]
      : undefined;
  const level = Number(tag ?? styled ?? 0);
  return level === 0 ? undefined : level <= 2 ? 2 : level === 3 ? 3 : 4;
}

/** A paragraph; two breaks in a row part it, as people write in mail. */
function paragraph(nodes: readonly Node[], context: Context, where: Where): Block[] {
  const pictures = nodes.flatMap((node) => (isElement(node) ? picturesIn(node) : []));
  const inlines = inlinesOf(nodes, { around: where.marks, language: context.language });
  const parts: Inline[][] = [[]];
  inlines.forEach((inline, i) => {
    if (inline.type === 'hardBreak' && inlines[i + 1]?.type === 'hardBreak') parts.push([]);
    else if (!(inline.type === 'hardBreak' && parts.at(-1)?.length === 0)) parts.at(-1)?.push(inline);
  });
  const blocks = parts
    .map((part) => trimmed(part))
    .filter((content) => content.length > 0)
    .map((content): Block => ({ type: 'paragraph', content }));
  return [...blocks, ...pictures.flatMap((image) => picture(image, context))];
}

function picturesIn(element: Element): Element[] {
  return element.tag === 'img'
    ? [element]
    : element.children.flatMap((child) => (isElement(child) ? picturesIn(child) : []));
}

function picture(element: Element, context: Context): Block[] {
  const source = element.attrs['src'] ?? '';
  const [width, height] = [element.attrs['width'], element.attrs['height']].map((size) =>
    Number.parseInt(size ?? '', 10),
  );
  // A pixel that only counts readers, and what is on the other's own disk.
  if ((width !== undefined && width <= 2) || (height !== undefined && height <= 2)) return [];
  if (!/^(https?:\/\/|data:image\/(png|jpeg|gif|webp);base64,)/i.test(source)) return [];
  const index = context.pictures.length;
  context.pictures.push({ index, source, alt: element.attrs['alt'] ?? '' });
  return [{ type: 'image', attrs: { asset: `${PASTED}${index}` } }];
}

function codeBlock(element: Element): Block[] {
  const text = element.children
    .map((child) => (isElement(child, 'br') ? '\n' : textOf(child)))
    .join('')
    .replace(/^\n|\n$/g, '');
  return text.trim() === '' ? [] : [{ type: 'codeBlock', content: [{ type: 'text', text }] }];
}

function list(element: Element, context: Context, where: Where): Block[] {
  const items: ListItem[] = [];
  for (const child of element.children) {
    if (!isElement(child)) continue;
    // Google Docs and old pages put a nested list beside its item, not into it.
    if (child.tag === 'ul' || child.tag === 'ol') {
      const nested = list(child, context, { ...where, depth: where.depth + 1 });
      const last = items.at(-1);
      if (last === undefined)
        items.push(
          ...nested.flatMap((block) =>
            block.type === 'bulletList' || block.type === 'orderedList' ? block.content : [],
          ),
        );
      else last.content.push(...nested);
      continue;
    }
    const content = blocksOf(isElement(child, 'li') ? child.children : [child], context, where);
    if (content.length > 0) items.push({ type: 'listItem', content });
  }
  if (items.length === 0) return [];
  if (where.depth > MAX_NESTED) return items.flatMap((item) => item.content);
  const start = Number.parseInt(element.attrs['start'] ?? '', 10);
  return element.tag === 'ol'
    ? [
        {
          type: 'orderedList',
          ...(Number.isInteger(start) && start !== 1 ? { attrs: { start } } : {}),
          content: items,
        },
      ]
    : [{ type: 'bulletList', content: items }];
}

/** A table of data stays one; a table that only lays out the page (one cell, tables in its cells, "presentation") gives its contents. */
function table(element: Element, context: Context, where: Where): Block[] {
  const rows = rowsOf(element);
  const cells = rows.flatMap((row) =>
    row.children.filter((child): child is Element => isElement(child, 'td', 'th')),
  );
  const lays =
    cells.length <= 1 ||
    /^(presentation|none)$/.test(element.attrs['role'] ?? '') ||
    cells.some((cell) => cell.children.some((child) => isElement(child) && holdsTable(child))) ||
    where.depth > MAX_NESTED;
  if (lays) return cells.flatMap((cell) => blocksOf(cell.children, context, where));
  const caption = element.children.find((child) => isElement(child, 'caption'));
  const content = rows.flatMap((row): TableRow[] => {
    const made = row.children.flatMap((cell) => {
      if (!isElement(cell, 'td', 'th')) return [];
      const inside = blocksOf(cell.children, context, { ...where, marks: [] });
      const attrs = cellAttrs(cell);
      return [
        {
          type: cell.tag === 'th' ? ('tableHeader' as const) : ('tableCell' as const),
          ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
          content: inside.length === 0 ? [{ type: 'paragraph' as const }] : inside,
        },
      ];
    });
    return made.length === 0 ? [] : [{ type: 'tableRow', content: made }];
  });
  const said = caption === undefined ? '' : textOf(caption).trim();
  return content.length === 0
    ? []
    : [{ type: 'table', ...(said === '' ? {} : { attrs: { caption: said } }), content }];
}

const holdsTable = (element: Element): boolean =>
  element.tag === 'table' || element.children.some((child) => isElement(child) && holdsTable(child));

function rowsOf(element: Element): Element[] {
  return element.children.flatMap((child) => {
    if (isElement(child, 'tr')) return [child];
    return isElement(child, 'thead', 'tbody', 'tfoot') ? rowsOf(child) : [];
  });
}

function cellAttrs(cell: Element): {
  colspan?: number;
  rowspan?: number;
  align?: 'start' | 'center' | 'end';
} {
  const span = (name: string, most: number): number =>
    Math.min(most, Math.max(1, Number.parseInt(cell.attrs[name] ?? '1', 10) || 1));
  const align = styleOf(cell, 'text-align') ?? cell.attrs['align']?.toLowerCase();
  const [colspan, rowspan] = [span('colspan', 100), span('rowspan', 1000)];
  return {
    ...(colspan === 1 ? {} : { colspan }),
    ...(rowspan === 1 ? {} : { rowspan }),
    ...(align === 'center' ? { align } : align === 'right' || align === 'end' ? { align: 'end' } : {}),
  };
}
