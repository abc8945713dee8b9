import type { Block, Doc, ImageAttrs, Inline, Mark, TableCell, TableRow } from '../../contract/document.ts';
import { parseDocument } from '../../contract/document.ts';
import { Problem } from '../../base/problem.ts';

/**
 * The notation that the sample newsroom is written in, so that its articles can be read and mended as text:
 *
 *     ## heading   ### heading        - bullet        1. numbered        *** (rule)
 *     > a quotation                    >> a pull quote
 *     > — its speaker
 *     Table: caption, then | cells | with a |---|---:| line under the head
 *     ![picture|wide] caption          @[title | provider](https://address)
 *     :::note editor … :::             :::related title, one article key a line :::       :::gallery caption … :::
 *     **bold** *italic* [text](address) ^[footnote] {2014-12|dated fact} [text]{lang=ar}
 *
 * Anything else is refused rather than guessed at.
 */
export function parseSampleText(text: string, where: string): Doc {
  return parseDocument({ type: 'doc', content: blocks(splitBlocks(text, where), where) });
}

function fault(where: string, what: string): Problem {
  return new Problem('invalid', `${where}: ${what}.`, 'See src/cli/demo/sample-text.ts for the notation.');
}

/** Blocks as groups of lines, divided by blank lines; a `:::` group is kept whole. */
function splitBlocks(text: string, where: string): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  let fenced = false;
  const close = () => {
    if (group.length > 0) groups.push(group);
    group = [];
  };
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    if (fenced) {
      group.push(line);
      if (line === ':::') {
        fenced = false;
        close();
      }
    } else if (line === '') close();
    else if (line.startsWith(':::')) {
      close();
      group.push(line);
      fenced = true;
    } else group.push(line);
  }
  if (fenced) throw fault(where, `"${group[0] ?? ':::'}" is never closed`);
  close();
  return groups;
}

function blocks(groups: readonly string[][], where: string): Block[] {
  return groups.map((lines) => block(lines, where));
}

function block(lines: readonly string[], where: string): Block {
  const first = lines[0] ?? '';
  const heading = /^(#{2,3}) (.+)$/.exec(first);
  if (heading !== null && lines.length === 1) {
    const level = heading[1] === '##' ? 2 : 3;
    return { type: 'heading', attrs: { level }, content: inline(heading[2] ?? '', where) };
  }
  if (first === '***') return { type: 'horizontalRule' };
  if (first.startsWith(':::')) return fencedBlock(lines, where);
  if (first.startsWith('>')) return quote(lines, where);
  if (first.startsWith('![')) return image(first, where);
  if (first.startsWith('@[')) return embed(first, where);
  if (first.startsWith('Table: ') || first.startsWith('|')) return table(lines, where);
  if (lines.every((line) => line.startsWith('- '))) {
    return { type: 'bulletList', content: lines.map((line) => item(line.slice(2), where)) };
  }
  if (lines.every((line) => /^\d+\. /.test(line))) {
    const start = Number.parseInt(first, 10);
    const content = lines.map((line) => item(line.replace(/^\d+\. /, ''), where));
    return start === 1
      ? { type: 'orderedList', content }
      : { type: 'orderedList', attrs: { start }, content };
  }
  return paragraph(lines.join(' '), where);
}

function paragraph(text: string, where: string): Block {
  return { type: 'paragraph', content: inline(text, where) };
}

function item(text: string, where: string): { type: 'listItem'; content: Block[] } {
  return { type: 'listItem', content: [paragraph(text, where)] };
}

function quote(lines: readonly string[], where: string): Block {
  const pull = lines.every((line) => line.startsWith('>> '));
  const texts = lines.map((line) => line.replace(/^>{1,2} ?/, ''));
  const last = texts.at(-1) ?? '';
  const speaker = last.startsWith('— ') ? last.slice(2) : undefined;
  const body = (speaker === undefined ? texts : texts.slice(0, -1)).join(' ');
  if (body === '') throw fault(where, 'a quotation has no words');
  const attrs = { ...(speaker === undefined ? {} : { speaker }), ...(pull ? { pull } : {}) };
  return { type: 'blockquote', attrs, content: [paragraph(body, where)] };
}

function image(line: string, where: string): { type: 'image'; attrs: ImageAttrs } {
  const match = /^!\[([a-z0-9-]+)(?:\|(inset|column|wide))?\](?: (.+))?$/.exec(line);
  if (match === null) throw fault(where, `"${line}" is not a picture`);
  const [, asset = '', size, caption] = match;
  return {
    type: 'image',
    attrs: {
      asset,
      ...(size === undefined ? {} : { size: size as 'inset' | 'column' | 'wide' }),
      ...(caption === undefined ? {} : { caption }),
    },
  };
}

function embed(line: string, where: string): Block {
  const match = /^@\[([^|\]]+?)(?: \| ([^\]]+))?\]\((https?:\/\/[^)]+)\)$/.exec(line);
  if (match === null) throw fault(where, `"${line}" is not an embed`);
  const [, title = '', provider, url = ''] = match;
  return { type: 'embed', attrs: { url, title, ...(provider === undefined ? {} : { provider }) } };
}

