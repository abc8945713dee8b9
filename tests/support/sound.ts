import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './radio/programs.ts';

/** Runs `work` with a folder that is gone afterwards. */
function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-sound-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A second of a tone, and of a test picture where `video` is asked for, as Debian's ffmpeg writes it with these arguments. */
export function recorded(name: string, args: readonly string[], video = false): Buffer {
  return inFolder((folder) => {
    const file = join(folder, name);
    const picture = video ? ['-f', 'lavfi', '-i', 'testsrc=d=1:s=64x48:r=10'] : [];
    const tone = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000'];
    execFileSync(findProgram('ffmpeg'), ['-v', 'error', ...picture, ...tone, ...args, file]);
    return readFileSync(file);
  });
}

/** What ffprobe, another's reader, finds in a file's tags: names in lower case. */
export function tagsIn(name: string, bytes: Buffer): Record<string, string> {
  return inFolder((folder) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const ask = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file];
    const found = JSON.parse(
      execFileSync(findProgram('ffmpeg').replace(/ffmpeg$/, 'ffprobe'), ask).toString(),
    ) as {
      format: { tags?: Record<string, string> };
      streams: { tags?: Record<string, string> }[];
    };
    const all = [...found.streams.map(({ tags }) => tags), found.format.tags];
    return Object.fromEntries(
      all.flatMap((tags) => Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value])),
    );
  });
}

/** A digest of every decoded sample and picture; throws when anything in the file is found faulty. */
export function played(name: string, bytes: Buffer): string {
  return inFolder((folder) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const ask = ['-v', 'warning', '-xerror', '-err_detect', 'crccheck+explode', '-i', file];
    return execFileSync(findProgram('ffmpeg'), [
      ...ask,
      '-map',
      '0:a',
      '-map',
      '0:v?',
      '-f',
      'md5',
      '-',
    ]).toString();
  });
}
