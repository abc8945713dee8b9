import type { FileHandle } from 'node:fs/promises';
import { withoutExif } from './cover.ts';
import { readAt, zero } from './bytes.ts';
import { isPublicName } from './names.ts';

/** A tag that says more than this says too much: it goes as a whole. */
const MAX_TAG = 64_000_000;
const HEAD = 10;
/** Frames of text and links that name a file, an owner, who encoded it and when. */
const PRIVATE = new Set('TXXX TOWN TENC TDEN TDTG TOFN WXXX TXX TEN TOF WXX'.split(' '));
/** Beside text and links: covers, words, terms of use, who took part, chapters, and what a player needs to play. */
const PUBLIC = new Set(
  `USLT SYLT USER TIPL TMCL IPLS MLLT ETCO SYTC RVAD RVA2 EQUA EQU2 RBUF PCST GRP1 MVNM MVIN ULT SLT IPL MLL ETC STC RVA EQU
  BUF GP1`.split(/\s+/),
);

/** Keeps of ID3v2 tags at `from` what may be public; the tags are as long as before (padding, ID3v2.4 §3.3). Returns where they end. */
export async function cleanId3(handle: FileHandle, from: number): Promise<number> {
  for (let at = from; ;) {
    const head = await readAt(handle, at, HEAD);
    if (head.length < HEAD || head.toString('latin1', 0, 3) !== 'ID3') return at;
    const footer = (head[3] ?? 0) === 4 && ((head[5] ?? 0) & 0x10) !== 0 ? HEAD : 0;
    const length = HEAD + syncsafe(head, 6) + footer;
    if (length > MAX_TAG) await zero(handle, at + HEAD, length - HEAD);
    else {
      const tag = await readAt(handle, at, length);
      const cleaned = publicTag(tag);
      if (!cleaned.equals(tag)) await handle.write(cleaned, 0, cleaned.length, at);
    }
    at += length;
  }
}

/** A tag of the same length with only what may be public. */
export function publicTag(tag: Buffer): Buffer {
  const [major = 0, flags = 0] = [tag[3], tag[5]];
  const footer = major === 4 && (flags & 0x10) !== 0 ? HEAD : 0;
  let body = tag.subarray(HEAD, tag.length - footer);
  // Up to 2.3 the tag as a whole is unsynchronised; in 2.4 each frame is for itself.
  if (major < 4 && (flags & 0x80) !== 0) body = synchronised(body);
  if (major > 2 && (flags & 0x40) !== 0 && body.length > 4)
    body = body.subarray(major === 3 ? 4 + body.readUInt32BE(0) : syncsafe(body, 0));
  const readable = major >= 2 && major <= 4 && !(major === 2 && (flags & 0x40) !== 0);
  const frames = readable
    ? publicFrames(body, { major, inside: '' })
    : { kept: Buffer.alloc(0), same: false };
  if (frames.same) return tag;
  const cleaned = Buffer.alloc(tag.length);
  tag.copy(cleaned, 0, 0, HEAD);
  cleaned[5] = major === 4 ? flags & 0x80 : 0;
  const size = tag.length - HEAD;
  for (let i = 0; i < 4; i += 1) cleaned[6 + i] = (size >> (7 * (3 - i))) & 0x7f;
  frames.kept.copy(cleaned, HEAD);
  return cleaned;
}

type Frame = {
  readonly id: string;
  readonly major: number;
  readonly head: Buffer;
  readonly data: Buffer;
  /** The frame that it is in: `CHAP`, `CTOC`, or none. */
  readonly inside: string;
};

function publicFrames(body: Buffer, of: { major: number; inside: string }): { kept: Buffer; same: boolean } {
  const { major } = of;
  const width = major === 2 ? 6 : 10;
  const kept: Buffer[] = [];
  let same = true;
  let at = 0;
  while (at + width <= body.length) {
    const id = body.toString('latin1', at, at + (major === 2 ? 3 : 4));
    if (!/^[A-Z0-9 ]+$/.test(id)) break;
    const size =
      major === 2
        ? body.readUIntBE(at + 3, 3)
        : major === 3
          ? body.readUInt32BE(at + 4)
          : syncsafe(body, at + 4);
    const end = at + width + size;
    if (end > body.length) break;
    const frame = { id, head: body.subarray(at, at + width), data: body.subarray(at + width, end), ...of };
    const cleaned = publicFrame(frame);
    if (cleaned !== undefined) kept.push(cleaned);
    same &&= cleaned?.equals(body.subarray(at, end)) === true;
    at = end;
  }
  same &&= body.subarray(at).every((byte) => byte === 0);
  return { kept: Buffer.concat(kept), same };
}

