import { type Cutter, type Frame, MAX_HELD } from './frame.ts';
import { adtsHeader, type Header, isDescription, mp3Header } from './mpeg-header.ts';

const NONE: readonly Frame[] = [];

/**
 * Cuts MP3 or ADTS. A frame counts only when another of the same kind begins right after it, so that bytes which look like a header by
 * chance, and a frame that lost some of its bytes, are not taken for sound.
 */
export function makeMpegCutter(format: 'mp3' | 'aac'): Cutter {
  const headerAt: (bytes: Buffer, at: number) => Header | undefined =
    format === 'mp3' ? mp3Header : adtsHeader;
  const headerBytes = format === 'mp3' ? 4 : 7;
  let held: Buffer = Buffer.alloc(0);
  let skipped = 0;
  /** Bytes of a tag (ID3) that are still to be passed over. */
  let toSkip = 0;

  function cut(over: boolean): readonly Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < held.length) {
      if (toSkip > 0) {
        const now = Math.min(toSkip, held.length - at);
        toSkip -= now;
        skipped += now;
        at += now;
        continue;
      }
      const tag = tagAt(held, at);
      if (tag === 'wait' && !over) break;
      if (typeof tag === 'number') {
        toSkip = tag;
        continue;
      }
      const header = headerAt(held, at);
      if (header === undefined) {
        if (held.length - at < headerBytes && !over && held[at] === 0xff) break;
        const next = held.indexOf(0xff, at + 1);
        const id3 = held.indexOf('ID3', at + 1, 'latin1');
        // The last two bytes may be the beginning of a tag's name.
        const end = next === -1 ? (over ? held.length : Math.max(at + 1, held.length - 2)) : next;
        const to = id3 === -1 ? end : Math.min(end, id3);
        skipped += to - at;
        at = to;
        continue;
      }
      const following = at + header.length;
      if (!over && following + headerBytes > held.length) break;
      const successor = headerAt(held, following);
      const whole = following <= held.length;
      const agrees =
        successor === undefined
          ? tagAt(held, following) !== undefined || (over && following === held.length)
          : successor.info === header.info || changes(held, following, successor);
      if (!whole || !agrees) {
        skipped += 1;
        at += 1;
        continue;
      }
      const bytes = held.subarray(at, following);
      if (format === 'aac' || !isDescription(bytes, header))
        frames.push({ info: header.info, bytes, samples: header.samples });
      else skipped += bytes.length;
      at = following;
    }
    held = held.subarray(at);
    return frames;
  }

  /** An encoder that changes its format: believed when two frames of the new one follow. */
  function changes(bytes: Buffer, at: number, header: Header): boolean {
    return headerAt(bytes, at + header.length)?.info === header.info;
  }

  return {
    push: (chunk) => {
      if (chunk.length === 0) return NONE;
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const frames = cut(false);
      if (held.length > MAX_HELD) {
        skipped += held.length;
        held = Buffer.alloc(0);
      }
      // A slice would keep the whole chunk alive.
      if (held.length > 0 && held.length < held.buffer.byteLength / 4) held = Buffer.from(held);
      return frames;
    },
    end: () => {
      const frames = cut(true);
      held = Buffer.alloc(0);
      return frames;
    },
    get skipped() {
      return skipped;
    },
  };
}

/** The size of an ID3v2 or ID3v1 tag here; `wait` when too little is there to say. */
function tagAt(bytes: Buffer, at: number): number | 'wait' | undefined {
  const left = bytes.length - at;
  const word = bytes.toString('latin1', at, at + Math.min(3, left));
  if (left < 3) return word !== '' && ('ID3'.startsWith(word) || 'TAG'.startsWith(word)) ? 'wait' : undefined;
  if (word === 'TAG') return 128;
  if (word !== 'ID3') return undefined;
  if (left < 10) return 'wait';
  // ID3v2.4 §3.1: four bytes of seven bits.
  let size = 0;
  for (let i = 6; i < 10; i += 1) {
    const byte = bytes.readUInt8(at + i);
    if (byte > 0x7f) return undefined;
    size = size * 128 + byte;
  }
  return size > 16 * 1024 * 1024 ? undefined : size + 10;
}
