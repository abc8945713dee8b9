import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { cutterFor } from '../frames/cutter.ts';
import { opusHead } from './block.ts';
import type { Channel } from './channel.ts';
import { startFfmpeg } from './ffmpeg.ts';

/** Sound that waits for the encoder; what is more is dropped, so that a slow machine does not fill its memory. */
const MAX_WAITING = 512 * 1024;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export type Variant = { readonly kbits: number; readonly channel: Channel; stop(): Promise<void> };

/** A further bit rate of a mount: AAC by ffmpeg from what the mount sends, with a channel of its own. */
export function startVariant(
  source: Channel,
  channel: Channel,
  options: { readonly program: string; readonly kbits: number },
): Variant {
  let child: ChildProcessWithoutNullStreams | undefined;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;

  function start(): void {
    const { info } = source;
    if (stopped || info === undefined) return;
    const output = ['-c:a', 'aac', '-ac', '2', '-b:a', `${options.kbits}k`, '-f', 'adts'];
    const own = startFfmpeg(options.program, { input: info.format, output, live: true });
    child = own;
    if (info.format === 'opus') own.stdin.write(opusHead(info, 1));
    const cutter = cutterFor('aac');
    own.stdout.on('data', (chunk: Buffer) => {
      wait = FIRST_WAIT_MS;
      channel.push(cutter.push(chunk));
    });
    const ended = (): void => {
      if (child !== own) return;
      child = undefined;
      channel.interrupt();
      if (stopped) return;
      clearTimeout(retry);
      retry = setTimeout(start, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    own.once('error', ended);
    own.once('exit', ended);
  }

  function restart(): void {
    const before = child;
    child = undefined;
    before?.kill('SIGKILL');
    channel.interrupt();
    clearTimeout(retry);
    start();
  }

  const stopTap = source.tap((block) => {
    if (child === undefined && retry === undefined) start();
    if (child !== undefined && child.stdin.writableLength < MAX_WAITING) child.stdin.write(block.bytes);
  });
  const stopChange = source.onFormatChange(restart);
  return {
    kbits: options.kbits,
    channel,
    stop: async () => {
      stopped = true;
      stopTap();
      stopChange();
      clearTimeout(retry);
      child?.kill('SIGKILL');
      await channel.close();
    },
  };
}
