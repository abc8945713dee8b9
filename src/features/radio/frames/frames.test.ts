import { execFileSync } from 'node:child_process';
import CodecParser from 'codec-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findProgram } from '../../../../tests/support/radio/programs.ts';
import { makeProbingCutter } from './cutter.ts';
import type { Format, Frame } from './frame.ts';

const kinds: readonly { format: Format; args: readonly string[]; mime: string }[] = [
  { format: 'mp3', mime: 'audio/mpeg', args: ['-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3'] },
  { format: 'aac', mime: 'audio/aac', args: ['-c:a', 'aac', '-b:a', '96k', '-f', 'adts'] },
  { format: 'opus', mime: 'audio/ogg', args: ['-c:a', 'libopus', '-b:a', '64k', '-f', 'ogg'] },
];
const made = new Map<Format, Buffer>();

/** Six seconds of noise and tones by the real encoder: every frame differs. */
function sound(format: Format): Buffer {
  let bytes = made.get(format);
  if (bytes === undefined) {
    const kind = kinds.find((each) => each.format === format);
    const source = 'sine=f=440:r=48000:d=6,volume=0.5[a];anoisesrc=a=0.1:r=48000:d=6:s=7[b];[a][b]amix';
    bytes = execFileSync(
      findProgram('ffmpeg'),
      ['-v', 'error', '-filter_complex', source, '-ac', '2', ...(kind?.args ?? []), '-'],
      { maxBuffer: 1e8 },
    );
    made.set(format, bytes);
  }
  return bytes;
}

function cut(chunks: readonly Buffer[]): { frames: Frame[]; skipped: number; format: Format | undefined } {
  const cutter = makeProbingCutter();
  const frames = chunks.flatMap((chunk) => [...cutter.push(chunk)]);
  frames.push(...cutter.end());
  return { frames, skipped: cutter.skipped, format: cutter.format };
}

function slices(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    chunks.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return chunks;
}

/** What an independent, well-kept parser finds. */
function reference(bytes: Buffer, mime: string): Buffer[] {
  const parser = new CodecParser(mime as 'audio/mpeg');
  const found = parser.parseAll(bytes);
  return found.flatMap((item) =>
    'codecFrames' in item
      ? (item.codecFrames ?? []).map(({ data }) => Buffer.from(data))
      : [Buffer.from(item.data)],
  );
}

describe.each(kinds)('$format', ({ format, mime }) => {
  test('is told by its content and cut into the frames that an independent parser finds', () => {
    const bytes = sound(format);
    const found = cut(slices(bytes, [1, 7, 1400, 65_536]));
    expect(found.format).toBe(format);
    const expected = reference(bytes, mime).filter(
      (frame) => !/Xing|Info/.test(frame.toString('latin1', 0, 64)),
    );
    expect(found.frames.map(({ bytes: frame }) => frame.toString('hex'))).toEqual(
      expected.map((frame) => frame.toString('hex')),
    );
    const seconds = found.frames.reduce((all, frame) => all + frame.samples / frame.info.rate, 0);
    expect(seconds).toBeGreaterThan(5.99);
    expect(seconds).toBeLessThan(6.1);
  });

  test('is found again after garbage, and only whole frames of the original come out', () => {
    const bytes = sound(format);
    const original = new Set(cut([bytes]).frames.map((frame) => frame.bytes.toString('hex')));
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.integer({ min: 8000, max: bytes.length - 1 }),
            remove: fc.integer({ min: 0, max: 300 }),
            insert: fc.uint8Array({ maxLength: 400 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 5 }),
        (faults, sizes) => {
          let broken = bytes;
          for (const { at, remove, insert } of faults)
            broken = Buffer.concat([broken.subarray(0, at), insert, broken.subarray(at + remove)]);
          const { frames } = cut(slices(broken, sizes));
          // A replaced stretch may lie within one frame, which then keeps its length: that frame alone cannot be told.
          const strange = frames.filter((frame) => !original.has(frame.bytes.toString('hex')));
          expect(strange.length).toBeLessThanOrEqual(faults.length);
          // A page of Opus holds a second of it, and its checksum is all or nothing.
          const lost = original.size - frames.length;
          expect(lost).toBeLessThanOrEqual(faults.length * (format === 'opus' ? 102 : 6));
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('noise of any kind gives no frame, and little is held of it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 4000 }), { maxLength: 40 }), (chunks) => {
      const { frames } = cut(chunks.map((chunk) => Buffer.from(chunk)));
      expect(frames.length).toBe(0);
    }),
    { numRuns: 60 },
  );
  const cutter = makeProbingCutter();
  const chunk = Buffer.alloc(65_536, 0x20);
  for (let n = 0; n < 20; n += 1) cutter.push(chunk);
  expect(cutter.hopeless).toBe(true);
  expect(cutter.skipped).toBeGreaterThan(500_000);
});
