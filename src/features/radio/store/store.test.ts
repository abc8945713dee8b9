import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { makePacker } from '../air/block.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import type { Frame } from '../frames/frame.ts';
import { initSegment } from '../hls/fmp4.ts';
import { mediaPlaylist } from '../hls/playlist.ts';
import { packetsOf, segmentBytes } from '../hls/segment-bytes.ts';
import { mp3Frames, opusFrames } from '../../../../tests/support/radio/sounds.ts';
import { SegmentStore, type StoreOptions } from './segment-store.ts';
import { secondsOf } from './segment.ts';

const START = Date.parse('2026-03-01T10:00:00.000Z');

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-radio-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function house(folder: string, more: Partial<StoreOptions> = {}) {
  const time = { now: START };
  const open = () =>
    SegmentStore.open({
      folder,
      rewindMs: 6 * 3600_000,
      keepMs: 0,
      maxBytes: 1e9,
      now: () => time.now,
      ...more,
    });
  /** Plays frames as they would come, flushing after each second. */
  const play = async (store: SegmentStore, frames: readonly Frame[]): Promise<void> => {
    const packer = makePacker(1);
    let played = 0;
    let flushed = time.now;
    const begun = time.now;
    for (const frame of frames) {
      played += (frame.samples * 1000) / frame.info.rate;
      time.now = begun + played;
      const block = packer.push(frame);
      if (block !== undefined) store.append(block);
      if (store.due || time.now - flushed >= 1000) {
        flushed = time.now;
        await store.flush();
      }
    }
    const rest = packer.flush();
    if (rest !== undefined) store.append(rest);
    await store.flush();
  };
  return { time, open, play };
}

const soundOf = async (store: SegmentStore): Promise<Buffer> =>
  Buffer.concat(
    await Promise.all(store.segments.map(async (one) => (await store.read(one)) ?? Buffer.alloc(0))),
  );

test('what was on the air is listed without a gap and is the sound that came in', async () => {
  const folder = folderFor();
  const { open, play } = house(folder);
  const store = await open();
  const frames = mp3Frames(60);
  await play(store, frames);
  await store.close();
  expect((await soundOf(store)).equals(Buffer.concat(frames.map(({ bytes }) => bytes)))).toBe(true);
  for (const [n, segment] of store.segments.entries()) {
    const before = store.segments[n - 1];
    expect(secondsOf(segment)).toBeLessThanOrEqual(4);
    if (before === undefined) continue;
    expect(segment.seq).toBe(before.seq + 1);
    expect(Math.abs(segment.at - before.at - secondsOf(before) * 1000)).toBeLessThan(2);
  }
  const again = await open();
  expect(again.segments.map(({ run: _run, ...rest }) => rest)).toEqual(
    store.segments.map(({ run: _run, ...rest }) => rest),
  );
});

test('a kill at any byte loses the unsynced end alone; numbers go on', async () => {
  const frames = mp3Frames(30);
  const folder = folderFor();
  const { open, play, time } = house(folder);
  const store = await open();
  await play(store, frames);
  const whole = Buffer.concat(frames.map(({ bytes }) => bytes));
  const listed = store.segments.length;
  const [data = ''] = readdirSync(folder).filter((name) => name.endsWith('.mp3'));
  const [index = ''] = readdirSync(folder).filter((name) => name.endsWith('.index'));
  const sound = readFileSync(join(folder, data));
  const lines = readFileSync(join(folder, index));
  expect(sound.equals(whole.subarray(0, sound.length)), 'everything is on disk before the process ends').toBe(
    true,
  );
  expect(whole.length - sound.length).toBe(0);
  let end = 0;
  const ends = frames.map((frame) => (end += frame.bytes.length));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1000, max: sound.length }),
      fc.integer({ min: 200, max: lines.length }),
      fc.uint8Array({ maxLength: 30 }),
      async (bytes, promised, rubbish) => {
        // Rubbish that fills a torn frame to its very end, where the file ends too, is a frame to anyone: MP3 has no sum to tell by.
        const lacking = (ends.find((at) => at >= bytes) ?? bytes) - bytes;
        fc.pre(lacking === 0 || rubbish.length !== lacking);
        const killed = folderFor();
        const again = house(killed);
        again.time.now = time.now + 5000;
        appendFileSync(join(killed, data), sound.subarray(0, bytes));
        appendFileSync(join(killed, data), rubbish);
        appendFileSync(join(killed, index), lines.subarray(0, promised));
        const found = await again.open();
        const heard = await soundOf(found);
        expect(heard.equals(whole.subarray(0, heard.length))).toBe(true);
        // At most the frame that was being written is missing (and the one before rubbish, which nothing confirms).
        expect(bytes - heard.length).toBeLessThan(2 * 418);
        const last = found.segments.at(-1);
        await again.play(found, mp3Frames(9));
        await found.close();
        const next = found.segments.find((segment) => segment.seq === (last?.seq ?? 0) + 1);
        expect(next?.discontinuity).toBe((last?.discontinuity ?? 0) + 1);
        const reopened = await again.open();
        expect(reopened.segments.map(({ seq }) => seq)).toEqual(found.segments.map(({ seq }) => seq));
      },
    ),
    { numRuns: 25 },
  );
  expect(listed).toBeGreaterThan(6);
});

