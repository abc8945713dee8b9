import { Problem } from '../../../base/problem.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import { type Format, mimeOf } from '../frames/frame.ts';

/** The directory of an MP4 file; that of a day of sound is smaller. */
const MAX_MOOV = 64 * 1024 * 1024;
/** Of a file that is what it says, more than this part are frames. */
const LEAST_SOUND = 0.8;

const refused = (why: string): Problem => new Problem('unsupported', why, 'Send MP3, AAC, M4A or Ogg Opus.');

/**
 * How long a sound file is, by its frames and not by what it says of itself. @throws Problem `unsupported` when it is none that players
 * of podcasts take.
 */
export async function measureSound(bytes: AsyncIterable<Uint8Array>, mime: string): Promise<number> {
  if (mime === 'audio/mp4') return mp4Duration(bytes);
  const format = (Object.keys(mimeOf) as Format[]).find((each) => mimeOf[each] === mime);
  if (format === undefined) throw refused(`The file is ${mime}.`);
  const cutter = makeProbingCutter();
  let seconds = 0;
  let total = 0;
  for await (const chunk of withoutTag(bytes)) {
    total += chunk.length;
    for (const frame of cutter.push(chunk)) seconds += frame.samples / frame.info.rate;
    if (cutter.hopeless) break;
  }
  for (const frame of cutter.end()) seconds += frame.samples / frame.info.rate;
  if (cutter.format !== format || seconds === 0 || cutter.skipped > total * (1 - LEAST_SOUND))
    throw refused('The file is damaged, or its sound is of another kind.');
  return Math.round(seconds * 1000);
}

/** Leaves out the ID3v2 tag before the sound, whose picture may be larger than what is looked at to tell a coding. */
async function* withoutTag(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let left = 0;
  for await (const piece of bytes) {
    let chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (head !== undefined) {
      head = Buffer.concat([head, chunk]);
      if (head.length < 10) continue;
      chunk = head;
      head = undefined;
      if (chunk.toString('latin1', 0, 3) === 'ID3')
        left = 10 + [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((chunk[at] ?? 0) & 0x7f), 0);
    }
    const skip = Math.min(left, chunk.length);
    left -= skip;
    if (skip < chunk.length) yield chunk.subarray(skip);
  }
  if (head !== undefined && head.length > 0) yield head;
}

async function mp4Duration(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const moov = await boxOf(bytes, 'moov');
  if (moov === undefined) throw refused('The file has no directory: it was not finished.');
  let found: number | undefined;
  for (const [type, trak] of boxesIn(moov)) {
    if (type !== 'trak') continue;
    const mdia = boxIn(trak, 'mdia');
    const kind = boxIn(mdia, 'hdlr').toString('latin1', 8, 12);
    if (kind === 'vide') throw refused('The file is a film.');
    if (kind !== 'soun') continue;
    const mdhd = boxIn(mdia, 'mdhd');
    const long = mdhd[0] === 1;
    if (mdhd.length < (long ? 32 : 20)) continue;
    const scale = mdhd.readUInt32BE(long ? 20 : 12);
    const duration = long ? Number(mdhd.readBigUInt64BE(24)) : mdhd.readUInt32BE(16);
    if (scale > 0 && duration > 0) found = Math.max(found ?? 0, Math.round((duration * 1000) / scale));
  }
  if (found === undefined) throw refused('There is no sound in the file.');
  return found;
}

/** The body of the first box of this type at the top of a file; what comes before is read over. */
async function boxOf(bytes: AsyncIterable<Uint8Array>, wanted: string): Promise<Buffer | undefined> {
  let held: Buffer = Buffer.alloc(0);
  let skip = 0;
  let need: number | undefined;
  for await (const piece of bytes) {
    if (skip >= piece.length) {
      skip -= piece.length;
      continue;
    }
    held = Buffer.concat([held, piece.subarray(skip)]);
    skip = 0;
    for (;;) {
      if (need !== undefined) {
        if (held.length < need) break;
        return held.subarray(0, need);
      }
      if (held.length < 16) break;
      const short = held.readUInt32BE(0);
      const head = short === 1 ? 16 : 8;
      const length = short === 1 ? Number(held.readBigUInt64BE(8)) : short;
      if (length < head) return undefined;
      if (held.toString('latin1', 4, 8) === wanted) {
        need = length - head;
        if (need > MAX_MOOV) return undefined;
        held = held.subarray(head);
      } else if (length <= held.length) held = held.subarray(length);
      else {
        skip = length - held.length;
        held = Buffer.alloc(0);
      }
    }
  }
  return need !== undefined && held.length >= need ? held.subarray(0, need) : undefined;
}

function* boxesIn(body: Buffer): Generator<[string, Buffer]> {
  for (let at = 0; at + 8 <= body.length;) {
    const length = body.readUInt32BE(at);
    if (length < 8 || at + length > body.length) return;
    yield [body.toString('latin1', at + 4, at + 8), body.subarray(at + 8, at + length)];
    at += length;
  }
}

function boxIn(body: Buffer, wanted: string): Buffer {
  for (const [type, inner] of boxesIn(body)) if (type === wanted) return inner;
  return Buffer.alloc(0);
}
