import { type Cutter, type Format, type Frame } from './frame.ts';
import { adtsHeader, mp3Header } from './mpeg-header.ts';
import { makeMpegCutter } from './mpeg.ts';
import { makeOpusCutter } from './opus.ts';

export function cutterFor(format: Format): Cutter {
  return format === 'opus' ? makeOpusCutter() : makeMpegCutter(format);
}

/** How much of a stream is looked at before it is given up as none of the three. */
const PROBE_BYTES = 512 * 1024;

export type Probing = Cutter & {
  /** Undefined until the content has told. */
  readonly format: Format | undefined;
  /** The content is none of the three. */
  readonly hopeless: boolean;
};

/** A cutter that finds out by the content alone what it cuts: content types of encoders are wrong too often. */
export function makeProbingCutter(): Probing {
  let cutter: Cutter | undefined;
  let format: Format | undefined;
  let seen: Buffer = Buffer.alloc(0);
  let lost = 0;
  let hopeless = false;

  return {
    push: (chunk) => {
      if (cutter !== undefined) return cutter.push(chunk);
      if (hopeless) return [];
      seen = Buffer.concat([seen, chunk]);
      format = tell(seen);
      if (format === undefined) {
        if (seen.length > PROBE_BYTES) {
          hopeless = true;
          lost += seen.length;
          seen = Buffer.alloc(0);
        }
        return [];
      }
      cutter = cutterFor(format);
      const first = seen;
      seen = Buffer.alloc(0);
      return cutter.push(first);
    },
    end: (): readonly Frame[] => cutter?.end() ?? [],
    get skipped() {
      return lost + (cutter?.skipped ?? 0);
    },
    get tags() {
      return cutter?.tags ?? {};
    },
    get format() {
      return format;
    },
    get hopeless() {
      return hopeless;
    },
  };
}

/** Three frames in a row of one kind, or a page of Ogg that begins an Opus stream. */
export function tell(bytes: Buffer): Format | undefined {
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at];
    if (first === 0x4f && bytes.toString('latin1', at, at + 4) === 'OggS') {
      if (bytes.length < at + 36) return undefined;
      if (bytes.toString('latin1', at + 28, at + 36) === 'OpusHead') return 'opus';
    }
    if (first === 0x49 && bytes.toString('latin1', at, at + 3) === 'ID3' && bytes.length >= at + 10) {
      const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[at + i] ?? 0) & 0x7f), 0);
      at += size + 9;
      continue;
    }
    if (first !== 0xff) continue;
    for (const [name, headerAt] of [
      ['mp3', mp3Header],
      ['aac', adtsHeader],
    ] as const) {
      const one = headerAt(bytes, at);
      const two = one && headerAt(bytes, at + one.length);
      const three = one && two && headerAt(bytes, at + one.length + two.length);
      if (three !== undefined && two?.info === three.info) return name;
    }
  }
  return undefined;
}
