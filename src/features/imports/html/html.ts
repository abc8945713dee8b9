import type { Doc } from '../../../contract/document.ts';
import { squish } from '../../../base/text.ts';
import type { Asset } from '../item.ts';
import { AssetList } from './assets.ts';
import { DocBuilder } from './builder.ts';
import type { Context, HtmlOptions } from './context.ts';
import { Warnings } from './context.ts';
import { HtmlConverter } from './converter.ts';
import { rewriteShortcodes } from './shortcodes.ts';
import { cleanText } from './text.ts';
import { tokenize } from './tokens.ts';

export type { HtmlOptions, WordPressHabits } from './context.ts';

/** A document with the files it names and sentences about what was changed or left out. */
export type Converted = { doc: Doc; assets: Asset[]; warnings: string[] };

/**
 * Makes a document of HTML: every word of the source is in it (as text, caption or title), all else that its schema has a place for too.
 * Scripts and styles are left out and reported. Takes time and memory in proportion to the source, however it nests.
 */
export function htmlToDoc(html: string, options: HtmlOptions = {}): Converted {
  const conversion = newConversion(options);
  const source = options.wordpress === undefined ? html : prepareWordPress(html, conversion);
  tokenize(source, conversion.converter);
  return conversion.finish();
}

/** A conversion that another format feeds with tags itself. */
export type Conversion = { converter: HtmlConverter; context: Context; finish(): Converted };

export function newConversion(options: HtmlOptions = {}): Conversion {
  const context: Context = {
    builder: new DocBuilder(),
    assets: new AssetList(options.base),
    options,
    warnings: new Warnings(),
    galleries: 0,
    noscripts: 0,
  };
  const converter = new HtmlConverter(context);
  return {
    converter,
    context,
    finish: () => {
      const doc = context.builder.finish();
      if (context.builder.flattened)
        context.warnings.add('what was nested too deep, or beyond the longest document, was flattened');
      return { doc, assets: context.assets.all(), warnings: context.warnings.all() };
    },
  };
}

/** Feeds HTML into a conversion that is under way. */
export function feedHtml(html: string, conversion: Conversion): void {
  tokenize(html, conversion.converter);
}

const REUSABLE = /<!-- wp:(?:core\/)?block \{"ref":(\d+)[^}]*\} \/-->/g;

function prepareWordPress(html: string, { context }: Conversion): string {
  const reusable = context.options.wordpress?.reusable;
  let source = html;
  // A reusable block may hold others; three levels are as deep as the editor is known to be used.
  for (
    let level = 0;
    level < 3 && reusable !== undefined && source.includes('wp:block') && source.length < 4_000_000;
    level += 1
  )
    source = source.replace(REUSABLE, (whole, id: string) => reusable(id) ?? whole);
  return rewriteShortcodes(source, (name) =>
    context.warnings.add(`[${name}] may be a shortcode: kept as text`),
  );
}

/** The words of a piece of HTML on one line: for headlines, captions and summaries. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return squish(cleanText(html));
  let out = '';
  let skipped: string | undefined;
  tokenize(html, {
    start: (tag) => {
      if (skipped === undefined && (tag === 'script' || tag === 'style')) skipped = tag;
      if (/^(p|div|br|li|h[1-6]|tr|td|th|blockquote|ul|ol|table)$/.test(tag)) out += ' ';
    },
    end: (tag) => {
      if (tag === skipped) skipped = undefined;
      if (/^(p|div|li|h[1-6]|tr|td|th|blockquote)$/.test(tag)) out += ' ';
    },
    text: (text) => {
      if (skipped === undefined) out += text;
    },
    comment: () => undefined,
  });
  return squish(cleanText(out));
}

/**
 * The words of a piece of HTML, a line of the array for each paragraph: for comments and biographies. With `addresses`, what a word leads to
 * stands behind it.
 */
export function htmlToParagraphs(html: string, { addresses = false } = {}): string[] {
  const { doc } = htmlToDoc(html, { wordpress: {} });
  return linesOf(doc, addresses ? withAddresses : plainLine);
}

const plainLine = (content: readonly Inline[]): string =>
  content.map((inline) => inline.text ?? (inline.type === 'hardBreak' ? '\n' : '')).join('');

function withAddresses(content: readonly Inline[]): string {
  const hrefOf = (inline: Inline | undefined): string | undefined => {
    const href = inline?.marks?.find((mark) => mark.type === 'link')?.attrs?.href;
    return href !== undefined && /^https?:/i.test(href) ? href : undefined;
  };
  let out = '';
  for (let i = 0; i < content.length; i += 1) {
    const from = i;
    const href = hrefOf(content[from]);
    while (href !== undefined && hrefOf(content[i + 1]) === href) i += 1;
    const words = plainLine(content.slice(from, i + 1));
    out += href === undefined ? words : linked(words, href);
  }
  return out;
}

/** Houses shorten an address to be read, `https://paper.exam…`: the whole takes its place. */
function linked(words: string, href: string): string {
  const bare = (text: string): string => text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  const shown = bare(words.trim().replace(/(?:…|\.{3})$/, ''));
  return shown === '' || bare(href).startsWith(shown) ? href : `${words} (${href})`;
}

function linesOf(doc: Doc, lineOf: (content: readonly Inline[]) => string): string[] {
  const lines: string[] = [];
  const stack: unknown[] = doc.content.toReversed();
  for (
    let node = stack.pop() as Node | undefined;
    node !== undefined;
    node = stack.pop() as Node | undefined
  ) {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'codeBlock') {
      const text = lineOf((node.content ?? []) as Inline[]);
      if (text.trim() !== '') lines.push(text.trim());
    } else if (node.type === 'embed' && node.attrs?.url !== undefined) lines.push(node.attrs.url);
    else if (node.attrs?.caption !== undefined) lines.push(node.attrs.caption);
    if (node.attrs?.source !== undefined)
      stack.push({ type: 'paragraph', content: [{ type: 'text', text: node.attrs.source }] });
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'codeBlock')
      stack.push(...(node.content ?? []).toReversed());
  }
  return lines;
}

type Inline = {
  type: string;
  text?: string;
  marks?: readonly { type: string; attrs?: { href?: string } }[];
};

type Node = {
  type: string;
  text?: string;
  attrs?: { url?: string; caption?: string; source?: string };
  content?: Node[];
};
