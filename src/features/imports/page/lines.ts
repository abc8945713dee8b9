/** A line of the page as the recogniser reads it: one line of the input, or a paragraph that was hard-wrapped over several. */
export type Line = {
  /** Place in the list of lines. */
  readonly index: number;
  /** Its number in the input, from 1; of a wrapped paragraph the first. */
  readonly no: number;
  /** The lines of the input that a wrapped paragraph was joined from; absent for a line that stands as it was. */
  readonly parts: readonly RawLine[] | undefined;
  /** Cleaned: no invisible characters, single spaces. */
  readonly text: string;
  /** An empty line stood before it. */
  readonly gap: boolean;
};

/** A non-empty line of the input. */
type RawLine = { readonly no: number; readonly text: string };

// Byte order mark, soft hyphen, zero-width space, word joiner, and the marks that only steer direction. The zero-width
// joiner and non-joiner stay: Persian spelling needs them.
const INVISIBLE = /[\uFEFF\u00AD\u200B\u2060\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\0]/g;
const SPACES = /[\s\u0085\u200A\u180E]+/g;
const PLAIN = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/** A line as it would be read: invisible characters gone, every run of white space one space. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}

/** Splits the page at CRLF, CR and LF. `blank` are the lines that hold nothing but invisible characters. */
export function splitLines(text: string): { lines: Line[]; blank: number[] } {
  const blank: number[] = [];
  const blocks: RawLine[][] = [];
  let block: RawLine[] = [];
  let no = 0;
  for (const raw of eachLine(text)) {
    no += 1;
    const cleaned = clean(raw);
    if (cleaned === '') {
      if (raw.trim() !== '') blank.push(no);
      if (block.length > 0) blocks.push(block);
      block = [];
      continue;
    }
    block.push({ no, text: cleaned });
  }
  if (block.length > 0) blocks.push(block);
  const lines: Line[] = [];
  const width = pageWidth(blocks);
  for (const group of blocks) {
    let gap = true;
    if (!isWrapped(group, width)) {
      for (const { no: at, text: own } of group) {
        lines.push({ index: lines.length, no: at, parts: undefined, text: own, gap });
        gap = false;
      }
      continue;
    }
    for (const parts of joinWrapped(group)) {
      const joined = parts.map((line) => line.text).join(' ');
      lines.push({ index: lines.length, no: parts[0]?.no ?? 0, parts, text: joined, gap });
      gap = false;
    }
  }
  return { lines, blank };
}

function* eachLine(text: string): Generator<string> {
  const ends = /\r\n?|\n/g;
  let start = 0;
  for (let match = ends.exec(text); match !== null; match = ends.exec(text)) {
    yield text.slice(start, match.index);
    start = match.index + match[0].length;
  }
  yield text.slice(start);
}

const LOWER_START = /^[\p{Ll}(“"«]*\p{Ll}/u;
const SENTENCE_END = /[.!?…。！？؟۔][)"'”’»」』]*$/u;

/** A block was hard-wrapped when its lines are of one width and many of them begin in the middle of a sentence. */
function isWrapped(block: readonly RawLine[], width = 0): boolean {
  if (block.length < 2) return false;
  let widest = 0;
  for (const line of block) widest = Math.max(widest, line.text.length);
  if (widest < 45 || widest > 130) return false;
  let continued = 0;
  for (let i = 1; i < block.length; i += 1) {
    const before = block[i - 1]?.text ?? '';
    if (before.length < widest * 0.7) continue;
    if (LOWER_START.test(block[i]?.text ?? '') && !SENTENCE_END.test(before)) continued += 1;
  }
  const open = block[0]?.text ?? '';
  if (width > 0 && open.length >= width * 0.8 && open.length <= width && !SENTENCE_END.test(open))
    return true;
  return continued > 0 && continued >= (block.length - 1) * 0.3;
}

/** The width that the page was wrapped at: its widest wrapped line, when at least two blocks show wrapping; else 0. */
function pageWidth(blocks: readonly (readonly RawLine[])[]): number {
  let wrapped = 0;
  let width = 0;
  for (const block of blocks) {
    if (!isWrapped(block)) continue;
    wrapped += 1;
    for (const line of block) width = Math.max(width, line.text.length);
  }
  return wrapped >= 2 ? width : 0;
}

/** Joins lines that fill the width with the line after them. */
function joinWrapped(block: readonly RawLine[]): RawLine[][] {
  let widest = 0;
  for (const line of block) widest = Math.max(widest, line.text.length);
  const parts: RawLine[][] = [];
  let open = false;
  for (const line of block) {
    const last = parts.at(-1);
    if (open && last !== undefined) last.push(line);
    else parts.push([line]);
    open =
      line.text.length >= widest * 0.7 && !(SENTENCE_END.test(line.text) && line.text.length < widest * 0.85);
  }
  return parts;
}
