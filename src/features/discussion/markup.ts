import { Problem } from '../../base/problem.ts';
import {
  type CommentBlock,
  type CommentDoc,
  type CommentInline,
  commentText,
} from '../../contract/comment-doc.ts';
import { MAX_COMMENT } from '../../contract/comments.ts';
import { type Named, parseInline } from './markup.inline.ts';

export { mentionCandidates, type Named } from './markup.inline.ts';

/**
 * What somebody typed, as it is kept: NFC, line feeds, no control characters, none of the bidirectional embeddings and overrides of
 * UAX #9 that turn other people's words around, at most four combining marks on a letter.
 */
export function tidySource(source: string): string {
  return source
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(
      /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF\uFFF9-\uFFFB]/g,
      '',
    )
    .replace(/\t/g, '  ')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');
}

/**
 * Parses a tidy source into the tree of a comment: paragraphs, `> quotes`, `- lists` and `1. lists`, code between ``` lines; in them
 * **bold**, *italic*, `code`, [links](https://…), bare addresses and @names. What is no such thing is text. Takes time in proportion
 * to the length.
 */
export function parseComment(source: string, named: Named = () => undefined): CommentDoc {
  const lines = source.split('\n');
  const content: CommentBlock[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) at = code(lines, at, content);
    else if (/^ {0,3}>/.test(line)) at = quote(lines, at, content);
    else if (listMark(line) !== undefined) at = list(lines, at, { content, named });
    else at = paragraph(lines, at, { content, named });
  }
  return { type: 'comment', content };
}

/**
 * Reads what somebody typed. @throws Problem `invalid` when nothing is in it, `too-large` when it is longer than a comment may be.
 */
export function readComment(text: string, named?: Named): { source: string; body: CommentDoc } {
  const source = tidySource(text);
  if (source.length > MAX_COMMENT)
    throw new Problem(
      'too-large',
      `The comment has ${source.length} characters; ${MAX_COMMENT} is the most.`,
      'Shorten it, or post it in parts.',
    );
  const body = parseComment(source, named);
  // Fillers are letters and the blank of Braille is a sign, but nobody sees them.
  const seen = commentText(body).replace(/[\p{Default_Ignorable_Code_Point}\u2800]/gu, '');
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(seen))
    throw new Problem('invalid', 'The comment is empty.', 'Write something first.', {
      fields: { '/text': 'may not be empty' },
    });
  return { source, body };
}

type Into = { content: CommentBlock[]; named: Named };

function code(lines: readonly string[], from: number, content: CommentBlock[]): number {
  let end = from + 1;
  while (end < lines.length && !(lines[end] ?? '').startsWith('```')) end += 1;
  const text = lines.slice(from + 1, end).join('\n');
  if (text.trim() !== '') content.push({ type: 'code', text });
  return end + 1;
}

function quote(lines: readonly string[], from: number, content: CommentBlock[]): number {
  const paragraphs: string[][] = [[]];
  let at = from;
  for (; at < lines.length && /^ {0,3}>/.test(lines[at] ?? ''); at += 1) {
    const text = (lines[at] ?? '').replace(/^(?: {0,3}> ?)+/, '').trim();
    if (text === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(text);
  }
  // Nobody is notified by a quote: its names are text.
  const inner = paragraphs.flatMap((part) => {
    const inlines = parseInline(part.join('\n'), () => undefined);
    return inlines.length === 0 ? [] : [{ type: 'paragraph' as const, content: inlines }];
  });
  if (inner.length > 0) content.push({ type: 'quote', content: inner });
  return at;
}

function listMark(line: string): { ordered: boolean; text: string } | undefined {
  const bullet = /^ {0,3}[-*•] +(\S.*)$/.exec(line);
  if (bullet !== null) return { ordered: false, text: bullet[1] ?? '' };
  const number = /^ {0,3}\d{1,3}[.)] +(\S.*)$/.exec(line);
  return number === null ? undefined : { ordered: true, text: number[1] ?? '' };
}

function list(lines: readonly string[], from: number, { content, named }: Into): number {
  const ordered = listMark(lines[from] ?? '')?.ordered ?? false;
  const items: CommentInline[][] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const mark = listMark(lines[at] ?? '');
    if (mark?.ordered !== ordered) break;
    const item = parseInline(mark.text, named);
    if (item.length > 0) items.push(item);
  }
  if (items.length > 0) content.push({ type: 'list', ordered, items });
  return at;
}

function paragraph(lines: readonly string[], from: number, { content, named }: Into): number {
  let end = from + 1;
  while (
    end < lines.length &&
    !/^(?:\s*$|```| {0,3}>)/.test(lines[end] ?? '') &&
    listMark(lines[end] ?? '') === undefined
  )
    end += 1;
  const inlines = parseInline(lines.slice(from, end).join('\n'), named);
  if (inlines.length > 0) content.push({ type: 'paragraph', content: inlines });
  return end;
}
