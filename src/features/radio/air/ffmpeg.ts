import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Format } from '../frames/frame.ts';

/** Where programs are looked for that are named without a path. */
const PATH = '/usr/local/bin:/usr/bin:/bin';
/** Address space in KiB: many times what sound takes. */
const MAX_KIB = 2_000_000;

/** With little memory, after the rest of the house when the machine is busy, and with nothing of our environment. */
function spawnLimited(program: string, args: readonly string[], stdio: 'pipe' | 'ignore'): ChildProcess {
  const limits = `ulimit -v ${MAX_KIB}; exec nice -n 5 "$0" "$@"`;
  return spawn('/bin/sh', ['-c', limits, program, ...args], { stdio, env: { PATH } });
}

/** Whether ffmpeg answers under this name. */
export function hasFfmpeg(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawnLimited(program, ['-hide_banner', '-version'], 'ignore');
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const demuxerOf = { mp3: 'mp3', aac: 'aac', opus: 'ogg' } as const satisfies Record<Format, string>;

/** Decodes or encodes a stream of this format: sound in by stdin, out by stdout, nothing on disk. */
export function startFfmpeg(
  program: string,
  given: { readonly input: Format; readonly output: readonly string[]; readonly live: boolean },
): ChildProcessWithoutNullStreams {
  const probing = given.live ? ['-probesize', '4096', '-analyzeduration', '0', '-fflags', 'nobuffer'] : [];
  const child = spawnLimited(
    program,
    [
      '-hide_banner',
      '-nostdin',
      '-v',
      'error',
      '-protocol_whitelist',
      'pipe',
      '-threads',
      '1',
      ...probing,
      '-f',
      demuxerOf[given.input],
    ].concat(['-i', 'pipe:0', '-vn', '-map_metadata', '-1', ...given.output, 'pipe:1']),
    'pipe',
  ) as ChildProcessWithoutNullStreams;
  // It may end before it has taken everything; that is told by its exit.
  child.stdin.on('error', () => undefined);
  child.stderr.resume();
  return child;
}

/** How sound of a format is made at a bit rate. */
export function encoderOf(format: Format, kbits: number): string[] {
  if (format === 'opus') return ['-c:a', 'libopus', '-b:a', `${kbits}k`, '-f', 'ogg'];
  return format === 'mp3'
    ? ['-c:a', 'libmp3lame', '-b:a', `${kbits}k`, '-f', 'mp3']
    : ['-c:a', 'aac', '-b:a', `${kbits}k`, '-f', 'adts'];
}