function fencedBlock(lines: readonly string[], where: string): Block {
  const [, kind = '', rest = ''] = /^:::(\w+) ?(.*)$/.exec(lines[0] ?? '') ?? [];
  const inner = lines.slice(1, -1);
  if (kind === 'note' && (rest === 'editor' || rest === 'correction' || rest === 'context')) {
    return {
      type: 'note',
      attrs: { kind: rest },
      content: blocks(splitBlocks(inner.join('\n'), where), where),
    };
  }
  const full = inner.filter((line) => line !== '');
  if (kind === 'related')
    return { type: 'relatedBox', attrs: { ...(rest === '' ? {} : { title: rest }), articles: full } };
  if (kind === 'gallery') {
    return {
      type: 'gallery',
      attrs: rest === '' ? {} : { caption: rest },
      content: full.map((line) => image(line, where)),
    };
  }
  throw fault(where, `"${lines[0] ?? ''}" is no block that is known`);
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function table(lines: readonly string[], where: string): Block {
  const caption = (lines[0] ?? '').startsWith('Table: ') ? (lines[0] ?? '').slice(7) : undefined;
  const rows = caption === undefined ? lines : lines.slice(1);
  const [head, rule, ...rest] = rows;
  if (head === undefined || rule === undefined || !/^\|[-:| ]+\|$/.test(rule))
    throw fault(where, 'a table needs a head and a rule');
  const aligns = cellsOf(rule).map((cell) => (cell.endsWith(':') ? 'end' : undefined));
  const row = (line: string, type: TableCell['type']): TableRow => {
    const cells = cellsOf(line);
    if (cells.length !== aligns.length)
      throw fault(where, `the table row "${line}" has ${cells.length} cells, not ${aligns.length}`);
    return {
      type: 'tableRow',
      content: cells.map((cell, column) => {
        const align = aligns[column];
        return {
          type,
          ...(align === undefined ? {} : { attrs: { align } }),
          content: [paragraph(cell, where)],
        };
      }),
    };
  };
  return {
    type: 'table',
    attrs: caption === undefined ? {} : { caption },
    content: [row(head, 'tableHeader'), ...rest.map((line) => row(line, 'tableCell'))],
  };
}

const INLINE =
  /\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|\^\[(?<note>[^\]]+)\]|\{(?<date>\d{4}(?:-\d{2}){0,2})\|(?<fact>[^}]+)\}|\[(?<text>[^\]]+)\](?:\((?<href>[^)]+)\)|\{lang=(?<lang>[\w-]+)\})/gu;

/** Inline text; also used for plain paragraphs of other sources. Marks do not nest. */
function inline(text: string, where: string): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  const push = (value: string, mark?: Mark) => {
    if (/[{}^]|\*\*|\]\(/.test(value))
      throw fault(where, `"${value}" holds notation that was not understood`);
    if (value !== '')
      out.push(
        mark === undefined ? { type: 'text', text: value } : { type: 'text', text: value, marks: [mark] },
      );
  };
  for (const match of text.matchAll(INLINE)) {
    push(text.slice(at, match.index));
    at = match.index + match[0].length;
    const { bold, italic, note, date, fact, text: words = '', href, lang } = match.groups ?? {};
    if (bold !== undefined) push(bold, { type: 'bold' });
    else if (italic !== undefined) push(italic, { type: 'italic' });
    else if (note !== undefined) out.push({ type: 'footnote', attrs: { text: note } });
    else if (date !== undefined && fact !== undefined)
      out.push({ type: 'datedFact', attrs: { date, text: fact } });
    else if (href !== undefined) push(words, { type: 'link', attrs: { href } });
    else if (lang !== undefined) {
      const attrs = lang === 'ar' ? { lang, dir: 'rtl' as const } : { lang };
      push(words, { type: 'language', attrs });
    }
  }
  push(text.slice(at));
  if (out.length === 0) throw fault(where, 'a block is empty');
  return out;
}
