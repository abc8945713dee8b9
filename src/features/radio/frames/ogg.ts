import { oggCrc } from '../../../base/ogg-crc.ts';

/** Pages of Ogg (RFC 3533 §6). */
export type Page = {
  readonly flags: number;
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  readonly laces: Buffer;
  readonly body: Buffer;
  readonly length: number;
};

export const CONTINUED = 1;
export const BEGIN = 2;
export const END = 4;

/** The page at `at`: `short` when more bytes are needed, undefined when there is none or its checksum is wrong. */
export function pageAt(bytes: Buffer, at: number): Page | 'short' | undefined {
  if (bytes.length - at < 27)
    return 'OggS'.startsWith(bytes.toString('latin1', at, Math.min(at + 4, bytes.length))) ||
      bytes.toString('latin1', at, at + 4) === 'OggS'
      ? 'short'
      : undefined;
  if (bytes.readUInt32BE(at) !== 0x4f67_6753 || bytes[at + 4] !== 0) return undefined;
  const count = bytes.readUInt8(at + 26);
  if (bytes.length - at < 27 + count) return 'short';
  const laces = bytes.subarray(at + 27, at + 27 + count);
  let size = 0;
  for (const lace of laces) size += lace;
  const length = 27 + count + size;
  if (bytes.length - at < length) return 'short';
  if (oggCrc(bytes.subarray(at, at + length)) !== bytes.readUInt32LE(at + 22)) return undefined;
  return {
    flags: bytes.readUInt8(at + 5),
    granule: bytes.readBigUInt64LE(at + 6),
    serial: bytes.readUInt32LE(at + 14),
    sequence: bytes.readUInt32LE(at + 18),
    laces,
    body: bytes.subarray(at + 27 + count, at + length),
    length,
  };
}

export type PageHead = {
  readonly flags: number;
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
};

/** Writes whole packets as one page; at most 255 laces. */
export function writePage(head: PageHead, packets: readonly Buffer[]): Buffer {
  const laces: number[] = [];
  for (const packet of packets) {
    for (let left = packet.length; ; left -= 255) {
      laces.push(Math.min(255, left));
      if (left < 255) break;
    }
  }
  if (laces.length > 255) throw new RangeError('the packets do not fit into one page of Ogg');
  const page = Buffer.alloc(27 + laces.length);
  page.write('OggS', 0, 'latin1');
  page.writeUInt8(head.flags, 5);
  page.writeBigUInt64LE(head.granule, 6);
  page.writeUInt32LE(head.serial >>> 0, 14);
  page.writeUInt32LE(head.sequence >>> 0, 18);
  page.writeUInt8(laces.length, 26);
  page.set(laces, 27);
  const whole = Buffer.concat([page, ...packets]);
  whole.writeUInt32LE(oggCrc(whole), 22);
  return whole;
}

/** How many laces a packet takes. */
export function lacesOf(packet: Buffer): number {
  return Math.floor(packet.length / 255) + 1;
}
