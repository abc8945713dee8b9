import type { CommentInline } from '../../contract/comment-doc.ts';
import { foldName } from './names.ts';

/** Who is meant by a name that was typed after an @. */
export type Named = (name: string) => { readonly user: string; readonly name: string } | undefined;

type Style = { bold: boolean; italic: boolean };

/** How many words a name may have, and how many names one comment may call. */
const NAME_WORDS = 4;
const MOST_MENTIONS = 20;

/** Inline text of one block. Marks that are opened and never closed are text. */
export function parseInline(source: string, named: Named): CommentInline[] {
  const out: CommentInline[] = [];
  const style: Style = { bold: false, italic: false };
  let pending = '';
  const flush = (): void => {
    if (pending !== '') out.push(textNode(pending, style));
    pending = '';
  };
  const closes = closers(source);
  for (let at = 0; at < source.length;) {
    const char = source[at] ?? '';
    if (char === '\\' && /[\\`*_[\]()>@-]/.test(source[at + 1] ?? '')) {
      pending += source[at + 1] ?? '';
      at += 2;
      continue;
    }
    if (char === '\n') {
      flush();
      out.push({ type: 'break' });
      at += 1;
      continue;
    }
    const mark = markAt(source, at);
    if (mark !== undefined && (style[mark.kind] ? closing(source, at, mark.length) : closes(mark.text, at))) {
      flush();
      style[mark.kind] = !style[mark.kind];
      at += mark.length;
      continue;
    }
    const piece =
      char === '`'
        ? codeAt(source, at)
        : char === '['
          ? linkAt(source, at)
          : char === 'h' || char === 'H'
            ? addressAt(source, at)
            : char === '@'
              ? mentionAt(source, at, named)
              : undefined;
    if (piece === undefined) {
      pending += char;
      at += 1;
      continue;
    }
    flush();
    const { node } = piece;
    out.push(
      node.type === 'text' && node.code === undefined
        ? { ...textNode(node.text, style), ...hrefOf(node) }
        : node,
    );
    at = piece.end;
  }
  flush();
  while (out[0]?.type === 'break') out.shift();
  while (out.at(-1)?.type === 'break') out.pop();
  return out;
}

function textNode(text: string, style: Style): CommentInline & { type: 'text' } {
  return {
    type: 'text',
    text,
    ...(style.bold ? { bold: true as const } : {}),
    ...(style.italic ? { italic: true as const } : {}),
  };
}

function hrefOf(node: { href?: string | undefined }): { href?: string } {
  return node.href === undefined ? {} : { href: node.href };
}

type MarkAt = { kind: 'bold' | 'italic'; text: '**' | '*' | '_'; length: 1 | 2 };

function markAt(source: string, at: number): MarkAt | undefined {
  if (source.startsWith('**', at)) return { kind: 'bold', text: '**', length: 2 };
  if (source[at] === '*') return { kind: 'italic', text: '*', length: 1 };
  // snake_case_names are no emphasis.
  if (source[at] === '_' && !(isWord(source[at - 1]) && isWord(source[at + 1])))
    return { kind: 'italic', text: '_', length: 1 };
  return undefined;
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

function closing(source: string, at: number, length: number): boolean {
  return /\S/.test(source[at - 1] ?? ' ') || /\s/.test(source[at + length] ?? ' ');
}

/** Whether a mark that opens at a place is closed later; looks at the text once a mark. */
function closers(source: string): (mark: '**' | '*' | '_', at: number) => boolean {
  const last = new Map<string, number>();
  for (const [mark, pattern] of [
    ['**', /(?<=[^\s*])\*\*/g],
    ['*', /(?<=[^\s*])\*(?!\*)/g],
    ['_', /(?<=[^\s_])_(?![\p{L}\p{N}])/gu],
  ] as const) {
    for (const found of source.matchAll(pattern)) last.set(mark, found.index);
  }
  return (mark, at) =>
    /\S/.test(source[at + mark.length] ?? ' ') && (last.get(mark) ?? -1) > at + mark.length - 1;
}

type Piece = { node: CommentInline; end: number };

function codeAt(source: string, at: number): Piece | undefined {
  const end = source.indexOf('`', at + 1);
  // A lone mark would look through the rest of the text for each of many: a code span is of one line and not long.
  if (end < 0 || end === at + 1 || end - at > 500) return undefined;
  const text = source.slice(at + 1, end);
  return text.includes('\n') || text.trim() === ''
    ? undefined
    : { node: { type: 'text', text, code: true }, end: end + 1 };
}

const LINK =
  /\[([^\][\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)\)/iy;
const ADDRESS = /https?:\/\/[^\s<>"`\u00A0]{1,2000}/iy;

function linkAt(source: string, at: number): Piece | undefined {
  LINK.lastIndex = at;
  const found = LINK.exec(source);
  const href = safeAddress(found?.[2] ?? '');
  if (found === null || href === undefined) return undefined;
  const label = (found[1] ?? '').trim();
  // Words that look like an address must lead there.
  const claimed = /(?:^|\s)(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/iu.exec(label)?.[1];
  const honest =
    claimed === undefined ||
    new URL(href).hostname.replace(/^www\./, '') === claimed.toLowerCase().replace(/^www\./, '');
  return { node: { type: 'text', text: label === '' || !honest ? href : label, href }, end: LINK.lastIndex };
}

function addressAt(source: string, at: number): Piece | undefined {
  if (isWord(source[at - 1])) return undefined;
  ADDRESS.lastIndex = at;
  let text = ADDRESS.exec(source)?.[0];
  if (text === undefined) return undefined;
  text = text.replace(/[.,;:!?'’”»*_]+$/, '');
  while (text.endsWith(')') && count(text, ')') > count(text, '('))
    text = text.slice(0, -1).replace(/[.,;:!?]+$/, '');
  const href = safeAddress(text);
  return href === undefined ? undefined : { node: { type: 'text', text, href }, end: at + text.length };
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** Text in which nothing but lines and bare addresses means something. */
export function linkAddresses(text: string): CommentInline[] {
  const out: CommentInline[] = [];
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) out.push({ type: 'text', text: text.slice(from, to) });
  };
  for (const found of text.matchAll(/\n|https?:\/\//gi)) {
    if (found.index < from) continue;
    const piece: Piece | undefined =
      found[0] === '\n' ? { node: { type: 'break' }, end: found.index + 1 } : addressAt(text, found.index);
    if (piece === undefined) continue;
    flush(found.index);
    out.push(piece.node);
    from = piece.end;
  }
  flush(text.length);
  return out;
}

/** An address that a link may lead to: http or https, a host with a dot or of a number, no name and password in it. */
export function safeAddress(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (url.username !== '' || url.password !== '' || !/[.:\]]/.test(url.hostname) || url.href.length > 2048)
    return undefined;
  return url.href;
}

const WORDS =
  /@\[([^\][\n@]{1,100})\]|@([\p{L}\p{N}][\p{L}\p{N}\p{M}._’'-]*(?: [\p{L}\p{N}][\p{L}\p{N}\p{M}._’'-]*){0,3})/uy;

function mentionAt(source: string, at: number, named: Named): Piece | undefined {
  if (isWord(source[at - 1])) return undefined;
  for (const { name, end } of namesAt(source, at)) {
    const person = named(name);
    if (person !== undefined) return { node: { type: 'mention', user: person.user, name: person.name }, end };
  }
  return undefined;
}

/** What the words after an @ could be as a name, the longest first. */
function namesAt(source: string, at: number): { name: string; end: number }[] {
  WORDS.lastIndex = at;
  const found = WORDS.exec(source);
  if (found === null) return [];
  if (found[1] !== undefined) return [{ name: foldName(found[1]), end: WORDS.lastIndex }];
  const words = (found[2] ?? '').split(' ').slice(0, NAME_WORDS);
  return words.flatMap((_, i) => {
    const raw = words.slice(0, words.length - i).join(' ');
    const bare = raw.replace(/[.’'-]+$/u, '');
    const whole = { name: foldName(raw), end: at + 1 + raw.length };
    return bare === raw || bare === ''
      ? [whole]
      : [whole, { name: foldName(bare), end: at + 1 + bare.length }];
  });
}

/** Every folded name that a text may call, to be looked up at once. */
export function mentionCandidates(source: string): string[] {
  const names = new Set<string>();
  let calls = 0;
  for (let at = source.indexOf('@'); at >= 0 && calls < MOST_MENTIONS; at = source.indexOf('@', at + 1)) {
    if (isWord(source[at - 1])) continue;
    calls += 1;
    for (const { name } of namesAt(source, at)) names.add(name);
  }
  return [...names];
}
