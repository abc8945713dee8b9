import { opusHead } from './block.ts';
import type { Channel } from './channel.ts';
import { startFfmpeg } from './ffmpeg.ts';

/** Level of one channel of sound: mean and peak of a tenth of a second, in dB of full scale. */
export type Level = { readonly rms: number; readonly peak: number };

const RATE = 8000;
const WINDOW = RATE / 10;
const SILENCE = -90;

const decibels = (ratio: number): number =>
  ratio <= 0 ? SILENCE : Math.max(SILENCE, Math.round(200 * Math.log10(ratio)) / 10);

/** Levels of 16-bit samples, left and right in turn. */
export function levelsOf(samples: Buffer): readonly [Level, Level] {
  const sum = [0, 0];
  const peak = [0, 0];
  const count = Math.floor(samples.length / 4);
  for (let n = 0; n < count; n += 1)
    for (const side of [0, 1] as const) {
      const value = samples.readInt16LE(n * 4 + side * 2) / 32_768;
      sum[side] = (sum[side] ?? 0) + value * value;
      peak[side] = Math.max(peak[side] ?? 0, Math.abs(value));
    }
  const level = (side: 0 | 1): Level => ({
    rms: decibels(count === 0 ? 0 : Math.sqrt((sum[side] ?? 0) / count)),
    peak: decibels(peak[side] ?? 0),
  });
  return [level(0), level(1)];
}

/** Decodes what a channel sends for as long as somebody watches its levels, ten times a second. Returns the way to stop. */
export function watchLevels(
  channel: Channel,
  program: string,
  show: (levels: readonly [Level, Level]) => void,
): () => void {
  const { info } = channel;
  if (info === undefined) return () => undefined;
  const child = startFfmpeg(program, {
    input: info.format,
    output: ['-ac', '2', '-ar', String(RATE), '-c:a', 'pcm_s16le', '-f', 's16le'],
    live: true,
  });
  if (info.format === 'opus') child.stdin.write(opusHead(info, 1));
  let held: Buffer = Buffer.alloc(0);
  // A block is half a second; its levels are shown one after the other.
  const queue: (readonly [Level, Level])[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (; held.length >= WINDOW * 4; held = held.subarray(WINDOW * 4))
      queue.push(levelsOf(held.subarray(0, WINDOW * 4)));
    if (queue.length > 30) queue.splice(0, queue.length - 30);
  });
  const timer = setInterval(() => {
    const next = queue.shift();
    if (next !== undefined) show(next);
  }, 100);
  const stopTap = channel.tap((block) => {
    if (child.stdin.writableLength < 262_144) child.stdin.write(block.bytes);
  });
  const stop = (): void => {
    stopTap();
    clearInterval(timer);
    child.kill('SIGKILL');
  };
  child.once('error', stop);
  child.once('exit', stop);
  return stop;
}
