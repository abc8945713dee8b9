/** So many bumps of one tag go at once; after them, one each `PACE_MS`. */
export const PACE_BURST = 20;
export const PACE_MS = 500;

export type PaceOptions = {
  readonly bump: (tags: readonly string[]) => void;
  /** Tags whose bumps may wait; all others go at once. */
  readonly paced: (tag: string) => boolean;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
  /** Calls back after a time; returns the way to stop. */
  readonly later?: (run: () => void, ms: number) => () => void;
};

export type Pace = {
  bump(tags: readonly string[]): void;
  /** Lets what waits go, and stops. */
  stop(): void;
};

/**
 * Bumps tags at a steady pace. In ordinary times a new comment is on the page at the next request; in a flood the bumps that come faster than
 * one each `PACE_MS` become one, so that what the flood costs a page is a rendering in that time, and the page is at most that old.
 */
export function makePace(options: PaceOptions): Pace {
  const now = options.now ?? (() => performance.now());
  const later =
    options.later ??
    ((run, ms) => {
      const timer = setTimeout(run, ms).unref();
      return () => clearTimeout(timer);
    });
  const buckets = new Map<string, { left: number; at: number }>();
  const waiting = new Set<string>();
  let stopTimer: (() => void) | undefined;

  function take(tag: string, at: number): boolean {
    const bucket = buckets.get(tag) ?? { left: PACE_BURST, at };
    bucket.left = Math.min(PACE_BURST, bucket.left + (at - bucket.at) / PACE_MS);
    bucket.at = at;
    buckets.set(tag, bucket);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  function send(): void {
    stopTimer = undefined;
    const at = now();
    const go = [...waiting].filter((tag) => take(tag, at));
    for (const tag of go) waiting.delete(tag);
    for (const [tag, bucket] of buckets)
      if (bucket.left + (at - bucket.at) / PACE_MS >= PACE_BURST) buckets.delete(tag);
    if (go.length > 0) options.bump(go);
    if (buckets.size > 0) stopTimer = later(send, PACE_MS);
  }

  return {
    bump(tags) {
      const at = now();
      const go: string[] = [];
      for (const tag of tags) {
        if (!options.paced(tag) || (!waiting.has(tag) && take(tag, at))) go.push(tag);
        else waiting.add(tag);
      }
      if (go.length > 0) options.bump(go);
      if (buckets.size > 0) stopTimer ??= later(send, PACE_MS);
    },
    stop() {
      stopTimer?.();
      if (waiting.size > 0) options.bump([...waiting]);
      waiting.clear();
    },
  };
}
