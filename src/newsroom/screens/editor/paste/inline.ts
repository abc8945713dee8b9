import { Mark, type Inline, type Mark as MarkType } from '../../../../contract/document.ts';
import { normalMarks } from '../../../../contract/shared/normal.ts';
import { FOOTNOTE } from './apparatus.ts';
import { type Element, type Node, styleOf } from './tree.ts';

const BY_TAG: Readonly<Record<string, MarkType>> = {
  b: { type: 'bold' },
  strong: { type: 'bold' },
  i: { type: 'italic' },
  em: { type: 'italic' },
  cite: { type: 'italic' },
  dfn: { type: 'italic' },
  u: { type: 'underline' },
  ins: { type: 'underline' },
  s: { type: 'strike' },
  strike: { type: 'strike' },
  del: { type: 'strike' },
  code: { type: 'code' },
  kbd: { type: 'code' },
  samp: { type: 'code' },
  tt: { type: 'code' },
  sub: { type: 'subscript' },
  sup: { type: 'superscript' },
};

/** What an inline element adds to the text in it, by its tag and by the style that Google Docs and Word write instead of tags. */
export function marksOf(element: Element, around: readonly MarkType[], language: string): MarkType[] {
  let marks = [...around];
  const add = (mark: MarkType): void => void marks.push(mark);
  const drop = (type: MarkType['type']): void => void (marks = marks.filter((mark) => mark.type !== type));
  const own = BY_TAG[element.tag];
  if (own !== undefined) add(own);
  const weight = styleOf(element, 'font-weight');
  // Google Docs wraps everything it copies in <b style="font-weight:normal">.
  if (weight !== undefined) {
    if (/^(bold|bolder|[6-9]00)$/.test(weight)) add({ type: 'bold' });
    else drop('bold');
  }
  const slant = styleOf(element, 'font-style');
  if (slant === 'italic' || slant === 'oblique') add({ type: 'italic' });
  if (slant === 'normal') drop('italic');
  const line = `${styleOf(element, 'text-decoration') ?? ''} ${styleOf(element, 'text-decoration-line') ?? ''}`;
  if (/line-through/.test(line)) add({ type: 'strike' });
  if (/underline/.test(line) && element.tag !== 'a') add({ type: 'underline' });
  if (/none/.test(line)) drop('underline');
  const place = styleOf(element, 'vertical-align');
  if (place === 'super') add({ type: 'superscript' });
  if (place === 'sub') add({ type: 'subscript' });
  if (element.tag === 'a') {
    const href = cleanHref(element.attrs['href'] ?? '');
    const parsed = Mark.safeParse({ type: 'link', attrs: { href } });
    if (href !== '' && parsed.success) {
      add(parsed.data);
      drop('underline');
    }
  }
  // What is underlined because it is a link is so by being one.
  if (marks.some((mark) => mark.type === 'link')) drop('underline');
  const lang = (element.attrs['lang'] ?? '').replace(/^[A-Z]+/, (primary) => primary.toLowerCase());
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(lang) && isForeign(lang, language))
    add({ type: 'language', attrs: { lang } });
  return normalMarks(marks);
}

/** Word writes the language of every run; only another language than the article's says something. */
function isForeign(lang: string, language: string): boolean {
  return lang.split('-')[0]?.toLowerCase() !== language.split('-')[0]?.toLowerCase();
}

/** The address that a link means: out of Google's and Outlook's redirects, without what only counts clicks. */
export function cleanHref(href: string): string {
  let address = href.trim();
  for (const [host, key] of [
    ['www.google.com/url', 'q'],
    ['safelinks.protection.outlook.com', 'url'],
    ['l.facebook.com/l.php', 'u'],
  ] as const) {
    if (!URL.canParse(address)) break;
    const url = new URL(address);
    const meant = url.searchParams.get(key);
    if (`${url.host}${url.pathname}`.includes(host) && meant !== null) address = meant;
  }
  if (!URL.canParse(address)) return /^(\/(?!\/)|#)/.test(address) ? address : '';
  const url = new URL(address);
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return '';
  const counting = [...url.searchParams.keys()].filter((name) =>
    /^(utm_\w+|fbclid|gclid|mc_[ce]id|igshid)$/.test(name),
  );
  if (counting.length === 0) return address;
  for (const name of counting) url.searchParams.delete(name);
  return url.href;
}

/** Runs of text with their marks; line breaks stay, white space is that of HTML. */
export function inlinesOf(
  nodes: readonly Node[],
  { around, language }: { around: readonly MarkType[]; language: string },
): Inline[] {
  const out: Inline[] = [];
  for (const node of nodes) {
    if (typeof node === 'string') {
      const text = node.replace(/[\t\n\f\r ]+/g, ' ');
      if (text !== '')
        out.push({ type: 'text', text, ...(around.length === 0 ? {} : { marks: [...around] }) });
    } else if (node.tag === 'br') out.push({ type: 'hardBreak' });
    else if (node.tag === FOOTNOTE) out.push({ type: 'footnote', attrs: { text: node.attrs['text'] ?? '' } });
    else if (isListSign(node)) continue;
    else out.push(...inlinesOf(node.children, { around: marksOf(node, around, language), language }));
  }
  return out;
}

/** The bullet or number that Word writes as text before the item. */
function isListSign(element: Element): boolean {
  return /mso-list\s*:\s*ignore/i.test(element.attrs['style'] ?? '');
}

/** Without white space at the ends and twice in a row, and without breaks at the end. */
export function trimmed(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const inline of inlines) {
    if (inline.type !== 'text') {
      const last = out.at(-1);
      if (last?.type === 'text') out[out.length - 1] = { ...last, text: last.text.replace(/ +$/, '') };
      out.push(inline);
      continue;
    }
    const before = out.at(-1);
    const open =
      before === undefined ||
      before.type === 'hardBreak' ||
      (before.type === 'text' && before.text.endsWith(' '));
    const text = open ? inline.text.replace(/^ +/, '') : inline.text;
    if (text !== '') out.push({ ...inline, text });
  }
  for (;;) {
    const last = out.at(-1);
    if (last?.type === 'hardBreak') out.pop();
    else if (last?.type === 'text' && /^[\s\u00a0]*$/.test(last.text)) out.pop();
    else if (last?.type === 'text') {
      out[out.length - 1] = { ...last, text: last.text.replace(/ +$/, '') };
      break;
    } else break;
  }
  return out.filter((inline) => inline.type !== 'text' || inline.text !== '');
}

const SHOWS = new Set(['img', 'hr', 'table', FOOTNOTE]);

export function isBlank(nodes: readonly Node[]): boolean {
  return nodes.every((node) =>
    typeof node === 'string' ? /^[\s\u00a0]*$/.test(node) : !SHOWS.has(node.tag) && isBlank(node.children),
  );
}
