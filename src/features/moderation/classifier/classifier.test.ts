import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featuresOf } from './features.ts';
import { learn, newModel, packModel, probability, reasonsOf, scoreOf, unpackNumbers } from './model.ts';
import { calibrate, calibrated, LEAST_FLAGGED, measure, passes, type Trial, wilson } from './trials.ts';

const TROUBLE = ['idiots', 'liars', 'vermin', 'scum', 'traitors', 'parasites'];
const FINE = ['council', 'harbour', 'figures', 'budget', 'minister', 'schools'];
const FILL = ['the', 'are', 'all', 'of', 'them', 'and', 'this', 'is', 'what', 'we', 'get', 'again'];

/** A made-up comment of a kind: filler, with one or two words that tell. */
function textOf(trouble: boolean, random: () => number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const told = trouble ? TROUBLE : FINE;
  return Array.from({ length: 12 }, (_, n) => (n % 5 === 2 ? pick(told) : pick(FILL))).join(' ');
}

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Says, then is told, decision after decision; `noise`: how often a person decides against the text. */
function season(count: number, noise: number): { trials: Trial[]; model: ReturnType<typeof newModel> } {
  const random = dice(7);
  const model = newModel();
  const trials: Trial[] = [];
  let calibration = calibrate([]);
  for (let n = 0; n < count; n += 1) {
    const text = textOf(n % 3 === 0, random);
    const trouble = (n % 3 === 0) !== random() < noise;
    const features = featuresOf(text, 0);
    const score = scoreOf(model, features);
    trials.push({ score, probability: calibrated(score, calibration), trouble });
    learn(model, features, trouble);
    if (n % 20 === 19) calibration = calibrate(trials);
  }
  return { trials, model };
}

test('learns from decisions, and earns its place by what it said before it was told', () => {
  const { trials, model } = season(600, 0);
  const early = measure(trials.slice(0, 30), 90);
  expect(passes(early, 90), 'thirty decisions prove nothing').toBe(false);
  const measured = measure(trials, 90);
  expect(measured.flagged).toBeGreaterThan(LEAST_FLAGGED);
  expect(measured.precisionAtLeast).toBeGreaterThan(90);
  expect(passes(measured, 90)).toBe(true);
  const reasons = reasonsOf(model, featuresOf('what vermin we get', 0), 3);
  expect(reasons[0]?.name).toContain('vermin');
  expect(reasons[0]?.weight).toBeGreaterThan(0);
  // Spelling does not save it.
  const said = (text: string): number => probability(scoreOf(model, featuresOf(text, 0)));
  expect(said('all of them v3rmin')).toBeGreaterThan(said('all of them schools'));
});

test('does not earn it where people decide by a coin', () => {
  const measured = measure(season(600, 0.5).trials, 90);
  expect(passes(measured, 90)).toBe(false);
});

test('its probabilities hold: what it gives eight in ten happens eight times in ten', () => {
  const { trials } = season(2000, 0.15);
  const late = trials.slice(1000);
  const sure = late.filter(({ probability: p }) => p > 0.7);
  const share = sure.filter(({ trouble }) => trouble).length / sure.length;
  const claimed = sure.reduce((sum, { probability: p }) => sum + p, 0) / sure.length;
  expect(Math.abs(share - claimed)).toBeLessThan(0.08);
});

test('a model is kept and read as it was', () => {
  const { model } = season(50, 0.1);
  const packed = packModel(model);
  expect(unpackNumbers(packed.weights)).toEqual(model.weights);
  expect(unpackNumbers(packed.sums)).toEqual(model.sums);
  expect(() => unpackNumbers('AAAA')).toThrow('another size');
});

test('the lower bound is never above the share, and grows with the evidence', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (hits, of) => {
      const right = Math.min(hits, of);
      expect(wilson(right, of)).toBeLessThanOrEqual(right / of + 1e-12);
      expect(wilson(right * 10, of * 10)).toBeGreaterThanOrEqual(wilson(right, of) - 1e-12);
    }),
  );
});

test('no text makes it fail', () => {
  const model = newModel();
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const score = scoreOf(model, featuresOf(text, 3));
      expect(Number.isFinite(score)).toBe(true);
    }),
  );
});