test('a playlist over a restart and a change of format obeys RFC 8216', async () => {
  const folder = folderFor();
  const { open, play, time } = house(folder);
  const first = await open();
  await play(first, mp3Frames(10));
  await first.close();
  time.now += 60_000;
  const store = await open();
  await play(store, opusFrames(10));
  await store.close();
  const lines = mediaPlaylist(store.segments).trim().split('\n');
  expect(lines[0]).toBe('#EXTM3U');
  expect(lines.filter((line) => line === '#EXT-X-DISCONTINUITY')).toHaveLength(1);
  expect(lines).toContain('#EXT-X-TARGETDURATION:4');
  for (const line of lines.filter((each) => each.startsWith('#EXTINF:')))
    expect(Math.round(Number(line.slice(8, -1)))).toBeLessThanOrEqual(4);
  const map = lines.findIndex((line) => line.startsWith('#EXT-X-MAP'));
  expect(lines.findIndex((line) => line === '#EXT-X-DISCONTINUITY')).toBeLessThan(map);
  // Packed audio begins with its timestamp, which runs on by the sound before it.
  const [one, two] = store.segments;
  if (one === undefined || two === undefined) throw new Error('too few segments');
  const stamp = segmentBytes(one, (await store.read(one)) ?? Buffer.alloc(0));
  expect(stamp.toString('latin1', 0, 3)).toBe('ID3');
  expect(stamp.includes('com.apple.streaming.transportStreamTimestamp\0')).toBe(true);
  expect(stamp.readBigUInt64BE(65)).toBe(BigInt(one.pts));
  expect(two.pts - one.pts).toBe(Math.round((one.samples * 90_000) / 44_100));
  const opus = store.segments.at(-1);
  if (opus === undefined) throw new Error('no segment');
  const wire = (await store.read(opus)) ?? Buffer.alloc(0);
  const fragment = segmentBytes(opus, wire);
  expect(packetsOf(wire).reduce((all, { duration }) => all + duration, 0)).toBe(opus.samples);
  expect(fragment.includes('moof') && fragment.includes('mdat')).toBe(true);
  expect(initSegment(opus.run.info).includes('dOps')).toBe(true);
});

test('what is older than the window goes, and the oldest goes first when there is too much', async () => {
  const folder = folderFor();
  const { open, play, time } = house(folder, { rewindMs: 20_000, keepMs: 60_000, maxBytes: 700_000 });
  const store = await open();
  for (let n = 0; n < 4; n += 1) {
    await play(store, mp3Frames(15));
    store.interrupt();
    await store.flush();
    await store.prune();
  }
  expect(store.segments.every((segment) => segment.at > time.now - 25_000)).toBe(true);
  const bytes = readdirSync(folder).reduce((all, name) => all + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(750_000);
  time.now += 3600_000;
  await play(store, mp3Frames(5));
  store.interrupt();
  await store.flush();
  await store.prune();
  expect(readdirSync(folder).filter((name) => name.endsWith('.mp3'))).toHaveLength(1);
});

test('an index that is gone costs nothing but its run; half an index is written on', async () => {
  const folder = folderFor();
  const { open, play } = house(folder);
  const store = await open();
  await play(store, mp3Frames(12));
  const [index = ''] = readdirSync(folder).filter((name) => name.endsWith('.index'));
  const size = statSync(join(folder, index)).size;
  truncateSync(join(folder, index), size - 5);
  const again = await open();
  expect((await soundOf(again)).equals(Buffer.concat(mp3Frames(12).map(({ bytes }) => bytes)))).toBe(true);
  const cutter = makeProbingCutter();
  expect(cutter.push(await soundOf(again)).length).toBe(mp3Frames(12).length - 1);
});
