import { Problem } from '../base/problem.ts';
import { type Allowance, type LimitName, limits } from './limits.ts';

export type RateLimiter = {
  /** Takes one from the address's allowance. @throws Problem `rate-limited` with the seconds until there is one again. */
  address(name: LimitName, key: string): void;
  /** Takes one from an account's or a target's allowance. @throws as above */
  account(name: LimitName, key: string): void;
  /** How many callers are remembered. */
  size(): number;
};

type Bucket = { tokens: number; at: number; readonly allowance: Allowance };

/**
 * Token buckets in memory, at most `maxKeys` of them. A full bucket is as good as none, so those go first; then the ones longest unused. Each
 * process counts for itself: behind a balancer the allowance grows with the nodes.
 */
export function makeRateLimiter(options: { now?: () => number; maxKeys?: number } = {}): RateLimiter {
  const now = options.now ?? Date.now;
  const maxKeys = options.maxKeys ?? 100_000;
  const buckets = new Map<string, Bucket>();

  function take(key: string, allowance: Allowance): void {
    const at = now();
    const perMs = allowance.perMinute / 60_000;
    const bucket = buckets.get(key) ?? { tokens: allowance.burst, at, allowance };
    bucket.tokens = Math.min(allowance.burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
    bucket.at = at;
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > maxKeys) forget(at);
    if (bucket.tokens < 1) {
      const seconds = Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000));
      throw new Problem(
        'rate-limited',
        'Too many requests came in a short time.',
        `Try again in ${seconds} s.`,
        {
          retryAfter: seconds,
        },
      );
    }
    bucket.tokens -= 1;
  }

  function forget(at: number): void {
    let looked = 0;
    for (const [key, bucket] of buckets) {
      const full =
        bucket.tokens + ((at - bucket.at) * bucket.allowance.perMinute) / 60_000 >= bucket.allowance.burst;
      if (full || buckets.size > maxKeys) buckets.delete(key);
      looked += 1;
      if (looked >= 64 && buckets.size <= maxKeys) return;
    }
  }

  return {
    address: (name, key) => take(`${name} address ${key}`, limits[name].address),
    account: (name, key) => take(`${name} account ${key}`, limits[name].account),
    size: () => buckets.size,
  };
}
