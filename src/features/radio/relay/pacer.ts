import type { Frame } from '../frames/frame.ts';

/** Sound that comes in lumps (segments of HLS) goes on at the speed of sound. */
export type Pacer = { push(frames: readonly Frame[]): void; readonly queuedMs: number; stop(): void };

const EVERY_MS = 250;
const LEAD_MS = 750;
/** More than this is not kept: what comes faster for so long is no live stream. */
const MAX_QUEUED_MS = 60_000;

export function makePacer(out: (frames: readonly Frame[]) => void, now: () => number): Pacer {
  let queue: Frame[] = [];
  let queuedMs = 0;
  let begun: number | undefined;
  let sentMs = 0;
  const length = (frame: Frame): number => (frame.samples * 1000) / frame.info.rate;

  function send(): void {
    if (queue.length === 0) {
      begun = undefined;
      return;
    }
    if (begun === undefined) {
      begun = now();
      sentMs = 0;
    }
    let count = 0;
    while (count < queue.length && sentMs < now() - begun + LEAD_MS) {
      const frame = queue[count];
      if (frame === undefined) break;
      sentMs += length(frame);
      queuedMs -= length(frame);
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    if (batch.length > 0) out(batch);
  }

  const timer = setInterval(send, EVERY_MS);
  return {
    push: (frames) => {
      for (const frame of frames) {
        if (queuedMs > MAX_QUEUED_MS) break;
        queue.push(frame);
        queuedMs += length(frame);
      }
    },
    get queuedMs() {
      return queuedMs;
    },
    stop: () => clearInterval(timer),
  };
}
