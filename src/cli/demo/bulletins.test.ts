import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEARINGS, BRIDGE_DAYS, bridgeDays, placedLabel, removedLabel, SEGMENTS } from './bridge-model.ts';
import { MILESTONES } from './bridge-milestones.ts';
import { bridgeBulletins } from './bulletins.ts';

const TIME = { now: '2026-03-11T14:20:00.000Z', timeZone: 'Europe/Amsterdam' };
const bulletins = bridgeBulletins(TIME);

test('there are 340, each with a headline, a slug and a key of its own', () => {
  expect(bulletins).toHaveLength(340);
  const sizes = (['headline', 'slug', 'key'] as const).map(
    (field) => new Set(bulletins.map((bulletin) => bulletin[field])).size,
  );
  expect(sizes).toEqual([340, 340, 340]);
});

test('they come in order, none of them in the future, over some seven months', () => {
  const instants = bulletins.map((bulletin) => bulletin.publishedAt);
  expect(instants).toEqual([...instants].sort());
  expect((instants.at(-1) ?? '') <= TIME.now).toBe(true);
  expect(Date.parse(TIME.now) - Date.parse(instants[0] ?? '')).toBeGreaterThan(200 * 86_400_000);
  expect(Date.parse(TIME.now) - Date.parse(instants.at(-1) ?? '')).toBeLessThan(36 * 3_600_000);
});

test('every milestone is told once, on its day', () => {
  for (const milestone of MILESTONES) {
    const told = bulletins.filter((bulletin) => bulletin.headline === milestone.headline);
    expect(told.map((bulletin) => bulletin.figures.day)).toEqual([milestone.day]);
  }
});

test('the counts that are printed never run backwards', () => {
  const printed = (pattern: RegExp) =>
    bulletins.flatMap(({ headline, lede }) => {
      const match = pattern.exec(`${headline} ${lede}`);
      return match === null ? [] : [Number((match[1] ?? '').replaceAll(',', ''))];
    });
  const series = [
    printed(/(\d+) of 96 new segments/),
    printed(/(\d+) of 96 old segments/),
    printed(/([\d,]+) cubic metres of concrete poured/),
    printed(/([\d.]+) of (?:214|238) million euros/),
    printed(/carried ([\d.]+) million passengers/),
  ];
  for (const numbers of series) {
    expect(numbers.length).toBeGreaterThan(2);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
});

test('a paragraph holds no hole, and no bulletin says the same thing twice', () => {
  const faulty = bulletins.filter(({ headline, lede, paragraphs }) => {
    const whole = [headline, lede, ...paragraphs];
    const hole = /undefined|NaN|Infinity|^\s|\s{2}|\{|\bInvalid\b/;
    return new Set(whole).size !== whole.length || whole.some((text) => hole.test(text));
  });
  expect(faulty).toEqual([]);
});

test('headlines and slugs do not depend on the moment', () => {
  const later = bridgeBulletins({ now: '2027-08-02T06:00:00.000Z', timeZone: 'Europe/Amsterdam' });
  expect(later.map((bulletin) => bulletin.headline)).toEqual(bulletins.map((bulletin) => bulletin.headline));
});

test('whatever the seed, the works go forward and end where the story stands', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const days = bridgeDays(seed);
      expect(days).toHaveLength(BRIDGE_DAYS);
      days.slice(1).forEach((day, index) => {
        const before = days[index];
        for (const count of [
          'removed',
          'placed',
          'bearings',
          'concrete',
          'welds',
          'painted',
          'delivered',
          'passengers',
          'spent',
        ] as const) {
          expect(day[count]).toBeGreaterThanOrEqual(before?.[count] ?? 0);
        }
        expect(day.spent).toBeLessThan(day.budget);
        expect(day.placed === 0 || day.removed === SEGMENTS).toBe(true);
      });
      expect(days.at(-1)).toMatchObject({ removed: SEGMENTS, placed: SEGMENTS - 3, bearings: BEARINGS });
    }),
    { numRuns: 30 },
  );
});

test('segments are named from the banks on the way in and from the middle on the way out', () => {
  expect([1, 2, 96].map(removedLabel)).toEqual(['E48', 'W48', 'W1']);
  expect([1, 2, 93].map(placedLabel)).toEqual(['E1', 'W1', 'E47']);
});
