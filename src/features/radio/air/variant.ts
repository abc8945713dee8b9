import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { cutterFor } from '../frames/cutter.ts';
import { ptsAfter } from '../store/segment.ts';
import { type Block, opusHead } from './block.ts';
import type { Channel } from './channel.ts';
import { startFfmpeg } from './ffmpeg.ts';

/** Sound that waits for the encoder; one that has fallen further behind has stopped, and another one begins with what is on now. */
const MAX_WAITING = 512 * 1024;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** What an encoder that has been told to end may take for the rest. */
const LAST_WORDS_MS = 3000;
/** Samples of silence that ffmpeg's AAC encoder puts before the sound. */
const PRIMING = 1024;

export type Variant = { readonly kbits: number; readonly channel: Channel; stop(): Promise<void> };

/**
 * A further bit rate of a mount: AAC by ffmpeg from what the mount sends, with a channel of its own. Its segments have the timestamps and
 * discontinuities of the sound they are made of, so that players can change between bit rates.
 */
export function startVariant(
  source: Channel,
  channel: Channel,
  options: { readonly program: string; readonly kbits: number },
): Variant {
  let child: ChildProcessWithoutNullStreams | undefined;
  /** The encoder before a break, while it says the rest; what comes meanwhile waits for the next one. */
  let ending: ChildProcessWithoutNullStreams | undefined;
  let waiting: { readonly block: Block; readonly place: ReturnType<Channel['store']['placeOf']> }[] = [];
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let wait = FIRST_WAIT_MS;

  function start(first: (typeof waiting)[number]): void {
    const { info } = first.block;
    const output = ['-c:a', 'aac', '-ac', '2', '-b:a', `${options.kbits}k`, '-f', 'adts'];
    const own = startFfmpeg(options.program, { input: info.format, output, live: true });
    child = own;
    const { at, pts, discontinuity } = first.place;
    channel.store.anchor({
      at: at - (PRIMING * 1000) / info.rate,
      pts: ptsAfter(pts, { samples: -PRIMING, rate: info.rate }),
      discontinuity,
    });
    if (info.format === 'opus') own.stdin.write(opusHead(info, 1));
    const cutter = cutterFor('aac');
    own.stdout.on('data', (chunk: Buffer) => {
      if (child !== own && ending !== own) return;
      wait = FIRST_WAIT_MS;
      channel.push(cutter.push(chunk));
    });
    own.once('error', () => ended(own));
    // When its last word has been read, too.
    own.once('close', () => {
      if (child === own || ending === own) channel.push(cutter.end());
      ended(own);
    });
  }

  function ended(own: ChildProcessWithoutNullStreams): void {
    if (stopped || (child !== own && ending !== own)) return;
    channel.interrupt();
    if (ending === own) {
      ending = undefined;
      const held = waiting;
      waiting = [];
      for (const entry of held) give(entry);
      return;
    }
    child = undefined;
    clearTimeout(retry);
    retry = setTimeout(() => (retry = undefined), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function give(entry: (typeof waiting)[number]): void {
    if (ending !== undefined) {
      waiting.push(entry);
      return;
    }
    if (child === undefined && retry === undefined) start(entry);
    if (child === undefined) return;
    if (child.stdin.writableLength < MAX_WAITING) child.stdin.write(entry.block.bytes);
    else child.kill('SIGKILL');
  }

  /** What follows is other sound: the encoder says the rest of the old, and one of its own begins the new. */
  function part(): void {
    if (child === undefined) return;
    const own = child;
    child = undefined;
    ending = own;
    own.stdin.end();
    setTimeout(() => void own.kill('SIGKILL'), LAST_WORDS_MS).unref();
  }

  const stops = [
    source.tap((block) => give({ block, place: source.store.placeOf(block) })),
    source.onBreak(part),
    source.onFormatChange(part),
  ];
  return {
    kbits: options.kbits,
    channel,
    stop: async () => {
      stopped = true;
      for (const stop of stops) stop();
      clearTimeout(retry);
      child?.kill('SIGKILL');
      ending?.kill('SIGKILL');
      await channel.close();
    },
  };
}