function publicFrame(frame: Frame): Buffer | undefined {
  const { id, head, data, inside, major } = frame;
  const whole = Buffer.concat([head, data]);
  if (PUBLIC.has(id) || (/^[TW]/.test(id) && !PRIVATE.has(id))) return whole;
  // Links of chapters are for listeners.
  if (id === 'WXXX' && inside !== '') return whole;
  // What is compressed, encrypted or unsynchronised is not looked into.
  if (major > 2 && head[9] !== 0) return undefined;
  if (id === 'TXXX' || id === 'TXX') return isPublicName(describedAs(data)) ? whole : undefined;
  if (id === 'GEOB')
    return /^.application\/(x-)?c2pa/s.test(data.toString('latin1', 0, 40)) ? whole : undefined;
  if (id === 'APIC' || id === 'PIC') {
    const cover = withoutExif(data);
    return cover === undefined ? undefined : Buffer.concat([head, cover]);
  }
  if ((id === 'CHAP' || id === 'CTOC') && inside === '') return chapter(frame);
  return undefined;
}

/** A chapter or a table of them, with public frames inside (ID3v2 Chapter Frame Addendum). */
function chapter({ id, head, data, major }: Frame): Buffer | undefined {
  let start = data.indexOf(0) + 1;
  if (start === 0) return undefined;
  if (id === 'CHAP') start += 16;
  else {
    const entries = data[start + 1] ?? 0;
    start += 2;
    for (let i = 0; i < entries; i += 1) start = data.indexOf(0, start) + 1;
  }
  const { kept } = publicFrames(data.subarray(start), { major, inside: id });
  const content = Buffer.concat([data.subarray(0, start), kept]);
  const own = Buffer.from(head);
  if (major === 3) own.writeUInt32BE(content.length, 4);
  else for (let i = 0; i < 4; i += 1) own[4 + i] = (content.length >> (7 * (3 - i))) & 0x7f;
  return Buffer.concat([own, content]);
}

/** The name that a free text frame has; names that matter are ASCII in every encoding. */
function describedAs(data: Buffer): string {
  const wide = data[0] === 1 || data[0] === 2;
  let end = 1;
  while (end < data.length && !(data[end] === 0 && (!wide || data[end + 1] === 0))) end += wide ? 2 : 1;
  return data.toString('latin1', 1, end).replace(/[^\x20-\x7e]/g, '');
}

function syncsafe(bytes: Buffer, at: number): number {
  let value = 0;
  for (let i = 0; i < 4; i += 1) value = (value << 7) | ((bytes[at + i] ?? 0) & 0x7f);
  return value;
}

function synchronised(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    out[length] = body[at] ?? 0;
    length += 1;
    if (body[at] === 0xff && body[at + 1] === 0) at += 1;
  }
  return out.subarray(0, length);
}

const ID3V1 = 128;
const APE_FOOTER = 32;

/** Blanks the comment of an ID3v1 tag and private items of an APEv2 tag, which stand at the end of a file of sound. */
export async function cleanTail(handle: FileHandle): Promise<void> {
  let { size: end } = await handle.stat();
  const old = await readAt(handle, Math.max(0, end - ID3V1), ID3V1);
  if (old.length === ID3V1 && old.toString('latin1', 0, 3) === 'TAG') {
    end -= ID3V1;
    // The last two bytes of the comment are the track's number (ID3v1.1).
    await zero(handle, end + 97, old[125] === 0 ? 28 : 30);
  }
  const footer = await readAt(handle, Math.max(0, end - APE_FOOTER), APE_FOOTER);
  if (footer.length < APE_FOOTER || footer.toString('latin1', 0, 8) !== 'APETAGEX') return;
  const size = footer.readUInt32LE(12);
  const start = end - size;
  if (size < APE_FOOTER || start < 0 || size > MAX_TAG) return;
  const items = await readAt(handle, start, size - APE_FOOTER);
  for (let at = 0; at + 9 <= items.length;) {
    const value = items.indexOf(0, at + 8) + 1;
    const next = value + items.readUInt32LE(at);
    if (value === 0 || next > items.length) break;
    const name = items.toString('latin1', at + 8, value - 1);
    const said = items.subarray(value, next);
    if (/^cover art/i.test(name)) said.set(withoutExif(said) ?? Buffer.alloc(said.length));
    else if (!isPublicName(name)) said.fill(0x20);
    at = next;
  }
  await handle.write(items, 0, items.length, start);
}
