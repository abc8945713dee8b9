import { expect, test } from 'vitest';
import { localInstant } from './clock.ts';

test.each([
  ['2015-01-21T10:32', 'Europe/Moscow', '2015-01-21T07:32:00.000Z'],
  ['2015-07-01T10:32:05', 'America/New_York', '2015-07-01T14:32:05.000Z'],
  // Skipped: 02:30 is half an hour past the change, 03:30 of the new time.
  ['2015-03-29T02:30', 'Europe/Berlin', '2015-03-29T01:30:00.000Z'],
  // Twice: the first.
  ['2015-10-25T02:30', 'Europe/Berlin', '2015-10-25T00:30:00.000Z'],
  ['2015-10-25T01:59', 'Europe/Berlin', '2015-10-24T23:59:00.000Z'],
  ['2015-10-25T03:00', 'Europe/Berlin', '2015-10-25T02:00:00.000Z'],
  // A zone that skipped a whole day.
  ['2011-12-31T00:30', 'Pacific/Apia', '2011-12-30T10:30:00.000Z'],
  ['2015-01-21T10:32', 'Asia/Kathmandu', '2015-01-21T04:47:00.000Z'],
])('%s in %s is %s', (local, zone, instant) => {
  expect(localInstant(local, zone)).toBe(instant);
});

test.each(['2015-01-21', '2015-01-21T10:32Z', '2015-13-41T10:32', 'today'])(
  '%s is no local date-time',
  (text) => {
    expect(localInstant(text, 'UTC')).toBeUndefined();
  },
);
