import type { StreamInfo } from '../frames/frame.ts';

/** ISO/IEC 14496-12 boxes, as far as CMAF audio of Opus needs them (Opus in ISOBMFF: encapsulation of the Opus project, v0.8.1). */
type Piece = Buffer | number[];

const u32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
const u16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

function box(type: string, ...pieces: readonly Piece[]): Buffer {
  const body = Buffer.concat(pieces.map((piece) => (Buffer.isBuffer(piece) ? piece : Buffer.from(piece))));
  return Buffer.concat([Buffer.from(u32(body.length + 8)), Buffer.from(type, 'latin1'), body]);
}

const full = (
  type: string,
  head: { version?: number; flags?: number },
  ...pieces: readonly Piece[]
): Buffer => box(type, u32((((head.version ?? 0) << 24) | (head.flags ?? 0)) >>> 0), ...pieces);

const MATRIX = [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)];
const TRACK = 1;

/** `dOps` holds the fields of OpusHead in network order, without its magic and with version 0. */
function opusBox(head: Buffer): Buffer {
  const family = head.readUInt8(18);
  return box(
    'dOps',
    [0, head.readUInt8(9), ...u16(head.readUInt16LE(10)), ...u32(head.readUInt32LE(12))],
    [...u16(head.readInt16LE(16) & 0xffff), family],
    family === 0 ? [] : head.subarray(19),
  );
}

/** The initialisation segment (EXT-X-MAP) of an Opus stream. */
export function initSegment(info: StreamInfo): Buffer {
  const head = info.head ?? Buffer.alloc(19);
  const entry = box(
    'Opus',
    [...zeros(6), ...u16(1), ...zeros(8), ...u16(info.channels), ...u16(16), ...zeros(4)],
    u32(info.rate * 65_536 > 0xffff_ffff ? ((info.rate & 0xffff) << 16) >>> 0 : info.rate * 65_536),
    opusBox(head),
  );
  const stbl = box(
    'stbl',
    full('stsd', {}, u32(1), entry),
    full('stts', {}, u32(0)),
    full('stsc', {}, u32(0)),
    full('stsz', {}, u32(0), u32(0)),
    full('stco', {}, u32(0)),
  );
  const mdia = box(
    'mdia',
    full('mdhd', {}, u32(0), u32(0), u32(info.rate), u32(0), u16(0x55c4), u16(0)),
    full('hdlr', {}, u32(0), Buffer.from('soun'), zeros(12), Buffer.from('Dateline\0')),
    box(
      'minf',
      full('smhd', {}, zeros(4)),
      box('dinf', full('dref', {}, u32(1), full('url ', { flags: 1 }))),
      stbl,
    ),
  );
  const trak = box(
    'trak',
    full(
      'tkhd',
      { flags: 7 },
      u32(0),
      u32(0),
      u32(TRACK),
      zeros(4),
      u32(0),
      zeros(8),
      [...u16(0), ...u16(1), ...u16(0x100), ...u16(0)],
      MATRIX,
      zeros(8),
    ),
    mdia,
  );
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6'), u32(0), Buffer.from('iso6mp41cmfccmfa')),
    box(
      'moov',
      full(
        'mvhd',
        {},
        u32(0),
        u32(0),
        u32(info.rate),
        u32(0),
        u32(0x10000),
        [...u16(0x100), ...zeros(10)],
        MATRIX,
        zeros(24),
        u32(TRACK + 1),
      ),
      trak,
      box('mvex', full('trex', {}, u32(TRACK), u32(1), u32(0), u32(0), u32(0))),
    ),
  ]);
}

export type Sample = { readonly bytes: Buffer; readonly duration: number };

/** A media segment: one movie fragment with every packet of it. `decodeTime` is in samples of the track. */
export function mediaSegment(
  sequence: number,
  given: { readonly decodeTime: bigint; readonly samples: readonly Sample[] },
): Buffer {
  const { decodeTime, samples } = given;
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(decodeTime);
  const entries = Buffer.from(
    samples.flatMap(({ duration, bytes }) => [...u32(duration), ...u32(bytes.length)]),
  );
  const fragment = (dataOffset: number): Buffer =>
    box(
      'moof',
      full('mfhd', {}, u32(sequence)),
      box(
        'traf',
        // default-base-is-moof; every sample is a sync sample.
        full('tfhd', { flags: 0x02_0020 }, u32(TRACK), u32(0x0200_0000)),
        full('tfdt', { version: 1 }, time),
        full('trun', { flags: 0x301 }, u32(samples.length), u32(dataOffset), entries),
      ),
    );
  const size = fragment(0).length;
  return Buffer.concat([
    box('styp', Buffer.from('msdh'), u32(0), Buffer.from('msdhmsixcmfscmfl')),
    fragment(size + 8),
    box('mdat', ...samples.map(({ bytes }) => bytes)),
  ]);
}
