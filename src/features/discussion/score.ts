/** Two-sided 95 %. */
const Z = 1.959964;

/**
 * Where a comment stands in the order by best, in millionths: the lower bound of the Wilson score interval (E. B. Wilson 1927) of the share
 * of approval, with one vote each way before the first. So 150 of 150 stands above 600 of 1000, a comment that nobody has judged above
 * one that was judged badly, and one early vote moves nothing to the top.
 */
export function scoreOf(up: number, down: number): number {
  const n = up + down + 2;
  const share = (up + 1) / n;
  const z2 = Z * Z;
  const bound =
    (share + z2 / (2 * n) - Z * Math.sqrt((share * (1 - share) + z2 / (4 * n)) / n)) / (1 + z2 / n);
  return Math.round(bound * 1_000_000);
}

export const UNJUDGED = scoreOf(0, 0);
