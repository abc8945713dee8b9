import { pageAt } from '../frames/ogg.ts';
import { opusSamples } from '../frames/opus.ts';
import { packetsOfPage } from '../store/run-file.ts';
import type { Segment } from '../store/segment.ts';
import { mediaSegment, type Sample } from './fmp4.ts';
import { timestampTag } from './id3.ts';

/** A segment as players of HLS take it: packed audio with its timestamp, or a fragment of MP4 for Opus. Nothing is decoded. */
export function segmentBytes(segment: Segment, wire: Buffer): Buffer {
  if (segment.run.info.format !== 'opus') return Buffer.concat([timestampTag(segment.pts), wire]);
  // 90 kHz to 48 kHz; the two clocks meet at every 15th tick.
  const decodeTime = (BigInt(segment.pts) * 8n) / 15n;
  return mediaSegment(segment.seq, { decodeTime, samples: packetsOf(wire) });
}

/** The packets in pages of ours. */
export function packetsOf(wire: Buffer): Sample[] {
  const samples: Sample[] = [];
  for (let at = 0; at < wire.length;) {
    const page = pageAt(wire, at);
    if (page === undefined || page === 'short') break;
    for (const bytes of packetsOfPage(page)) samples.push({ bytes, duration: opusSamples(bytes) ?? 0 });
    at += page.length;
  }
  return samples;
}
