import type { Block, Doc, Inline, ListItem, Mark, TableCell, TableRow } from '../../../contract/document.ts';
import { MAX_DEPTH, MAX_NODES } from '../../../contract/document.ts';
import { ActiveMarks, inlineText, Paragraph } from './paragraph.ts';
import { cleanText } from './text.ts';

type FrameKind = 'root' | 'quote' | 'list' | 'item' | 'table' | 'row' | 'cell' | 'range' | 'caption' | 'code';

/** Levels that a container needs below itself so that text fits in: container → … → paragraph → text. */
const LEVELS: Readonly<Partial<Record<FrameKind, number>>> = { quote: 3, list: 4, table: 5 };
/** Beyond this many nodes everything else becomes one paragraph of plain text, so that no text is lost. */
const NODES = MAX_NODES - 2_000;
/** A range deeper in others than this is handed no blocks when it closes, for each level costs a copy. */
const RANGES = 24;

type Frame = {
  kind: FrameKind;
  tag: string;
  /** Absent where the tree is too deep already: what is inside goes to the frame below. */
  node?: { content: unknown[] };
  into: Block[];
  depth: number;
  /** Where a range's blocks begin in `into`. */
  from: number;
  marks: number;
  text: string;
  language?: string | undefined;
  onClose?: ((frame: ClosedFrame) => void) | undefined;
};
type OpenOptions = {
  node?: Block | ListItem | TableRow | TableCell;
  onClose?: Frame['onClose'];
  /** Of a code block. */
  language?: string | undefined;
};
type ClosedFrame = { blocks: Block[]; text: string; node: unknown };

/**
 * Builds a document from a stream of events: text, marks, containers. It never recurses, keeps within the bounds of the document
 * schema by flattening what is too deep, and leaves no container empty.
 */
export class DocBuilder {
  readonly marks = new ActiveMarks();
  readonly paragraph = new Paragraph();
  heading: 2 | 3 | 4 | undefined;
  /** Given each finished paragraph, may put another block in its place. */
  onParagraph: ((content: Inline[]) => Block | undefined) | undefined;
  #nodes = 1;
  #flattened = false;
  #ranges = 0;
  readonly #root: Block[] = [];
  readonly #frames: Frame[];
  readonly #tags = new Map<string, number>();

  constructor() {
    this.#frames = [{ kind: 'root', tag: '', into: this.#root, depth: 0, from: 0, marks: 0, text: '' }];
  }

  get top(): Readonly<Frame> {
    return this.#frames.at(-1) as Frame;
  }
  /** Whether something was too deep or too long to keep its shape. */
  get flattened(): boolean {
    return this.#flattened;
  }
  get isFull(): boolean {
    return this.#nodes > NODES;
  }
  isOpen(tag: string): boolean {
    return (this.#tags.get(tag) ?? 0) > 0;
  }

  /** The innermost open container of one of these kinds. */
  nearest(kinds: readonly FrameKind[]): Readonly<Frame> | undefined {
    return this.#frames.findLast((frame) => kinds.includes(frame.kind));
  }

  text(text: string): void {
    const frame = this.top;
    if (frame.kind === 'caption' || frame.kind === 'code') (frame as Frame).text += text;
    else if (this.isFull) this.paragraph.text(text, { marks: [], key: '' });
    else {
      const before = this.paragraph.length;
      this.paragraph.text(text, this.marks.current());
      this.#nodes += this.paragraph.length - before;
    }
  }

  verbatim(text: string): void {
    if (this.top.kind === 'caption' || this.top.kind === 'code' || this.isFull) return this.text(text);
    const before = this.paragraph.length;
    this.paragraph.verbatim(text, this.marks.current());
    this.#nodes += this.paragraph.length - before;
  }

  inline(node: Inline): void {
    const frame = this.top;
    if (frame.kind === 'caption' || frame.kind === 'code' || this.isFull) {
      this.text(
        node.type === 'hardBreak'
          ? frame.kind === 'code'
            ? '\n'
            : ' '
          : node.type === 'text'
            ? node.text
            : ` ${node.attrs.text} `,
      );
      return;
    }
    this.#nodes += 1;
    this.paragraph.add(node);
  }

  mark(tag: string, marks: readonly Mark[]): void {
    this.marks.push(tag, marks);
  }

  /** Ends the paragraph that is being collected. */
  break(): void {
    const frame = this.top;
    if (frame.kind === 'caption') {
      (frame as Frame).text += ' ';
      return;
    }
    if (frame.kind === 'code') return;
    if (this.isFull) {
      this.#flattened = true;
      this.paragraph.text(' ', { marks: [], key: '' });
      return;
    }
    this.#flush();
  }

  #flush(): void {
    const content = this.paragraph.take();
    if (content === undefined || content.length === 0) return;
    const other = this.onParagraph?.(content);
    if (other !== undefined) this.#put(other);
    else if (this.heading !== undefined)
      this.#put({ type: 'heading', attrs: { level: this.heading }, content });
    else this.#put({ type: 'paragraph', content });
  }

