import { Problem } from '../../../base/problem.ts';
import { cutterFor } from '../frames/cutter.ts';
import { END, lacesOf, writePage } from '../frames/ogg.ts';
import { opusHead } from '../air/block.ts';
import { packetsOf } from '../hls/segment-bytes.ts';
import type { SegmentStore } from '../store/segment-store.ts';
import type { Segment } from '../store/segment.ts';

export type Cut = {
  /** The sound, in pieces: whole frames, or a whole Ogg stream. */
  readonly bytes: AsyncIterable<Buffer>;
  readonly mime: 'audio/mpeg' | 'audio/aac' | 'audio/ogg';
  /** When its first and last sample were on the air, in ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly durationMs: number;
};

type Piece = { readonly bytes: Buffer; readonly samples: number };

/**
 * Cuts the recording between two moments at the nearest frames, without decoding anything. Where there was nothing on the air the two
 * sides follow one another. @throws Problem `invalid` when nothing was recorded then, or two codings were.
 */
export async function cutRecording(
  store: SegmentStore,
  span: { readonly from: number; readonly to: number },
): Promise<Cut> {
  await store.flush();
  const segments = await store.between(span.from, span.to);
  const [first] = segments;
  if (first === undefined)
    throw new Problem(
      'invalid',
      'Nothing was recorded in this time.',
      'Choose a time at which the mount was on the air.',
    );
  const { info } = first.run;
  if (segments.some((segment) => segment.run.info.key !== info.key))
    throw new Problem(
      'invalid',
      'The encoder changed its format within this time, so it cannot be one file.',
      'Cut the parts before and after the change.',
    );
  // One pass to know the frames' edges; the sound itself is read again when it is written out.
  let from: number | undefined;
  let to = 0;
  let samples = 0;
  for (const segment of segments)
    for (const piece of within(segment, await read(store, segment), span)) {
      from ??= piece.at;
      to = piece.at + (piece.samples * 1000) / info.rate;
      samples += piece.samples;
    }
  if (from === undefined) throw new Problem('invalid', 'Nothing was recorded in this time.');
  async function* pieces(): AsyncGenerator<Piece> {
    for (const segment of segments) yield* within(segment, await read(store, segment), span);
  }
  async function* frames(): AsyncGenerator<Buffer> {
    for await (const { bytes } of pieces()) yield bytes;
  }
  const opus = info.format === 'opus';
  return {
    bytes: opus ? oggOf(pieces(), first) : frames(),
    mime: opus ? 'audio/ogg' : info.format === 'mp3' ? 'audio/mpeg' : 'audio/aac',
    from,
    to,
    durationMs: Math.round((samples * 1000) / info.rate),
  };
}

async function read(store: SegmentStore, segment: Segment): Promise<Buffer> {
  return (await store.read(segment)) ?? Buffer.alloc(0);
}

/** The frames of a segment that begin within the span. */
function within(
  segment: Segment,
  wire: Buffer,
  span: { from: number; to: number },
): (Piece & { at: number })[] {
  const { rate, format } = segment.run.info;
  const pieces: Piece[] =
    format === 'opus'
      ? packetsOf(wire).map(({ bytes, duration }) => ({ bytes, samples: duration }))
      : framesOf(wire, format);
  let samples = 0;
  return pieces.flatMap((piece) => {
    const at = segment.at + (samples * 1000) / rate;
    samples += piece.samples;
    return at >= span.from && at < span.to ? [{ ...piece, at }] : [];
  });
}

function framesOf(wire: Buffer, format: 'mp3' | 'aac'): Piece[] {
  const cutter = cutterFor(format);
  return [...cutter.push(wire), ...cutter.end()];
}

/** A whole Ogg Opus file: its own pages, numbered and timed from the beginning, the last one marked. */
async function* oggOf(pieces: AsyncIterable<Piece>, first: Segment): AsyncGenerator<Buffer> {
  const serial = first.seq % 2 ** 32;
  yield opusHead(first.run.info, serial);
  let granule = 0n;
  let sequence = 2;
  let packets: Buffer[] = [];
  let laces = 0;
  const page = (last: boolean): Buffer => {
    const made = writePage({ flags: last ? END : 0, granule, serial, sequence }, packets);
    sequence += 1;
    packets = [];
    laces = 0;
    return made;
  };
  for await (const { bytes, samples } of pieces) {
    if (packets.length >= 50 || laces + lacesOf(bytes) > 255) yield page(false);
    packets.push(bytes);
    laces += lacesOf(bytes);
    granule += BigInt(samples);
  }
  yield page(true);
}
