import { Problem } from '../../base/problem.ts';
import { mediaTypes } from '../../contract/media.ts';

/** Bytes that are needed to tell a file's type. */
export const SNIFF_BYTES = 4096;

const ascii = (head: Uint8Array, from: number, to: number): string =>
  Buffer.from(head.subarray(from, to)).toString('latin1');

const FTYP: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
};

/** Brands of pictures in HEIF that are coded as HEVC, and of HEIF whose coding its further brands say (ISO 23008-12). */
const HEIF = new Set('heic heix hevc hevx heim heis hevm hevs mif1 msf1'.split(' '));

/** A picture in HEIF is AVIF when any of its brands says so. */
function heifType(head: Uint8Array): string {
  const length = Buffer.from(head).readUInt32BE(0);
  return /^(?:.{4})*?avi[fs]/s.test(ascii(head, 16, Math.min(length, 256))) ? 'image/avif' : 'image/heif';
}

/**
 * The type of a file by its first bytes, whatever it is called: one of contract/media's types, or undefined. Text is what is UTF-8
 * without controls and does not begin like markup; SVG, HTML and programs are none of ours.
 */
export function sniffType(head: Uint8Array, fileName: string): string | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  const four = ascii(head, 0, 4);
  const later = ascii(head, 8, 12);
  if (four === 'GIF8') return 'image/gif';
  if (four === 'RIFF') return later === 'WEBP' ? 'image/webp' : later === 'WAVE' ? 'audio/wav' : undefined;
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'image/tiff';
  if (ascii(head, 4, 8) === 'ftyp' && HEIF.has(later)) return heifType(head);
  if (ascii(head, 4, 8) === 'ftyp')
    return FTYP[later] ?? (/\.m4[ab]$/i.test(fileName) ? 'audio/mp4' : 'video/mp4');
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return ascii(head, 0, 64).includes('webm') ? 'video/webm' : undefined;
  if (four === 'OggS') return 'audio/ogg';
  if (four === 'fLaC') return 'audio/flac';
  if (four.startsWith('ID3')) return 'audio/mpeg';
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0) return 'audio/aac';
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) >= 0xe2) return 'audio/mpeg';
  if (four === '%PDF') return 'application/pdf';
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'application/zip';
  return isPlainText(head) ? (/\.csv$/i.test(fileName) ? 'text/csv' : 'text/plain') : undefined;
}

function isPlainText(head: Uint8Array): boolean {
  let text: string;
  try {
    // The cut may be within a character, which `stream` forgives.
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return false;
  }
  // oxlint-disable-next-line no-control-regex -- controls are what is looked for
  return text !== '' && !/[\u0000-\u0008\u000e-\u001f]/.test(text) && !/^\s*(<|#!|%!)/.test(text);
}

/** Whether a file of this type is taken. @throws Problem `unsupported`, with what to send in its place */
export function checkTaken(type: string | undefined, fileName: string): asserts type is string {
  if (type === 'image/heif')
    throw new Problem(
      'unsupported',
      `"${fileName}" is a HEIC picture, which cannot be read here.`,
      'Export it as JPEG and send that. An iPhone takes JPEG with Settings, Camera, Formats, Most Compatible.',
    );
  if (type === undefined || mediaTypes[type] === undefined)
    throw new Problem(
      'unsupported',
      `"${fileName}" is not a kind of file that is taken.`,
      'Send a picture (JPEG, PNG, WebP, AVIF, GIF, TIFF), audio, video, PDF, ZIP, CSV or plain text.',
    );
}
