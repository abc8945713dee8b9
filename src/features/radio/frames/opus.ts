import { type Cutter, type Frame, MAX_HELD, type StreamInfo, type Tags } from './frame.ts';
import { BEGIN, CONTINUED, type Page, pageAt } from './ogg.ts';

const MAX_PACKET = 61_440; // RFC 7845 §3 bounds what a demuxer should take.
/** Frame sizes by configuration in samples of 48 kHz (RFC 6716 §3.1, table 2). */
const SILK = [480, 960, 1920, 2880];
const HYBRID = [480, 960];
const CELT = [120, 240, 480, 960];

/** The duration of an Opus packet in samples of 48 kHz (RFC 6716 §3.1–3.2); undefined for an illegal one. */
export function opusSamples(packet: Buffer): number | undefined {
  const toc = packet[0];
  if (toc === undefined) return undefined;
  const config = toc >> 3;
  const size = config < 12 ? SILK[config & 3] : config < 16 ? HYBRID[config & 1] : CELT[config & 3];
  const code = toc & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  const samples = (size ?? 0) * count;
  return samples === 0 || samples > 5760 ? undefined : samples;
}

/** What an OpusHead says (RFC 7845 §5.1); undefined when it is none that can be played. */
export function opusInfo(head: Buffer): StreamInfo | undefined {
  if (head.length < 19 || head.toString('latin1', 0, 8) !== 'OpusHead') return undefined;
  const channels = head.readUInt8(9);
  if (head.readUInt8(8) >> 4 !== 0 || channels === 0) return undefined;
  const family = head.readUInt8(18);
  if (family === 0 && channels > 2) return undefined;
  if (family !== 0 && head.length < 21 + channels) return undefined;
  const mapping = head.subarray(16, family === 0 ? 19 : 21 + channels).toString('hex');
  return {
    format: 'opus',
    rate: 48_000,
    channels,
    codec: 'opus',
    key: `opus ${channels} ${mapping}`,
    head: Buffer.from(head.subarray(0, family === 0 ? 19 : 21 + channels)),
  };
}

/** Title and artist of an OpusTags packet (RFC 7845 §5.2). */
export function opusTags(packet: Buffer): Tags | undefined {
  if (packet.toString('latin1', 0, 8) !== 'OpusTags' || packet.length < 16) return undefined;
  const tags: { title?: string; artist?: string } = {};
  let at = 12 + packet.readUInt32LE(8);
  if (at + 4 > packet.length) return tags;
  const count = packet.readUInt32LE(at);
  at += 4;
  for (let n = 0; n < count && n < 200 && at + 4 <= packet.length; n += 1) {
    const size = packet.readUInt32LE(at);
    if (at + 4 + size > packet.length) break;
    const text = packet.toString('utf8', at + 4, at + 4 + Math.min(size, 1000));
    const [name = '', ...value] = text.split('=');
    if (/^title$/i.test(name)) tags.title = value.join('=');
    if (/^artist$/i.test(name)) tags.artist = value.join('=');
    at += 4 + size;
  }
  return tags;
}

/**
 * Takes the packets out of Ogg Opus. Pages with a wrong checksum are skipped; of several logical streams the newest Opus one is followed
 * (chained streams follow one another, RFC 7845 §3).
 */
export function makeOpusCutter(): Cutter {
  let held: Buffer = Buffer.alloc(0);
  let skipped = 0;
  let serial: number | undefined;
  let info: StreamInfo | undefined;
  let expected = -1;
  let part: Buffer[] = [];
  let partBytes = 0;
  let tags: Tags | undefined;
  let awaitsTags = false;

  function packet(bytes: Buffer, frames: Frame[]): void {
    if (awaitsTags) {
      awaitsTags = false;
      tags = opusTags(bytes) ?? tags;
      return;
    }
    const samples = opusSamples(bytes);
    if (info === undefined || samples === undefined) skipped += bytes.length;
    else frames.push({ info, bytes, samples });
  }

  function take(page: Page, frames: Frame[]): void {
    if ((page.flags & BEGIN) !== 0) {
      const begun = opusInfo(page.body);
      if (begun === undefined) return void (skipped += page.length);
      info = info?.key === begun.key ? info : begun;
      serial = page.serial;
      expected = page.sequence + 1;
      part = [];
      partBytes = 0;
      awaitsTags = true;
      return;
    }
    if (page.serial !== serial) return void (skipped += page.length);
    const lost = page.sequence !== expected;
    expected = page.sequence + 1;
    let at = 0;
    let start = 0;
    // The rest of a packet whose beginning was lost is of no use.
    let orphan = (page.flags & CONTINUED) !== 0 && (lost || partBytes === 0);
    if (lost || (page.flags & CONTINUED) === 0) {
      part = [];
      partBytes = 0;
    }
    for (const lace of page.laces) {
      at += lace;
      if (lace === 255) continue;
      const piece = page.body.subarray(start, at);
      start = at;
      if (orphan) {
        orphan = false;
        skipped += piece.length;
        continue;
      }
      packet(part.length === 0 ? piece : Buffer.concat([...part, piece]), frames);
      part = [];
      partBytes = 0;
    }
    if (start < at && !orphan) {
      part.push(Buffer.from(page.body.subarray(start, at)));
      partBytes += at - start;
      // Only a picture in the tags is as large; what is longer is no sound.
      if (partBytes > (awaitsTags ? 16 * MAX_HELD : MAX_PACKET)) {
        part = [];
        partBytes = 0;
      }
    }
  }

  return {
    push: (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const frames: Frame[] = [];
      let at = 0;
      while (at < held.length) {
        const page = pageAt(held, at);
        if (page === 'short') break;
        if (page === undefined) {
          const next = held.indexOf('OggS', at + 1, 'latin1');
          const to = next === -1 ? Math.max(at + 1, held.length - 3) : next;
          skipped += to - at;
          at = to;
          continue;
        }
        take(page, frames);
        at += page.length;
      }
      held = held.subarray(at);
      if (held.length > MAX_HELD) {
        skipped += held.length;
        held = Buffer.alloc(0);
      }
      if (held.length > 0 && held.length < held.buffer.byteLength / 4) held = Buffer.from(held);
      return frames;
    },
    end: () => {
      held = Buffer.alloc(0);
      return [];
    },
    get skipped() {
      return skipped;
    },
    get tags() {
      return tags;
    },
  };
}
