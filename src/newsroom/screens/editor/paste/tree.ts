import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** What is pasted, as a plain tree: parsed as a browser would, but run and loaded by nothing (Trusted Types stay closed). */
export type Element = {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: Node[];
};
export type Node = Element | string;

const DROPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'svg',
  'math',
  'meta',
  'link',
  'title',
  'head',
  'canvas',
  'nav',
  'dialog',
  'audio',
  'video',
  'xml',
  'o:p',
  'map',
  'area',
]);

export function parseHtml(html: string): Element {
  const document = parse(html);
  const root = document.childNodes.find((node) => node.nodeName === 'html');
  const body =
    root !== undefined && 'childNodes' in root
      ? root.childNodes.find((node) => node.nodeName === 'body')
      : undefined;
  return {
    tag: 'body',
    attrs: {},
    children: body === undefined || !('childNodes' in body) ? [] : body.childNodes.flatMap(simple),
  };
}

function simple(node: DefaultTreeAdapterTypes.ChildNode): Node[] {
  if (node.nodeName === '#text') return 'value' in node ? [node.value] : [];
  if (!('tagName' in node)) return []; // Comments: conditional ones of Word, fragment marks.
  const tag = node.tagName;
  if (DROPPED.has(tag)) return tag === 'o:p' ? node.childNodes.flatMap(simple) : [];
  const attrs = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  if ('hidden' in attrs || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attrs['style'] ?? '')) return [];
  return [{ tag, attrs, children: node.childNodes.flatMap(simple) }];
}

export function styleOf(element: Element, name: string): string | undefined {
  const found = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(element.attrs['style'] ?? '');
  return found?.[1]?.trim().toLowerCase();
}

export function textOf(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

export const isElement = (node: Node, ...tags: string[]): node is Element =>
  typeof node !== 'string' && (tags.length === 0 || tags.includes(node.tag));
