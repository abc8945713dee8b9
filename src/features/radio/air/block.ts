import type { Frame, StreamInfo } from '../frames/frame.ts';
import { BEGIN, lacesOf, writePage } from '../frames/ogg.ts';

/** Whole frames that travel together: one buffer, shared by the store and by every listener. */
export type Block = {
  readonly info: StreamInfo;
  /** What goes over the wire and into the recording: frames end to end, or pages of Ogg. */
  readonly bytes: Buffer;
  readonly samples: number;
};

/** How much sound a block holds: fewer blocks mean fewer writes for each listener, more mean less delay. */
const BLOCK_SECONDS = 0.5;
const MAX_BLOCK_FRAMES = 400;

export type Packer = {
  push(frame: Frame): Block | undefined;
  /** What has gathered so far. */
  flush(): Block | undefined;
};

/** Gathers frames into blocks; Opus packets are laid into pages of a stream of our own, whose numbers run on. */
export function makePacker(serial: number): Packer {
  let frames: Frame[] = [];
  let samples = 0;
  let granule = 0n;
  let sequence = 2; // The two pages of the head are 0 and 1.

  function pages(of: readonly Frame[]): Buffer {
    const made: Buffer[] = [];
    let packets: Buffer[] = [];
    let laces = 0;
    const close = (): void => {
      if (packets.length === 0) return;
      made.push(writePage({ flags: 0, granule, serial, sequence }, packets));
      sequence += 1;
      packets = [];
      laces = 0;
    };
    for (const frame of of) {
      const more = lacesOf(frame.bytes);
      if (laces + more > 255) close();
      packets.push(frame.bytes);
      laces += more;
      granule += BigInt(frame.samples);
    }
    close();
    return made.length === 1 ? (made[0] ?? Buffer.alloc(0)) : Buffer.concat(made);
  }

  function take(): Block | undefined {
    const [first] = frames;
    if (first === undefined) return undefined;
    const block = {
      info: first.info,
      bytes: first.info.format === 'opus' ? pages(frames) : Buffer.concat(frames.map((frame) => frame.bytes)),
      samples,
    };
    frames = [];
    samples = 0;
    return block;
  }

  return {
    push: (frame) => {
      const changed = frames[0] !== undefined && frames[0].info.key !== frame.info.key ? take() : undefined;
      frames.push(frame);
      samples += frame.samples;
      if (changed !== undefined) return changed;
      return samples >= BLOCK_SECONDS * frame.info.rate || frames.length >= MAX_BLOCK_FRAMES
        ? take()
        : undefined;
    },
    flush: take,
  };
}

/** The two pages with which an Ogg Opus stream begins (RFC 7845 §3): every listener gets them first. */
export function opusHead(info: StreamInfo, serial: number): Buffer {
  const vendor = Buffer.from('Dateline');
  const tags = Buffer.alloc(16 + vendor.length);
  tags.write('OpusTags', 0, 'latin1');
  tags.writeUInt32LE(vendor.length, 8);
  vendor.copy(tags, 12);
  const head = info.head ?? Buffer.alloc(0);
  return Buffer.concat([
    writePage({ flags: BEGIN, granule: 0n, serial, sequence: 0 }, [head]),
    writePage({ flags: 0, granule: 0n, serial, sequence: 1 }, [tags]),
  ]);
}
