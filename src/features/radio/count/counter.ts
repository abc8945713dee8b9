import { createHmac } from 'node:crypto';
import type { Audience, Listener } from '../air/audience.ts';
import { addTo, emptySketch, type Sketch } from './sketch.ts';

export type AudienceKind = 'people' | 'bots';

/** What was heard of a mount within one hour of one programme. */
export type Heard = {
  readonly mountId: string;
  /** The hour, as an instant. */
  readonly startsAt: string;
  readonly programmeId: string;
  readonly audience: AudienceKind;
  seconds: number;
  peak: number;
  readonly people: Sketch;
};

/**
 * A player of HLS has no connection: it is there from one request for the playlist to the next. Players ask once per segment (4 s), some
 * every 1.5 segments; who has not asked for 15 seconds has gone.
 */
export const HLS_GONE_MS = 15_000;
/** Who has listened for less has not listened and counts for nothing: players and previews that look and go. */
export const COUNTED_AFTER_MS = 5000;
/** Players of HLS at once that are told apart; above it they are counted by their requests alone. */
const MAX_HLS = 200_000;

export type CounterOptions = {
  readonly now: () => number;
  /** Which programme is on a mount now; empty when none. */
  readonly programmeAt: (mountId: string, ms: number) => string;
};

type Poll = { readonly since: number; seen: number; readonly bot: boolean; counted: number };

/** Counts who listens, in memory; what has gathered is taken out in batches. */
export class Counter {
  readonly #options: CounterOptions;
  readonly #heard = new Map<string, Heard>();
  readonly #polls = new Map<string, Map<string, Poll>>();
  readonly #audiences = new Map<string, readonly Audience[]>();
  #salt: { day: string; key: Buffer } = { day: '', key: Buffer.alloc(32) };
  #last: number;

  constructor(options: CounterOptions) {
    this.#options = options;
    this.#last = options.now();
  }

  /** A day's secret: hashes of different days cannot be joined, and none can be traced back once it is gone. */
  setSalt(day: string, key: Buffer): void {
    this.#salt = { day, key };
  }
  get saltDay(): string {
    return this.#salt.day;
  }

  watch(mountId: string, audiences: readonly Audience[]): void {
    this.#audiences.set(mountId, audiences);
  }
  unwatch(mountId: string): void {
    this.#audiences.delete(mountId);
    this.#polls.delete(mountId);
  }

  /** Who it is, as far as counting may know: a keyed hash of network address and program that is of no use tomorrow. */
  keyOf(addressKey: string, userAgent: string): string {
    return createHmac('sha256', this.#salt.key)
      .update(`${addressKey}\0${userAgent}`)
      .digest()
      .toString('latin1')
      .slice(0, 8);
  }

  /** A request for a live playlist. */
  polled(mountId: string, who: { key: string; bot: boolean }): void {
    const now = this.#options.now();
    const polls = this.#polls.get(mountId) ?? new Map<string, Poll>();
    this.#polls.set(mountId, polls);
    const poll = polls.get(who.key);
    if (poll === undefined || now - poll.seen > HLS_GONE_MS) {
      if (polls.size < MAX_HLS) polls.set(who.key, { since: now, seen: now, bot: who.bot, counted: now });
      return;
    }
    poll.seen = now;
  }

  /** A progressive listener has gone: what the last round did not count yet. */
  left(mountId: string, listener: Listener): void {
    this.#hear(mountId, listener, this.#options.now());
  }

  /** Counts what a listener has heard since the last round; the whole, once it has become a listener. True when it is one. */
  #hear(mountId: string, listener: Listener, now: number): boolean {
    const { since, bot, key } = listener;
    if (now - since < COUNTED_AFTER_MS) return false;
    const from = this.#last - since >= COUNTED_AFTER_MS ? this.#last : since;
    const entry = this.#entry(mountId, bot ? 'bots' : 'people', now);
    entry.seconds += Math.max(0, now - from) / 1000;
    addTo(entry.people, Buffer.from(key, 'latin1'));
    return true;
  }

  /** Goes round: called every ten seconds. */
  tick(): void {
    const now = this.#options.now();
    for (const [mountId, audiences] of this.#audiences) {
      const here = { people: 0, bots: 0 };
      for (const audience of audiences)
        for (const listener of audience.listeners)
          if (this.#hear(mountId, listener, now)) here[listener.bot ? 'bots' : 'people'] += 1;
      const polls = this.#polls.get(mountId);
      for (const [key, poll] of polls ?? []) {
        const kind = poll.bot ? 'bots' : 'people';
        const gone = now - poll.seen > HLS_GONE_MS;
        if (gone) polls?.delete(key);
        if (poll.seen - poll.since < COUNTED_AFTER_MS) continue;
        // Who has asked for nothing since the last round belongs to what was on then.
        if (poll.seen > poll.counted) {
          const entry = this.#entry(mountId, kind, now);
          entry.seconds += (poll.seen - poll.counted) / 1000;
          poll.counted = poll.seen;
          addTo(entry.people, Buffer.from(key, 'latin1'));
        }
        if (!gone) here[kind] += 1;
      }
      for (const kind of ['people', 'bots'] as const)
        if (here[kind] > 0) {
          const entry = this.#entry(mountId, kind, now);
          entry.peak = Math.max(entry.peak, here[kind]);
        }
    }
    this.#last = now;
  }

  /** Listeners at this moment, bots aside. Who has asked for a playlist once alone may only have looked. */
  listenersNow(mountId: string): number {
    const since = this.#options.now() - HLS_GONE_MS;
    let count = 0;
    for (const audience of this.#audiences.get(mountId) ?? [])
      for (const listener of audience.listeners) if (!listener.bot) count += 1;
    for (const poll of this.#polls.get(mountId)?.values() ?? [])
      if (!poll.bot && poll.seen >= since && poll.seen > poll.since) count += 1;
    return count;
  }

  #entry(mountId: string, audience: AudienceKind, now: number): Heard {
    const startsAt = new Date(Math.floor(now / 3600_000) * 3600_000).toISOString();
    const programmeId = this.#options.programmeAt(mountId, now);
    const key = `${mountId} ${startsAt} ${programmeId} ${audience}`;
    let entry = this.#heard.get(key);
    if (entry === undefined) {
      entry = { mountId, startsAt, programmeId, audience, seconds: 0, peak: 0, people: emptySketch() };
      this.#heard.set(key, entry);
    }
    return entry;
  }

  /** Hands out what has gathered since the last time; `giveBack` when it could not be kept. */
  take(): Heard[] {
    const taken = [...this.#heard.values()].filter((entry) => entry.seconds > 0 || entry.peak > 0);
    this.#heard.clear();
    return taken;
  }

  giveBack(entries: readonly Heard[]): void {
    for (const entry of entries) {
      const key = `${entry.mountId} ${entry.startsAt} ${entry.programmeId} ${entry.audience}`;
      const newer = this.#heard.get(key);
      if (newer === undefined) this.#heard.set(key, entry);
      else {
        newer.seconds += entry.seconds;
        newer.peak = Math.max(newer.peak, entry.peak);
        for (const [n, rank] of entry.people.entries())
          if (rank > (newer.people[n] ?? 0)) newer.people[n] = rank;
      }
    }
  }
}