  /** Adds a finished block. @returns false when the document is full and it was left out. */
  add(block: Block): boolean {
    if (this.top.kind === 'code' && this.top.text !== '') this.#flushCode();
    if (this.isFull) {
      this.#flattened = true;
      return false;
    }
    if (this.top.kind !== 'caption' && this.top.kind !== 'code') this.#flush();
    this.#put(block);
    return true;
  }

  #put(block: Block): void {
    this.#settle();
    this.#nodes += weightOf(block);
    this.top.into.push(block);
  }

  /** Opens the list item or table cell that content needs before it can stand in a list or a table. */
  #settle(): void {
    if (this.top.kind === 'list' && this.top.node !== undefined) this.open('item', 'li');
    if (this.top.kind === 'table' && this.top.node !== undefined) this.open('row', 'tr');
    if (this.top.kind === 'row' && this.top.node !== undefined) this.open('cell', 'td');
  }

  /** Opens a container; text before it becomes a paragraph of its own. */
  open(kind: FrameKind, tag: string, options: OpenOptions = {}): void {
    this.break();
    if (kind !== 'range' && kind !== 'caption') this.heading = undefined;
    if (kind === 'item' || kind === 'row' || kind === 'cell') this.#openPart(kind, tag, options);
    else {
      if (this.top.kind === 'list' && kind === 'list') this.#reopenItem();
      const ofTable = kind === 'caption' && this.top.kind === 'table';
      if (!ofTable) this.#settle();
      // Blocks in a table's caption stand beside the table.
      const parent = ofTable ? (this.#frames.at(-2) as Frame) : this.top;
      const levels = LEVELS[kind];
      const node = options.node as { content: unknown[] } | undefined;
      const fits =
        levels !== undefined && node !== undefined && parent.depth + levels <= MAX_DEPTH && !this.isFull;
      if (levels !== undefined && !fits) this.#flattened = true;
      if (fits) {
        parent.into.push(node as unknown as Block);
        this.#nodes += 1;
      }
      this.#push({ kind, tag, parent, node: fits ? node : undefined, options });
    }
  }

  #openPart(kind: 'item' | 'row' | 'cell', tag: string, options: OpenOptions): void {
    if (kind === 'cell' && this.top.kind === 'table' && this.top.node !== undefined) this.open('row', 'tr');
    const parent = this.top;
    const container = kind === 'item' ? 'list' : kind === 'row' ? 'table' : 'row';
    if (parent.kind !== container || parent.node === undefined) {
      // A part without its container, or in one that was flattened: its blocks stand on their own.
      this.#settle();
      this.#push({ kind, tag, parent: this.top, node: undefined, options });
      return;
    }
    const type = kind === 'item' ? 'listItem' : kind === 'row' ? 'tableRow' : 'tableCell';
    const node = (options.node ?? { type, content: [] }) as { content: unknown[] };
    parent.node.content.push(node);
    this.#nodes += 1;
    this.#push({ kind, tag, parent, node, options });
  }

  #reopenItem(): void {
    const list = this.top;
    const last = list.node?.content.at(-1) as { content: unknown[] } | undefined;
    if (last !== undefined) this.#push({ kind: 'item', tag: 'li', parent: list, node: last, options: {} });
  }

  #push(from: {
    kind: FrameKind;
    tag: string;
    parent: Readonly<Frame>;
    node: { content: unknown[] } | undefined;
    options: OpenOptions;
  }): void {
    const { kind, tag, parent, node, options } = from;
    const into = node === undefined ? parent.into : (node.content as Block[]);
    const depth = node === undefined ? parent.depth : parent.depth + 1;
    const marks = this.marks.size;
    if (kind === 'range' && options.onClose !== undefined) this.#ranges += 1;
    this.#frames.push({
      kind,
      tag,
      into,
      depth,
      from: parent.into.length,
      marks,
      text: '',
      language: options.language,
      onClose: options.onClose,
      ...(node === undefined ? {} : { node }),
    });
    this.#tags.set(tag, (this.#tags.get(tag) ?? 0) + 1);
  }

  /**
   * Closes the innermost open container of that tag and everything in it. Nothing happens when none is open, or when one of the
   * kinds in `within` stands between: an end tag in a table cell cannot close what is around the table.
   */
  close(tag: string, within: readonly FrameKind[] = ['cell']): boolean {
    if (!this.isOpen(tag)) return false;
    for (let i = this.#frames.length - 1; i > 0; i -= 1) {
      const frame = this.#frames[i] as Frame;
      if (frame.tag === tag) {
        this.#closeTo(i);
        return true;
      }
      if (within.includes(frame.kind)) return false;
    }
    return false;
  }

  #closeTo(size: number): void {
    while (this.#frames.length > size) this.#closeTop();
  }

  #closeTop(): void {
    if (this.top.kind !== 'caption') this.break();
    if (this.top.kind !== 'range' && this.top.kind !== 'caption') this.heading = undefined;
    if (this.top.kind === 'code') this.#flushCode();
    const frame = this.#frames.pop() as Frame;
    this.#tags.set(frame.tag, (this.#tags.get(frame.tag) ?? 1) - 1);
    if (frame.kind === 'cell') this.marks.truncate(frame.marks);
    const isRange = frame.kind === 'range' && frame.onClose !== undefined;
    if (isRange) this.#ranges -= 1;
    const blocks = isRange && this.#ranges < RANGES ? frame.into.splice(frame.from) : [];
    for (const block of blocks) this.#nodes -= weightOf(block);
    if (frame.node !== undefined) this.#dropIfEmpty(frame);
    frame.onClose?.({ blocks, text: cleanText(frame.text), node: frame.node });
  }

  #dropIfEmpty(frame: Frame): void {
    if (frame.node === undefined || frame.node.content.length > 0) return;
    if (frame.kind === 'cell') frame.node.content.push({ type: 'paragraph' });
    else {
      const siblings = frame.kind === 'item' || frame.kind === 'row' ? this.top.node?.content : this.top.into;
      const at = siblings?.lastIndexOf(frame.node as never) ?? -1;
      if (at >= 0) siblings?.splice(at, 1);
    }
  }

  #flushCode(): void {
    const frame = this.top as Frame;
    const text = cleanText(frame.text).replace(/^\n/, '').replace(/\s+$/, '');
    frame.text = '';
    if (text === '') return;
    const { language } = frame;
    frame.into.push({
      type: 'codeBlock',
      ...(language === undefined ? {} : { attrs: { language } }),
      content: [{ type: 'text', text }],
    });
    this.#nodes += 2;
  }

  /** Puts blocks back that a range's `onClose` was given, changed or not. */
  putAll(blocks: readonly Block[]): void {
    for (const block of blocks)
      if (this.isFull && block.type === 'paragraph') {
        this.#flattened = true;
        this.text(` ${inlineText(block.content ?? [])} `);
      } else this.#put(block);
  }

  finish(): Doc {
    this.#closeTo(1);
    this.#flush();
    return { type: 'doc', content: this.#root };
  }
}

/** How many nodes a block adds to a document, those aside that were counted when they were added to it. */
function weightOf(block: Block): number {
  if (block.type === 'gallery') return 1 + block.content.length;
  return block.type === 'paragraph' || block.type === 'heading' || block.type === 'codeBlock' ? 2 : 1;
}
