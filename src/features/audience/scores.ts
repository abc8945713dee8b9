export const periods = ['hour', 'day', 'week'] as const;
export type Period = (typeof periods)[number];
export const measures = ['read', 'discussed'] as const;
export type Measure = (typeof measures)[number];

const HOUR_MS = 3_600_000;
const EPOCH = Date.UTC(2020, 0, 1);

/** Half of the weight is gone after so many hours: what counts is on average as old as the period is long (ln 2 × its length). */
const HALF_LIFE: Readonly<Record<Period, number>> = {
  hour: Math.LN2,
  day: 24 * Math.LN2,
  week: 168 * Math.LN2,
};

/**
 * A sum in which old things weigh less, kept so that time needs no work ("forward decay"): the binary logarithm of Σ n · 2^(t ÷ half-life). Of two of
 * them the greater one is greater at every later moment, so that an index on them is the order of a list.
 */
export function addToScore(
  score: number | undefined,
  { period, atMs, n }: { period: Period; atMs: number; n: number },
): number | undefined {
  const weight = (atMs - EPOCH) / HOUR_MS / HALF_LIFE[period];
  if (n === 0) return score;
  const added = Math.log2(Math.abs(n)) + weight;
  if (score === undefined || score === -Infinity) return n > 0 ? added : undefined;
  const apart = added - score;
  if (n > 0) return Math.max(score, added) + Math.log2(1 + 2 ** -Math.abs(apart));
  const left = 1 - 2 ** apart;
  // What is taken away is at most what is there; roundings aside nothing is left then.
  return left <= 1e-9 ? undefined : score + Math.log2(left);
}

/** The decayed sum at a moment: how many, the old ones weighing less. */
export function scoreAt(score: number, { period, atMs }: { period: Period; atMs: number }): number {
  return 2 ** (score - (atMs - EPOCH) / HOUR_MS / HALF_LIFE[period]);
}

/** A story of which less than a half is left is not on a list any more: one view, a half-life later. */
export function leastScore(period: Period, atMs: number): number {
  return (atMs - EPOCH) / HOUR_MS / HALF_LIFE[period] - 1.001;
}
