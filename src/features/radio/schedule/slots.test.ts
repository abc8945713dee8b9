import fc from 'fast-check';
import { expect, test } from 'vitest';
import { airingAt, airingOn, airingsBetween, type Slot } from './slots.ts';

const slot = (more: Partial<Slot>): Slot => ({
  id: 's',
  programmeId: 'p',
  mountId: 'm',
  weekday: 7,
  onDay: undefined,
  starts: '01:00',
  minutes: 180,
  firstDay: undefined,
  lastDay: undefined,
  ...more,
});
const hours = (airing: { startsAt: string; endsAt: string } | undefined): number =>
  airing === undefined ? Number.NaN : (Date.parse(airing.endsAt) - Date.parse(airing.startsAt)) / 3600_000;

test('a night programme ends by the wall clock when clocks go forward or back', () => {
  // Berlin: forward on 29 March 2026 at 02:00, back on 25 October 2026 at 03:00.
  expect(hours(airingOn(slot({}), '2026-03-22', 'Europe/Berlin'))).toBe(3);
  expect(hours(airingOn(slot({}), '2026-03-29', 'Europe/Berlin'))).toBe(2);
  expect(hours(airingOn(slot({}), '2026-10-25', 'Europe/Berlin'))).toBe(4);
});

test('a programme of the hour that does not exist is on after the change; of the hour that comes twice, once', () => {
  const gap = airingOn(slot({ starts: '02:30', minutes: 30 }), '2026-03-29', 'Europe/Berlin');
  expect(gap).toMatchObject({ startsAt: '2026-03-29T01:30:00.000Z' });
  expect(hours(gap)).toBeGreaterThan(0);
  const twice = airingOn(slot({ starts: '02:30', minutes: 30 }), '2026-10-25', 'Europe/Berlin');
  expect(twice).toMatchObject({ startsAt: '2026-10-25T00:30:00.000Z' });
  // From the first half past two until three, which comes once.
  expect(hours(twice)).toBe(1.5);
});

test('the morning news is at seven every day of the year', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3650 }),
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
      (offset, zone) => {
        const day = new Date(Date.UTC(2024, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10);
        const airing = airingOn(
          slot({ weekday: undefined, onDay: day, starts: '07:00', minutes: 60 }),
          day,
          zone,
        );
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
        });
        expect(shown.format(Date.parse(airing?.startsAt ?? ''))).toBe('07:00');
        expect(shown.format(Date.parse(airing?.endsAt ?? ''))).toBe('08:00');
      },
    ),
  );
});

test('a single broadcast takes the place of what it overlaps, on its mount alone', () => {
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    slot({ id: `w${weekday}`, weekday, starts: '20:00', minutes: 60 }),
  );
  const special = slot({
    id: 'special',
    weekday: undefined,
    onDay: '2026-05-06',
    starts: '19:30',
    minutes: 90,
  });
  const other = slot({ id: 'other', mountId: 'other', weekday: 3, starts: '20:00', minutes: 60 });
  const span = { from: '2026-05-05T00:00:00.000Z', to: '2026-05-08T00:00:00.000Z' };
  expect(
    airingsBetween([...week, special, other], { ...span, timeZone: 'UTC' }).map(({ slotId }) => slotId),
  ).toEqual(['w2', 'special', 'other', 'w4']);
  expect(airingAt([...week, special], { at: '2026-05-06T20:45:00.000Z', timeZone: 'UTC' })?.slotId).toBe(
    'special',
  );
  expect(airingAt(week, { at: '2026-05-06T21:00:00.000Z', timeZone: 'UTC' })).toBeUndefined();
});

test('what began yesterday evening is on after midnight', () => {
  const late = slot({ weekday: 5, starts: '23:00', minutes: 180 });
  expect(airingAt([late], { at: '2026-05-09T01:30:00.000Z', timeZone: 'UTC' })?.day).toBe('2026-05-08');
});
