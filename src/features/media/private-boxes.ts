import { type FileHandle, open } from 'node:fs/promises';

/** Boxes of MP4 and QuickTime that say where a film was made, or with what: position, device, owner. */
const PRIVATE = new Set(['\u00a9xyz', 'loci', '\u00a9mak', '\u00a9mod', '\u00a9swr', 'auth', 'perf']);
const INSIDE = new Set(['moov', 'udta', 'trak', 'mdia']);
const MAX_BOXES = 10_000;
const MAX_META = 1_000_000;

/**
 * Takes the position and the device out of an MP4 or QuickTime file in place: such a box becomes `free` and its content zeros
 * (ISO 14496-12 §8.1.2), so that no offset in the file moves. Apple's metadata box (`meta` with `mdta` keys) goes when it names a place.
 */
export async function forgetPrivate(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await visit(handle, { start: 0, end: size, left: { boxes: MAX_BOXES } });
  } finally {
    await handle.close();
  }
}

async function visit(
  handle: FileHandle,
  part: { start: number; end: number; left: { boxes: number } },
): Promise<void> {
  let at = part.start;
  while (at + 8 <= part.end && (part.left.boxes -= 1) > 0) {
    const head = Buffer.alloc(16);
    await handle.read(head, 0, 16, at);
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    const header = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? part.end - at : short;
    if (length < header || at + length > part.end) return;
    const inner = { start: at + header, end: at + length, left: part.left };
    if (PRIVATE.has(type) || (type === 'meta' && (await namesPlace(handle, inner))))
      await blank(handle, at, inner);
    else if (INSIDE.has(type)) await visit(handle, inner);
    at += length;
  }
}

async function namesPlace(
  handle: FileHandle,
  { start, end }: { start: number; end: number },
): Promise<boolean> {
  if (end - start > MAX_META) return false;
  const content = Buffer.alloc(end - start);
  await handle.read(content, 0, content.length, start);
  return content.includes('location.ISO6709') || content.includes('com.apple.quicktime.model');
}

async function blank(
  handle: FileHandle,
  at: number,
  { start, end }: { start: number; end: number },
): Promise<void> {
  await handle.write(Buffer.from('free'), 0, 4, at + 4);
  const zeros = Buffer.alloc(Math.min(65_536, end - start));
  for (let from = start; from < end; from += zeros.length)
    await handle.write(zeros, 0, Math.min(zeros.length, end - from), from);
}
