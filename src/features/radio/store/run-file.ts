import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cutterFor } from '../frames/cutter.ts';
import type { StreamInfo } from '../frames/frame.ts';
import { pageAt } from '../frames/ogg.ts';
import { opusInfo, opusSamples } from '../frames/opus.ts';
import { extensionOf, ptsAfter, type Run, type Segment, TARGET_SECONDS } from './segment.ts';

/** The first line of an index: what the sound beside it is. */
const Head = z.object({
  version: z.literal(1),
  format: z.enum(['mp3', 'aac', 'opus']),
  rate: z.int().positive(),
  channels: z.int().positive(),
  codec: z.string(),
  key: z.string(),
  head: z.string().optional(),
  startedAt: z.number(),
});

export const dataFile = (folder: string, run: Run): string =>
  join(folder, `${run.name}.${extensionOf[run.info.format]}`);
export const indexFile = (folder: string, name: string): string => join(folder, `${name}.index`);

export function headLine(run: Run): string {
  const { head, ...info } = run.info;
  const line: z.infer<typeof Head> = {
    version: 1,
    ...info,
    ...(head === undefined ? {} : { head: head.toString('base64') }),
    startedAt: run.startedAt,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Seven numbers: what a playlist needs to list the segment again after a restart. */
export function segmentLine(segment: Segment): string {
  const { seq, discontinuity, at, samples, pts, offset, length } = segment;
  return `${[seq, discontinuity, Math.round(at), samples, pts, offset, length].join(' ')}\n`;
}

/** Reads a run's index; undefined when its first line is not whole: nothing of the run was ever promised. */
export async function readRun(
  folder: string,
  name: string,
): Promise<{ run: Run; segments: Segment[]; indexBytes: number } | undefined> {
  const lines = (await readFile(indexFile(folder, name), 'utf8')).split('\n');
  // The piece after the last newline is a line that was being written.
  lines.pop();
  const head = parseHead(lines[0] ?? '');
  if (head === undefined) return undefined;
  const run: Run = { name, startedAt: head.startedAt, info: infoOf(head) };
  const bytes = await sizeOf(dataFile(folder, run));
  const segments: Segment[] = [];
  let indexBytes = Buffer.byteLength(lines[0] ?? '') + 1;
  for (const line of lines.slice(1)) {
    const numbers = line.split(' ').map(Number);
    const [seq = -1, discontinuity = 0, at = 0, samples = 0, pts = 0, offset = -1, length = 0] = numbers;
    const last = segments.at(-1);
    const follows = last === undefined || (seq === last.seq + 1 && offset === last.offset + last.length);
    if (numbers.length !== 7 || !numbers.every(Number.isSafeInteger) || !follows) break;
    if (offset < 0 || length <= 0 || samples <= 0 || offset + length > bytes) break;
    segments.push({ seq, discontinuity, at, samples, pts, run, offset, length, place: 'disk' });
    indexBytes += line.length + 1;
  }
  return { run, segments, indexBytes };
}

function parseHead(line: string): z.infer<typeof Head> | undefined {
  try {
    return Head.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // Half a line.
  }
}

function infoOf(head: z.infer<typeof Head>): StreamInfo {
  if (head.head !== undefined) {
    const info = opusInfo(Buffer.from(head.head, 'base64'));
    if (info !== undefined) return info;
  }
  const { format, rate, channels, codec, key } = head;
  return { format, rate, channels, codec, key };
}

export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 0;
    throw cause;
  }
}

/** Sound that reached the disk without a line in the index: its whole frames, as pieces of at most a segment's length. */
export async function readTail(
  folder: string,
  { run, from }: { readonly run: Run; readonly from: number },
): Promise<readonly { samples: number; length: number }[]> {
  const size = await sizeOf(dataFile(folder, run));
  if (size <= from) return [];
  const file = await open(dataFile(folder, run), 'r');
  try {
    const bytes = await readAt(file, from, Math.min(size - from, 64 * 1024 * 1024));
    return gather(run.info.format === 'opus' ? pagesOf(bytes) : framesOf(bytes, run), run.info.rate);
  } finally {
    await file.close();
  }
}

type Piece = { samples: number; length: number };

function framesOf(bytes: Buffer, run: Run): Piece[] {
  const cutter = cutterFor(run.info.format);
  const frames = [...cutter.push(bytes), ...cutter.end()];
  const pieces: Piece[] = [];
  let at = 0;
  for (const frame of frames) {
    // What was written is frames end to end; at the first hole the rest is not ours to guess.
    if (bytes.subarray(at, at + frame.bytes.length).compare(frame.bytes) !== 0) break;
    pieces.push({ samples: frame.samples, length: frame.bytes.length });
    at += frame.bytes.length;
  }
  return pieces;
}

function pagesOf(bytes: Buffer): Piece[] {
  const pieces: Piece[] = [];
  let before: bigint | undefined;
  for (let at = 0; at < bytes.length;) {
    const page = pageAt(bytes, at);
    if (page === undefined || page === 'short') break;
    const samples = opusPageSamples(page);
    before = page.granule;
    pieces.push({ samples, length: page.length });
    at += page.length;
  }
  return before === undefined ? [] : pieces;
}

/** Samples of a page of ours: its packets are whole. */
function opusPageSamples(page: { laces: Buffer; body: Buffer }): number {
  let samples = 0;
  for (const packet of packetsOfPage(page)) samples += opusSamples(packet) ?? 0;
  return samples;
}

/** The packets of a page that holds whole ones alone. */
export function packetsOfPage(page: { laces: Buffer; body: Buffer }): Buffer[] {
  const packets: Buffer[] = [];
  let start = 0;
  let at = 0;
  for (const lace of page.laces) {
    at += lace;
    if (lace === 255) continue;
    packets.push(page.body.subarray(start, at));
    start = at;
  }
  return packets;
}

function gather(pieces: readonly Piece[], rate: number): Piece[] {
  const gathered: Piece[] = [];
  let open: Piece | undefined;
  for (const piece of pieces) {
    if (open !== undefined && open.samples + piece.samples > TARGET_SECONDS * rate) {
      gathered.push(open);
      open = undefined;
    }
    open ??= { samples: 0, length: 0 };
    open.samples += piece.samples;
    open.length += piece.length;
  }
  if (open !== undefined) gathered.push(open);
  return gathered;
}

/** Turns the tail's pieces into segments that follow the last one. */
export function tailSegments(
  run: Run,
  after: { seq: number; discontinuity: number; at: number; pts: number; offset: number },
  pieces: readonly Piece[],
): Segment[] {
  let { seq, at, pts, offset } = after;
  return pieces.map(({ samples, length }) => {
    const segment: Segment = {
      seq,
      discontinuity: after.discontinuity,
      at: Math.round(at),
      samples,
      pts,
      run,
      offset,
      length,
      place: 'disk',
    };
    seq += 1;
    at += (samples * 1000) / run.info.rate;
    pts = ptsAfter(pts, { samples, rate: run.info.rate });
    offset += length;
    return segment;
  });
}

export async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, from + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return got === length ? bytes : bytes.subarray(0, got);
}
