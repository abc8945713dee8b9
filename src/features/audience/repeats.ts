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
 * every day and when the process starts. Neither key nor hash leaves the memory of this process.
 */
export function makeRepeats(
  now: () => number,
): (visit: { addressKey: string; userAgent: string; page: string }) => Seen {
  let day = -1;
  let hour = -1;
  let key = randomBytes(32).toString('hex');
  let seen = new Map<number, number>();
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
      seen = new Map();
      counted = new Map();
    }
    if (Math.floor(at / HOUR_MS) !== hour) {
      hour = Math.floor(at / HOUR_MS);
      counted = new Map();
    }
    const visitor = hash(`${addressKey}\0${userAgent}\0${page}`);
    const last = seen.get(visitor);
    // In the order of the last visit, so that what is oldest is what goes.
    seen.delete(visitor);
    seen.set(visitor, at);
    for (const [oldest, when] of seen) {
      if (at - when < bounds.repeatMs && seen.size <= MOST) break;
      seen.delete(oldest);
    }
    if (last !== undefined && at - last < bounds.repeatMs) return 'repeats';
    const ofPage = count(hash(`${addressKey}\0${page}`));
    const inAll = count(hash(addressKey));
    return ofPage > bounds.perPage || inAll > bounds.perAddress ? 'excess' : 'people';
  };
}
