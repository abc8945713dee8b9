import type { Inline, Mark } from '../../../contract/document.ts';
import { cleanText } from './text.ts';

const BLANK = /^[\s\u00a0\u200b\ufeff]*$/u;

/** The order in which marks are written, so that equal runs are written alike. */
const ORDER = [
  'link',
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'subscript',
  'superscript',
  'language',
] as const;

type OpenInline = { tag: string; marks: readonly Mark[]; ended: boolean };

/**
 * The marks in force. Elements that set them may end in any order; what has ended under others is only ticked off, so that each
 * costs the same however many are open.
 */
export class ActiveMarks {
  readonly #open: OpenInline[] = [];
  readonly #byTag = new Map<string, OpenInline[]>();
  readonly #byType = new Map<Mark['type'], { mark: Mark; of: OpenInline }[]>();
  #current: { marks: Mark[]; key: string } | undefined = { marks: [], key: '' };

  /** A position to truncate to later. */
  get size(): number {
    return this.#open.length;
  }

  push(tag: string, marks: readonly Mark[]): void {
    const opened = { tag, marks, ended: false };
    this.#open.push(opened);
    pushTo(this.#byTag, tag, opened);
    for (const mark of marks) pushTo(this.#byType, mark.type, { mark, of: opened });
    if (marks.length > 0) this.#current = undefined;
  }

  /** Ends the innermost open element of that name; nothing when none is open. */
  pop(tag: string): void {
    const stack = this.#byTag.get(tag);
    for (let open = stack?.pop(); open !== undefined; open = stack?.pop())
      if (!open.ended) {
        this.#end(open);
        break;
      }
    while (this.#open.at(-1)?.ended === true) this.#open.pop();
  }

  /** Ends every element opened after the first `size`. */
  truncate(size: number): void {
    while (this.#open.length > size) {
      const open = this.#open.pop();
      if (open !== undefined) this.#end(open);
    }
  }

  #end(open: OpenInline): void {
    open.ended = true;
    if (open.marks.length > 0) this.#current = undefined;
  }

  current(): { marks: Mark[]; key: string } {
    if (this.#current === undefined) {
      const marks: Mark[] = [];
      let key = '';
      if (this.#open.length > 0)
        for (const type of ORDER) {
          const stack = this.#byType.get(type);
          while (stack?.at(-1)?.of.ended === true) stack.pop();
          const mark = stack?.at(-1)?.mark;
          if (mark === undefined) continue;
          marks.push(mark);
          key += 'attrs' in mark ? `${type}${JSON.stringify(mark.attrs)}` : `${type} `;
        }
      this.#current = { marks, key };
    }
    return this.#current;
  }
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** One run of inline content that is being collected; white space folds as in HTML. */
export class Paragraph {
  #content: Inline[] = [];
  #lastKey = '';
  /** Whether the next white space is redundant: at the start, after white space, after a line break. */
  #afterSpace = true;
  #visible = false;

  get isBlank(): boolean {
    return !this.#visible;
  }

  /** Whether nothing, or only a line break, has come since the start. */
  get endsWithBreak(): boolean {
    return this.#content.at(-1)?.type === 'hardBreak' || this.#content.length === 0;
  }

  get length(): number {
    return this.#content.length;
  }

  text(raw: string, { marks, key }: { marks: Mark[]; key: string }): void {
    let text = raw.replace(/[ \t\n\r\f]+/g, ' ');
    if (this.#afterSpace && text.startsWith(' ')) text = text.slice(1);
    if (text === '') return;
    this.#afterSpace = text.endsWith(' ');
    if (!this.#visible && !BLANK.test(text)) this.#visible = true;
    const last = this.#content.at(-1);
    if (last?.type === 'text' && this.#lastKey === key) last.text += text;
    else this.#content.push({ type: 'text', text, ...(marks.length === 0 ? {} : { marks: [...marks] }) });
    this.#lastKey = key;
  }

  /** Text whose spaces count, as in verse: runs of spaces stay. */
  verbatim(text: string, { marks, key }: { marks: Mark[]; key: string }): void {
    if (text === '') return;
    if (!BLANK.test(text)) this.#visible = true;
    const last = this.#content.at(-1);
    if (last?.type === 'text' && this.#lastKey === key) last.text += text;
    else this.#content.push({ type: 'text', text, ...(marks.length === 0 ? {} : { marks: [...marks] }) });
    this.#lastKey = key;
    this.#afterSpace = false;
  }

  add(inline: Inline): void {
    this.#content.push(inline);
    this.#lastKey = '';
    this.#afterSpace = inline.type === 'hardBreak';
    if (inline.type !== 'hardBreak') this.#visible = true;
  }

  /** Hands over the content, without blank edges, and starts afresh; undefined when there was nothing to see. */
  take(): Inline[] | undefined {
    const content = this.#content;
    const visible = this.#visible;
    this.#content = [];
    this.#lastKey = '';
    this.#afterSpace = true;
    this.#visible = false;
    if (!visible) return undefined;
    const isEdge = (node: Inline | undefined): boolean =>
      node?.type === 'hardBreak' || (node?.type === 'text' && node.text.trim() === '');
    let from = 0;
    let to = content.length;
    while (from < to && isEdge(content[from])) from += 1;
    while (to > from && isEdge(content[to - 1])) to -= 1;
    return content.slice(from, to).flatMap((node, i, all): Inline[] => {
      if (node.type !== 'text') return [node];
      let text = cleanText(node.text);
      if (i === 0) text = text.replace(/^[ \t\n]+/, '');
      if (i === all.length - 1 || all[i + 1]?.type === 'hardBreak') text = text.replace(/[ \t\n]+$/, '');
      return text === '' ? [] : [{ ...node, text }];
    });
  }
}

/** Plain text of inline content. */
export function inlineText(content: readonly Inline[]): string {
  return content
    .map((node) => (node.type === 'text' ? node.text : node.type === 'hardBreak' ? '\n' : node.attrs.text))
    .join('');
}
