/** Bytes that are needed to tell a file's type. */
export const SNIFF_BYTES = 4096;

const ascii = (head: Uint8Array, from: number, to: number): string =>
  Buffer.from(head.subarray(from, to)).toString('latin1');

const FTYP: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heif',
  heix: 'image/heif',
  mif1: 'image/heif',
  msf1: 'image/heif',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
};

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
