/** One prediction that was made before its decision was learned from (progressive validation), and what a person then decided. */
export type Trial = {
  /** Raw log-odds. */
  readonly score: number;
  /** The probability that it gave then, with the calibration of then: what is measured was never fitted to its own answer. */
  readonly probability: number;
  readonly trouble: boolean;
};

/** How raw log-odds become a probability that holds: fitted to the trials (Platt scaling). */
export type Calibration = { readonly slope: number; readonly offset: number };

export type Measured = {
  /** Trials that were looked at: the newest. */
  readonly trials: number;
  /** Trials above the threshold: what it would have acted on. */
  readonly flagged: number;
  readonly right: number;
  /** Percent; undefined where nothing was flagged. */
  readonly precision: number | undefined;
  /** Percent: the lower end of the 95 % interval (Wilson). It must reach the bar. */
  readonly precisionAtLeast: number;
  /** Percent of the trouble that it would have caught. */
  readonly recall: number | undefined;
  /** Mean squared error of the probabilities (Brier); 0.25 is a coin. */
  readonly brier: number | undefined;
};

/** How many of the newest trials count. */
export const WINDOW = 1000;
/** Below so many flagged trials nothing is said of precision. */
export const LEAST_FLAGGED = 30;

export const plainCalibration: Calibration = { slope: 1, offset: 0 };

export function calibrated(score: number, { slope, offset }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * score + offset)));
}

/** Fits slope and offset by Newton's method with Platt's smoothed targets; the plain one where there is too little of either kind. */
export function calibrate(trials: readonly Pick<Trial, 'score' | 'trouble'>[]): Calibration {
  const positives = trials.filter(({ trouble }) => trouble).length;
  const negatives = trials.length - positives;
  if (positives < 10 || negatives < 10) return plainCalibration;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 50; step += 1) {
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-6, 0, 1e-6];
    for (const { score, trouble } of trials) {
      const p = calibrated(score, { slope, offset });
      const error = p - (trouble ? high : low);
      const weight = p * (1 - p);
      gs += error * score;
      go += error;
      hss += weight * score * score;
      hso += weight * score;
      hoo += weight;
    }
    const det = hss * hoo - hso * hso;
    if (Math.abs(det) < 1e-12) break;
    const ds = (hoo * gs - hso * go) / det;
    const dO = (hss * go - hso * gs) / det;
    slope -= Math.max(-1, Math.min(1, ds));
    offset -= Math.max(-1, Math.min(1, dO));
    if (Math.abs(ds) + Math.abs(dO) < 1e-6) break;
  }
  // A slope below nothing would turn the classifier round: then it knows nothing yet.
  return Number.isFinite(slope) && slope > 0.05 ? { slope, offset } : { slope: 0.05, offset };
}

/** Measures trials at a threshold in percent. */
export function measure(trials: readonly Trial[], threshold: number): Measured {
  const said = trials.map(({ probability: p, trouble }) => ({ p, trouble }));
  const flagged = said.filter(({ p }) => p * 100 >= threshold);
  const right = flagged.filter(({ trouble }) => trouble).length;
  const trouble = said.filter((one) => one.trouble).length;
  const squares = said.reduce((sum, { p, trouble: is }) => sum + (p - (is ? 1 : 0)) ** 2, 0);
  return {
    trials: trials.length,
    flagged: flagged.length,
    right,
    precision: flagged.length === 0 ? undefined : (right * 100) / flagged.length,
    precisionAtLeast: wilson(right, flagged.length) * 100,
    recall: trouble === 0 ? undefined : (right * 100) / trouble,
    brier: said.length === 0 ? undefined : squares / said.length,
  };
}

/** Whether it may act: enough flagged, and the lower bound of precision at the bar (percent) or above. */
export function passes(measured: Measured, bar: number): boolean {
  return measured.flagged >= LEAST_FLAGGED && measured.precisionAtLeast >= bar;
}

/** The lower end of Wilson's 95 % interval. */
export function wilson(hits: number, of: number): number {
  if (of === 0) return 0;
  const z = 1.96;
  const p = hits / of;
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return Math.max(0, (p + (z * z) / (2 * of) - spread) / (1 + (z * z) / of));
}
