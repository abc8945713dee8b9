import type { Entry } from './entry.ts';

export type PageCacheOptions = {
  /** Memory for pages. */
  readonly maxBytes: number;
  /** Memory for answers that say there is nothing, apart, so that made-up addresses push no page out. */
  readonly maxNegativeBytes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** What a rendering gives: the entry, if it is one that can be kept, and whether it may be. */
export type Rendered = { readonly entry?: Entry; readonly keep: boolean };

export type PageCacheStats = {
  readonly entries: number;
  readonly bytes: number;
  readonly negativeEntries: number;
  readonly negativeBytes: number;
  readonly hits: number;
  readonly misses: number;
  readonly joined: number;
  readonly bumped: number;
  readonly evicted: number;
  /** Renderings that were overtaken by a change and so not kept. */
  readonly overtaken: number;
};

export type PageCache<R extends Rendered = Rendered> = {
  /** The page as kept, or undefined. */
  get(key: string): Entry | undefined;
  /**
   * Renders the page, once for all who wait for it, and keeps it. Never answers with a rendering that began before a bump of one of its
   * tags which had returned when `obtain` was called.
   */
  obtain(key: string, render: () => Promise<R>): Promise<R>;
  /** Throws away every page with one of these tags. When it returns, no older rendering is served to a later request. */
  bump(tags: readonly string[]): void;
  /** Counts the bytes of a compressed form made since. */
  grown(entry: Entry, bytes: number): void;
  clear(): void;
  stats(): PageCacheStats;
};

type Flight<R> = { readonly began: number; readonly result: Promise<{ rendered: R; late: boolean }> };
type Pool = { readonly entries: Map<string, Entry>; bytes: number; readonly max: number };

/** The page cache of one process. */
export function makePageCache<R extends Rendered = Rendered>(options: PageCacheOptions): PageCache<R> {
  const now = options.now ?? Date.now;
  const pages: Pool = { entries: new Map(), bytes: 0, max: options.maxBytes };
  const negative: Pool = {
    entries: new Map(),
    bytes: 0,
    max: options.maxNegativeBytes ?? Math.max(1, Math.floor(options.maxBytes / 32)),
  };
  const sizes = new Map<Entry, number>();
  const byTag = new Map<string, Set<Entry>>();
  const flights = new Map<string, Flight<R>>();
  /** Grows with every bump; a rendering remembers what it was when it began. */
  let stamp = 0;
  /** When each tag was last bumped: only while something is being rendered, whose tags are not known yet. */
  const lastBump = new Map<string, number>();
  let clearedAt = 0;
  const count = { hits: 0, misses: 0, joined: 0, bumped: 0, evicted: 0, overtaken: 0 };

  const poolOf = (entry: Entry): Pool => (entry.status >= 400 ? negative : pages);

  function remove(entry: Entry): void {
    const pool = poolOf(entry);
    if (pool.entries.get(entry.key) !== entry) return;
    pool.entries.delete(entry.key);
    pool.bytes -= sizes.get(entry) ?? 0;
    sizes.delete(entry);
    for (const tag of entry.tags) {
      const tagged = byTag.get(tag);
      tagged?.delete(entry);
      if (tagged?.size === 0) byTag.delete(tag);
    }
  }

  /** CLOCK: the oldest goes, unless it was hit since the last sweep; then it becomes the newest. */
  function shrink(pool: Pool): void {
    let spared = 0;
    while (pool.bytes > pool.max) {
      const oldest = pool.entries.values().next().value;
      if (oldest === undefined) return;
      if (oldest.used && spared < pool.entries.size) {
        spared += 1;
        oldest.used = false;
        pool.entries.delete(oldest.key);
        pool.entries.set(oldest.key, oldest);
      } else {
        remove(oldest);
        count.evicted += 1;
      }
    }
  }

  function store(entry: Entry): void {
    for (const pool of [pages, negative]) {
      const former = pool.entries.get(entry.key);
      if (former !== undefined) remove(former);
    }
    const pool = poolOf(entry);
    const size = entry.size();
    // One page may not push out all the others.
    if (size > pool.max / 4) return;
    pool.entries.set(entry.key, entry);
    sizes.set(entry, size);
    pool.bytes += size;
    for (const tag of entry.tags) {
      const tagged = byTag.get(tag);
      if (tagged === undefined) byTag.set(tag, new Set([entry]));
      else tagged.add(entry);
    }
    shrink(pool);
  }

  function overtaken(entry: Entry, began: number): boolean {
    return clearedAt > began || entry.tags.some((tag) => (lastBump.get(tag) ?? 0) > began);
  }

  function launch(key: string, render: () => Promise<R>): Flight<R> {
    const began = stamp;
    const run = async (): Promise<{ rendered: R; late: boolean }> => {
      try {
        const rendered = await render();
        const { entry } = rendered;
        const late = entry !== undefined && overtaken(entry, began);
        if (late) count.overtaken += 1;
        else if (entry !== undefined && rendered.keep) store(entry);
        return { rendered, late };
      } finally {
        flights.delete(key);
        if (flights.size === 0) lastBump.clear();
      }
    };
    const flight = { began, result: Promise.resolve().then(run) };
    flights.set(key, flight);
    return flight;
  }

  /** With renderings always on the way, forgets the bumps that all of them have seen. */
  function forgetBumps(): void {
    let oldest = stamp;
    for (const flight of flights.values()) oldest = Math.min(oldest, flight.began);
    for (const [tag, at] of lastBump) if (at <= oldest) lastBump.delete(tag);
  }

  return {
    get(key) {
      const entry = pages.entries.get(key) ?? negative.entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAt !== Infinity && entry.expiresAt <= now()) {
        remove(entry);
        return undefined;
      }
      entry.used = true;
      count.hits += 1;
      return entry;
    },
    async obtain(key, render) {
      const asked = stamp;
      for (;;) {
        let flight = flights.get(key);
        if (flight === undefined) {
          count.misses += 1;
          flight = launch(key, render);
        } else count.joined += 1;
        const { rendered, late } = await flight.result;
        // What began after the question is fresh enough for it, whatever has changed meanwhile.
        if (!late || flight.began >= asked) return rendered;
      }
    },
    bump(tags) {
      stamp += 1;
      for (const tag of tags) {
        if (flights.size > 0) lastBump.set(tag, stamp);
        for (const entry of byTag.get(tag) ?? []) {
          remove(entry);
          count.bumped += 1;
        }
      }
      if (lastBump.size > 10_000) forgetBumps();
    },
    grown(entry, bytes) {
      const size = sizes.get(entry);
      if (size === undefined) return;
      sizes.set(entry, size + bytes);
      const pool = poolOf(entry);
      pool.bytes += bytes;
      shrink(pool);
    },
    clear() {
      stamp += 1;
      clearedAt = stamp;
      for (const pool of [pages, negative]) for (const entry of pool.entries.values()) remove(entry);
    },
    stats: () => ({
      entries: pages.entries.size,
      bytes: pages.bytes,
      negativeEntries: negative.entries.size,
      negativeBytes: negative.bytes,
      ...count,
    }),
  };
}
