import type { FileHandle } from 'node:fs/promises';
import { readAt, zero } from './bytes.ts';
import { publicTag } from './id3.ts';

/** Chunks with which a WAV file is played, or that say who made it; iXML, XMP and makers' own become `JUNK`. */
const PUBLIC = new Set(
  'fmt |data|fact|cue |smpl|inst|plst|PEAK|bext|chna|dbmd|ds64|C2PA|JUNK|junk|PAD |FLLR|slnt|levl'.split('|'),
);
/** Of a `LIST` of information: title, artist, rights, date, genre, album, language, track, subject, keywords, program. */
const INFORMATION = new Set(
  'INAM IART ICOP ICRD IGNR IPRD ILNG ITRK IPRT ISBJ IKEY ISFT IENG IPUB'.split(' '),
);
const MAX_TAG = 64_000_000;
/** Where a broadcast wave's UMID has its source pack: when, where and by whom it was recorded (EBU Tech 3285, SMPTE 330M). */
const SOURCE_PACK = { at: 348 + 32, length: 32 };

/** Takes out of a WAV file what is private, in place: such a chunk becomes `JUNK` of zeros, so that nothing moves. */
export async function cleanWave(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  await visit(handle, { start: 12, end: size, names: PUBLIC });
}

async function visit(
  handle: FileHandle,
  part: { start: number; end: number; names: ReadonlySet<string> },
): Promise<void> {
  for (let at = part.start; at + 8 <= part.end;) {
    const head = await readAt(handle, at, 12);
    const name = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    const list = name === 'LIST' ? head.toString('latin1', 8, 12) : '';
    if (list === 'INFO')
      await visit(handle, { start: at + 12, end: Math.min(part.end, at + 8 + length), names: INFORMATION });
    else if (name.toLowerCase() === 'id3 ' && length < MAX_TAG) {
      const tag = publicTag(await readAt(handle, at + 8, length));
      await handle.write(tag, 0, tag.length, at + 8);
    } else if (name === 'bext' && length >= SOURCE_PACK.at + SOURCE_PACK.length)
      await zero(handle, at + 8 + SOURCE_PACK.at, SOURCE_PACK.length);
    else if (!part.names.has(name) && !['adtl', 'wavl'].includes(list)) {
      await handle.write(Buffer.from('JUNK'), 0, 4, at);
      await zero(handle, at + 8, length);
    }
    at += 8 + length + (length % 2);
  }
}
