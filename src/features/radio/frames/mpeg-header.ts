import type { StreamInfo } from './frame.ts';

/** What a four-byte (MP3) or seven-byte (ADTS) header says. */
export type Header = { readonly info: StreamInfo; readonly length: number; readonly samples: number };

const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MP3_RATES = [44_100, 48_000, 32_000];
const AAC_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];

const known = new Map<string, StreamInfo>();
function infoOf(info: Omit<StreamInfo, 'key'>): StreamInfo {
  const key = `${info.format} ${info.rate} ${info.channels} ${info.codec}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = { ...info, key }));
  return found;
}

/** ISO/IEC 11172-3 §2.4.2.3 and 13818-3: layer III of MPEG-1, MPEG-2 and the 2.5 extension; no free format. */
export function mp3Header(bytes: Buffer, at: number): Header | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined;
  const second = bytes.readUInt8(at + 1);
  const third = bytes.readUInt8(at + 2);
  const fourth = bytes.readUInt8(at + 3);
  if ((second & 0xe6) !== 0xe2) return undefined;
  const version = (second >> 3) & 3; // 0: 2.5, 2: MPEG-2, 3: MPEG-1
  const rateIndex = (third >> 2) & 3;
  const kbits = (version === 3 ? KBITS_1 : KBITS_2)[third >> 4] ?? 0;
  if (version === 1 || kbits === 0 || rateIndex === 3 || (fourth & 3) === 2) return undefined;
  const rate = (MP3_RATES[rateIndex] ?? 0) >> (version === 3 ? 0 : version === 2 ? 1 : 2);
  const samples = version === 3 ? 1152 : 576;
  const length = Math.floor(((samples / 8) * kbits * 1000) / rate) + ((third >> 1) & 1);
  const channels = fourth >> 6 === 3 ? 1 : 2;
  // MP4RA: 6B is MPEG-1 audio, 69 MPEG-2; playlists want the name that players know.
  return { info: infoOf({ format: 'mp3', rate, channels, codec: 'mp4a.40.34' }), length, samples };
}

/** ISO/IEC 13818-7 §6.2: the fixed and variable header of ADTS. */
export function adtsHeader(bytes: Buffer, at: number): Header | undefined {
  if (at + 7 > bytes.length || bytes[at] !== 0xff) return undefined;
  const second = bytes.readUInt8(at + 1);
  if ((second & 0xf6) !== 0xf0) return undefined;
  const third = bytes.readUInt8(at + 2);
  const fourth = bytes.readUInt8(at + 3);
  const rate = AAC_RATES[(third >> 2) & 15];
  const configured = ((third & 1) << 2) | (fourth >> 6);
  if (rate === undefined || configured === 0) return undefined;
  const length = ((fourth & 3) << 11) | (bytes.readUInt8(at + 4) << 3) | (bytes.readUInt8(at + 5) >> 5);
  const blocks = (bytes.readUInt8(at + 6) & 3) + 1;
  if (length < ((second & 1) === 1 ? 8 : 10)) return undefined;
  const channels = configured === 7 ? 8 : configured;
  const codec = `mp4a.40.${(third >> 6) + 1}`;
  return { info: infoOf({ format: 'aac', rate, channels, codec }), length, samples: 1024 * blocks };
}

/** A first frame without sound that describes a file (Xing, Info, VBRI): its numbers are wrong in a stream. */
export function isDescription(frame: Buffer, header: Header): boolean {
  const mono = header.info.channels === 1;
  const side = header.samples === 1152 ? (mono ? 17 : 32) : mono ? 9 : 17;
  const word = frame.toString('latin1', 4 + side, 8 + side);
  return word === 'Xing' || word === 'Info' || frame.toString('latin1', 36, 40) === 'VBRI';
}
