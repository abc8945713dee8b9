import type { FileHandle } from 'node:fs/promises';
import { oggCrc } from '../../../base/ogg-crc.ts';
import { readAt, stepReader, zero } from './bytes.ts';
import { withoutExif } from './cover.ts';
import { isPublicName } from './names.ts';

const MAX_BLOCK = 32_000_000;

/**
 * Vorbis comments (of Ogg and FLAC) with only those that may be public, in as many bytes as before: the name of the encoder is filled up
 * with blanks, which every reader of the format takes. `rest` is what stands after them.
 */
export function publicComments(block: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 4 + (block.length < 8 ? 0 : block.readUInt32LE(0));
  const vendor = block.subarray(4, Math.min(at, block.length));
  const count = at + 4 <= block.length ? block.readUInt32LE(at) : 0;
  at += 4;
  let whole = true;
  for (let i = 0; i < count && whole; i += 1) {
    const end = at + 4 + (at + 4 <= block.length ? block.readUInt32LE(at) : 0);
    whole = at + 4 <= block.length && end <= block.length;
    const comment = whole ? publicComment(block.subarray(at + 4, end)) : undefined;
    if (comment !== undefined) kept.push(lengthOf(comment), comment);
    if (whole) at = end;
  }
  // After Vorbis comments stands one framing bit; after Opus' there may be anything.
  const rest = whole ? Buffer.alloc(Math.max(0, block.length - at)) : Buffer.alloc(0);
  if (rest.length > 0) rest[0] = (block[at] ?? 0) & 1;
  const number = Buffer.alloc(4);
  number.writeUInt32LE(kept.length / 2);
  const comments = Buffer.concat([number, ...kept, rest]);
  const named = Buffer.alloc(Math.max(0, block.length - 4 - comments.length), ' ');
  vendor.copy(named, 0, 0, Math.min(vendor.length, named.length));
  return Buffer.concat([lengthOf(named), named, comments]).subarray(0, block.length);
}

function publicComment(comment: Buffer): Buffer | undefined {
  const equals = comment.indexOf('=');
  const name = comment.toString('latin1', 0, Math.max(0, equals));
  if (!isPublicName(name)) return undefined;
  if (name.toUpperCase() !== 'METADATA_BLOCK_PICTURE') return comment;
  const cover = withoutExif(Buffer.from(comment.toString('latin1', equals + 1), 'base64'));
  if (cover === undefined) return undefined;
  const cleaned = Buffer.from(`${name}=${cover.toString('base64')}`, 'latin1');
  return cleaned.length > comment.length ? undefined : cleaned;
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return length;
}

const [APPLICATION, COMMENTS, CUE_SHEET, PICTURE] = [2, 4, 5, 6];

/** A block of a FLAC file, its head of four bytes included, of the same length (RFC 9639 §8). */
function publicBlock(block: Buffer): Buffer {
  const head = block.subarray(0, 4);
  const content = block.subarray(4);
  const type = (head[0] ?? 0) & 0x7f;
  if (type === COMMENTS) return Buffer.concat([head, publicComments(content)]);
  const cover = type === PICTURE ? withoutExif(content) : undefined;
  if (cover !== undefined) return Buffer.concat([head, cover]);
  if (type !== APPLICATION && type !== PICTURE && type <= CUE_SHEET) return block;
  const padding = Buffer.alloc(block.length);
  head.copy(padding);
  padding[0] = ((head[0] ?? 0) & 0x80) | 1;
  return padding;
}

/** Keeps of a FLAC file's blocks what may be public; `from` is where `fLaC` stands. */
export async function cleanFlac(handle: FileHandle, from: number): Promise<void> {
  for (let at = from + 4, last = false; !last;) {
    const head = await readAt(handle, at, 4);
    if (head.length < 4) return;
    last = ((head[0] ?? 0) & 0x80) !== 0;
    const block = await readAt(handle, at, 4 + head.readUIntBE(1, 3));
    const cleaned = publicBlock(block);
    if (!cleaned.equals(block)) await handle.write(cleaned, 0, cleaned.length, at);
    at += block.length;
  }
}

type Stream = {
  /** Which packet of the stream comes next, from 0. */
  packet: number;
  codec: 'flac' | 'other';
  /** Where the parts of an unfinished packet stand. */
  parts: { at: number; length: number; page: number }[];
};

/** Keeps of the comments in an Ogg file, chained streams included, what may be public, and counts the pages' sums anew (RFC 3533). */
export async function cleanOgg(handle: FileHandle): Promise<void> {
  const read = stepReader(handle);
  const streams = new Map<number, Stream>();
  for (let page = 0; ;) {
    const head = await read(page, 27 + 255);
    if (head.length < 27 || head.toString('latin1', 0, 4) !== 'OggS') break;
    const serial = head.readUInt32LE(14);
    if (((head[5] ?? 0) & 2) !== 0) streams.set(serial, { packet: 0, codec: 'other', parts: [] });
    const stream = streams.get(serial);
    const segments = [...head.subarray(27, 27 + (head[26] ?? 0))];
    let at = page + 27 + segments.length;
    let length = 0;
    for (const [i, segment] of segments.entries()) {
      length += segment;
      if (segment === 255 && i < segments.length - 1) continue;
      if (stream !== undefined && stream.packet >= 0) stream.parts.push({ at, length, page });
      at += length;
      length = 0;
      if (segment < 255 && stream !== undefined && stream.packet >= 0) await cleanPacket(handle, stream);
    }
    page = at;
  }
  // Comments that break off with the file.
  for (const { parts } of streams.values())
    for (const { at, length } of parts) await zero(handle, at, length);
}

async function cleanPacket(handle: FileHandle, stream: Stream): Promise<void> {
  const { parts } = stream;
  stream.parts = [];
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const bytes = await Promise.all(parts.map(({ at, length }) => readAt(handle, at, length)));
  const packet = Buffer.concat(bytes);
  if (packet.length < size || size > MAX_BLOCK) {
    for (const { at, length } of parts) await zero(handle, at, length);
    return;
  }
  if (stream.packet === 0 && packet.toString('latin1', 0, 5) === '\x7fFLAC') stream.codec = 'flac';
  const cleaned = stream.packet === 0 ? packet : publicPacket(packet, stream.codec);
  // Comments are the second packet; of FLAC, every packet up to the first frame of sound is a block.
  const more = stream.codec === 'flac' ? packet[0] !== 0xff : stream.packet === 0;
  stream.packet = more ? stream.packet + 1 : -1;
  if (cleaned.equals(packet)) return;
  let from = 0;
  for (const { at, length } of parts) {
    await handle.write(cleaned, from, length, at);
    from += length;
  }
  for (const page of new Set(parts.map((part) => part.page))) await sumAnew(handle, page);
}

function publicPacket(packet: Buffer, codec: Stream['codec']): Buffer {
  if (codec === 'flac') return packet[0] === 0xff ? packet : publicBlock(packet);
  const start = ['OpusTags', '\x03vorbis', '\x81theora'].find((each) =>
    packet.toString('latin1', 0, 8).startsWith(each),
  );
  if (start === undefined) return packet;
  return Buffer.concat([packet.subarray(0, start.length), publicComments(packet.subarray(start.length))]);
}

async function sumAnew(handle: FileHandle, at: number): Promise<void> {
  const head = await readAt(handle, at, 27 + 255);
  const segments = head.subarray(27, 27 + (head[26] ?? 0));
  const page = await readAt(handle, at, 27 + segments.length + segments.reduce((sum, each) => sum + each, 0));
  page.writeUInt32LE(oggCrc(page), 22);
  await handle.write(page, 22, 4, at + 22);
}
