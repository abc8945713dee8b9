import type { Format, StreamInfo } from '../frames/frame.ts';

/** Seconds of sound in a segment, at most: the playlists' EXT-X-TARGETDURATION. */
export const TARGET_SECONDS = 4;

/** A piece of a run, as playlists list it. */
export type Segment = {
  /** Media sequence number: one more than the segment before, also across restarts. */
  readonly seq: number;
  /** How many discontinuities came before it, this one's own included. */
  readonly discontinuity: number;
  /** When its first sample was on the air, in ms since 1970. */
  readonly at: number;
  readonly samples: number;
  /** Timestamp of its first sample in 90 kHz, of 33 bits (RFC 8216 §3.4). */
  readonly pts: number;
  readonly run: Run;
  readonly offset: number;
  readonly length: number;
  /** Where its bytes are: written for good, in memory alone (a full disk), or lost. */
  place: 'disk' | 'memory' | 'lost';
};

/** One file of sound without a break in its format. */
export type Run = {
  /** When it began, in ms since 1970: its file is named after it. */
  readonly startedAt: number;
  readonly info: StreamInfo;
  readonly name: string;
};

export const secondsOf = (segment: Pick<Segment, 'samples' | 'run'>): number =>
  segment.samples / segment.run.info.rate;

export const endOf = (segment: Segment): number => segment.at + secondsOf(segment) * 1000;

export const extensionOf = { mp3: 'mp3', aac: 'aac', opus: 'opus' } as const satisfies Record<Format, string>;

/** 90 kHz in 33 bits. */
export const ptsAfter = (pts: number, { samples, rate }: { samples: number; rate: number }): number =>
  (pts + Math.round((samples * 90_000) / rate) + 2 ** 33) % 2 ** 33;

/** Timestamps of a run begin with the time of day, so that they go on over a restart. */
export const ptsOfTime = (ms: number): number => (Math.round(ms) * 90) % 2 ** 33;
