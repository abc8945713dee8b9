import { hash as digest, randomBytes } from 'node:crypto';

/** The bounds of the published method (contracts/counting.md). */
export const bounds = {
  /** Within so long the same reader of the same page is a repeat. */
  repeatMs: 30 * 60_000,
  /** What one address counts within an hour: of one page, and in all. */
  perPage: 60,
  perAddress: 600,
} as const;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MOST = 400_000;

export type Seen = 'people' | 'repeats' | 'excess';

/**
 * Recognises repeats and excess without knowing anybody: a visitor is a keyed hash of address, User-Agent and page, and the key is drawn anew
 * every day and when the process starts. Neither key nor hash leaves the memory of this process. Without a User-Agent nobody is
 * recognised: only what one address counts is bounded.
 */
export function makeRepeats(
  now: () => number,
): (visit: { addressKey: string; userAgent: string | undefined; page: string }) => Seen {
  let day = -1;
  let hour = -1;
  let key = randomBytes(32).toString('hex');
  // Two generations: what is old goes with its whole map, so that nothing is looked for and nothing is taken out one by one.
  let young = new Map<number, number>();
  let old = new Map<number, number>();
  let youngSince = now();
  let counted = new Map<number, number>();

  const hash = (text: string): number => digest('sha256', key + text, 'buffer').readUIntBE(0, 6);
  const count = (what: number): number => {
    const times = (counted.get(what) ?? 0) + 1;
    if (counted.size < MOST) counted.set(what, times);
    return times;
  };

  return ({ addressKey, userAgent, page }) => {
    const at = now();
    if (Math.floor(at / DAY_MS) !== day) {
      day = Math.floor(at / DAY_MS);
      key = randomBytes(32).toString('hex');
      young = new Map();
      old = new Map();
      counted = new Map();
    }
    if (Math.floor(at / HOUR_MS) !== hour) {
      hour = Math.floor(at / HOUR_MS);
      counted = new Map();
    }
    if (userAgent !== undefined) {
      const visitor = hash(`${addressKey}\0${userAgent}\0${page}`);
      const last = young.get(visitor) ?? old.get(visitor);
      if (at - youngSince >= bounds.repeatMs || young.size >= MOST / 2) {
        old = young;
        young = new Map();
        youngSince = at;
      }
      young.set(visitor, at);
      if (last !== undefined && at - last < bounds.repeatMs) return 'repeats';
    }
    const ofPage = count(hash(`${addressKey}\0${page}`));
    const inAll = count(hash(addressKey));
    return ofPage > bounds.perPage || inAll > bounds.perAddress ? 'excess' : 'people';
  };
}
