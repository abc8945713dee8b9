import { cutterFor } from '../../../src/features/radio/frames/cutter.ts';
import type { Frame } from '../../../src/features/radio/frames/frame.ts';
import { BEGIN, writePage } from '../../../src/features/radio/frames/ogg.ts';

/** Bytes that look random and are the same each time. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = (state >>> 24) & 0x7f; // Never 0xff: no chance headers.
  }
  return bytes;
}

/** MP3 of 128 kbit/s, 44.1 kHz, stereo: legal headers around noise, each frame its own. */
export function mp3Bytes(seconds: number, seed = 1): Buffer {
  const frames: Buffer[] = [];
  let rest = 0;
  for (let n = 0; (n * 1152) / 44_100 < seconds; n += 1) {
    rest += (144 * 128_000) % 44_100;
    const padded = rest >= 44_100;
    if (padded) rest -= 44_100;
    const frame = Buffer.concat([
      Buffer.from([0xff, 0xfb, padded ? 0x92 : 0x90, 0x44]),
      noise(padded ? 414 : 413, n + seed * 100_000),
    ]);
    frame.writeUInt32BE(n, 40);
    frame[40] = 0;
    frames.push(frame.map((byte, i) => (i > 0 && byte === 0xff ? 0x7e : byte)) as Buffer);
    const made = frames.at(-1);
    if (made !== undefined) made[1] = 0xfb;
  }
  return Buffer.concat(frames);
}

export function mp3Frames(seconds: number, seed = 1): Frame[] {
  const cutter = cutterFor('mp3');
  return [...cutter.push(mp3Bytes(seconds, seed)), ...cutter.end()];
}

/** Ogg Opus of 20 ms packets, stereo. */
export function opusBytes(seconds: number, seed = 1): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(2, 9);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags\x04\0\0\0test\0\0\0\0', 'latin1')]);
  const pages = [
    writePage({ flags: BEGIN, granule: 0n, serial: 7, sequence: 0 }, [head]),
    writePage({ flags: 0, granule: 0n, serial: 7, sequence: 1 }, [tags]),
  ];
  for (let n = 0; n * 0.2 < seconds; n += 1) {
    const packets = Array.from({ length: 10 }, (_, p) =>
      Buffer.concat([Buffer.from([0xfc]), noise(160, n * 10 + p + seed * 1e6)]),
    );
    pages.push(writePage({ flags: 0, granule: BigInt((n + 1) * 9600), serial: 7, sequence: n + 2 }, packets));
  }
  return Buffer.concat(pages);
}

export function opusFrames(seconds: number, seed = 1): Frame[] {
  return [...cutterFor('opus').push(opusBytes(seconds, seed))];
}
