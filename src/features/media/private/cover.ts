const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Segments with which a JPEG is drawn (JFIF, colour profile, Adobe's transform) or vouched for (C2PA); others speak of the camera. */
const DRAWN = new Set([0xe0, 0xe2, 0xeb, 0xee]);

/**
 * A frame with a cover in it, as long as before, whose picture says nothing of place and camera. Undefined where that cannot be had: the
 * cover has to go.
 */
export function withoutExif(frame: Buffer): Buffer | undefined {
  const jpeg = frame.indexOf(JPEG);
  if (jpeg !== -1) return blankSegments(Buffer.from(frame), jpeg + 2);
  const png = frame.indexOf(PNG);
  return png !== -1 && !hasText(frame, png + PNG.length) ? frame : undefined;
}

function blankSegments(frame: Buffer, from: number): Buffer | undefined {
  for (let at = from; at + 4 <= frame.length;) {
    if (frame[at] !== 0xff) return undefined;
    const marker = frame[at + 1] ?? 0;
    // Fill bytes before a marker (ITU T.81 B.1.1.2).
    if (marker === 0xff) at += 1;
    else if (marker === 0xda) return frame;
    else {
      const end = at + 2 + frame.readUInt16BE(at + 2);
      if (end > frame.length) return undefined;
      const speaks = (marker >= 0xe0 && marker <= 0xef && !DRAWN.has(marker)) || marker === 0xfe;
      if (speaks) frame.fill(0, at + 4, end);
      at = end;
    }
  }
  return undefined;
}

/** Whether a PNG has chunks of Exif or text; their checksums make blanking them more than it is worth. */
function hasText(frame: Buffer, from: number): boolean {
  for (let at = from; at + 12 <= frame.length; at += 12 + frame.readUInt32BE(at)) {
    const type = frame.toString('latin1', at + 4, at + 8);
    if (['eXIf', 'tEXt', 'zTXt', 'iTXt'].includes(type)) return true;
    if (type === 'IEND') break;
  }
  return false;
}
