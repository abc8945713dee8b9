import type { Conversion } from '../html/html.ts';
import { placeCard } from './cards.ts';
import { text } from './tables.ts';

type Node = Readonly<Record<string, unknown>>;

/** Bits of a text's `format`, as Lexical defines them. */
const FORMATS: readonly (readonly [number, string])[] = [
  [1, 'b'],
  [2, 'i'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
];

/** Feeds a lexical document (Ghost 5) into a conversion. @returns whether it was one. */
export function feedLexical(json: string, conversion: Conversion): boolean {
  const root = (parse(json) as { root?: unknown } | undefined)?.root;
  if (typeof root !== 'object' || root === null) return false;
  const { converter, context } = conversion;
  const stack: ({ node: Node } | { end: string })[] = [{ node: root as Node }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ('end' in next) {
      converter.end(next.end);
      continue;
    }
    const { node } = next;
    const type = text(node, 'type');
    const children = Array.isArray(node['children']) ? (node['children'] as unknown[]) : undefined;
    const element = elementOf(type, node);
    if (type === 'text' || type === 'extended-text') writeText(conversion, node);
    else if (type === 'linebreak') converter.start('br', {});
    else if (type === 'tab') converter.text(' ');
    else if (children === undefined) placeCard(conversion, type, node);
    else {
      if (element !== undefined) {
        converter.start(element.tag, element.attrs);
        stack.push({ end: element.tag });
      } else if (type !== 'root')
        context.warnings.add(`a part of the unknown kind ${type.slice(0, 40)} kept only its words`);
      for (const child of children.toReversed())
        if (typeof child === 'object' && child !== null) stack.push({ node: child as Node });
    }
  }
  return true;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The caller falls back on the rendered HTML, and says so.
    return undefined;
  }
}

function writeText({ converter }: Conversion, node: Node): void {
  const format = typeof node['format'] === 'number' ? node['format'] : 0;
  const tags = FORMATS.filter(([bit]) => (format & bit) !== 0).map(([, tag]) => tag);
  for (const tag of tags) converter.start(tag, {});
  converter.text(text(node, 'text'));
  for (const tag of tags.toReversed()) converter.end(tag);
}

function elementOf(type: string, node: Node): { tag: string; attrs: Record<string, string> } | undefined {
  switch (type) {
    case 'paragraph':
      return { tag: 'p', attrs: {} };
    case 'heading':
    case 'extended-heading':
      return { tag: /^h[1-6]$/.test(text(node, 'tag')) ? text(node, 'tag') : 'h2', attrs: {} };
    case 'quote':
    case 'extended-quote':
      return { tag: 'blockquote', attrs: {} };
    case 'aside':
      return { tag: 'blockquote', attrs: { class: 'kg-blockquote-alt' } };
    case 'list':
      return {
        tag: node['listType'] === 'number' ? 'ol' : 'ul',
        attrs: typeof node['start'] === 'number' ? { start: String(node['start']) } : {},
      };
    case 'listitem':
      return { tag: 'li', attrs: {} };
    case 'link':
    case 'autolink':
    case 'at-link':
      return { tag: 'a', attrs: { href: text(node, 'url'), title: text(node, 'title') } };
    default:
      return undefined;
  }
}

/** Whether a document has a Markdown card, for which the rendered HTML is the better source. */
export function hasMarkdown(json: string): boolean {
  return /"(card-)?markdown"/.test(json);
}
