import type { Frame } from '../frames/frame.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import type { Feed, FeedSink } from './feed.ts';
import type { Mount } from './mount.ts';

/** A file that stands in: its bytes, in pieces, and what it is called. */
export type StandIn = { readonly title: string; open(): Promise<AsyncIterable<Uint8Array> | undefined> };

/** How much sound goes out ahead of its time, so that a late timer is not heard. */
const LEAD_MS = 750;
const EVERY_MS = 250;

/** Plays files one after the other, for ever, at the speed of sound. */
export function playFiles(
  files: readonly StandIn[],
  { sink, now }: { readonly sink: FeedSink; readonly now: () => number },
): Feed {
  let stopped = false;
  let sentMs = 0;
  const begun = now();
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, EVERY_MS));

  async function play(file: StandIn): Promise<number> {
    const bytes = await file.open();
    if (bytes === undefined) return 0;
    const cutter = makeProbingCutter();
    let count = 0;
    const out = async (frames: readonly Frame[]): Promise<void> => {
      for (let at = 0; at < frames.length && !stopped;) {
        const batch: Frame[] = [];
        while (at < frames.length && sentMs < now() - begun + LEAD_MS) {
          const frame = frames[at++];
          if (frame === undefined) break;
          batch.push(frame);
          sentMs += (frame.samples * 1000) / frame.info.rate;
        }
        sink.frames(batch);
        if (count === 0 && batch.length > 0) sink.title({ artist: '', title: file.title });
        count += batch.length;
        if (at < frames.length) await wait();
      }
    };
    for await (const chunk of bytes) {
      if (stopped || cutter.hopeless) break;
      await out(cutter.push(Buffer.from(chunk)));
    }
    if (!stopped) await out(cutter.end());
    return count;
  }

  async function playAll(): Promise<void> {
    let silent = 0;
    for (let n = 0; !stopped; n += 1) {
      const file = files[n % files.length];
      if (file === undefined) return;
      const count = await play(file).catch(() => 0);
      silent = count === 0 ? silent + 1 : 0;
      if (silent < files.length) continue;
      // None of them can be played: look again later.
      sink.over('no file of the fallback can be played');
      return;
    }
  }

  void playAll();
  return { kind: 'fallback', stop: () => void (stopped = true) };
}

/** Plays what another mount plays. */
export function playMount(other: Mount, sink: FeedSink): Feed {
  const stop = other.channel.tapFrames((frames) => sink.frames(frames));
  return { kind: 'fallback', stop };
}
