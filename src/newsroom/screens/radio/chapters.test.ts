import { expect, test } from 'vitest';
import { chaptersIn, textOf } from './chapters.ts';

test('chapters are read from lines; one that stays keeps what a line does not show', () => {
  const before = [{ startMs: 725_400, title: 'The bridge', url: 'https://courier.example/bridge' }];
  const lines = '0:00 Hello\n\n 12:05  The bridge\n1:02:05 Weather: mild ';
  expect(chaptersIn(lines, before)).toEqual([
    { startMs: 0, title: 'Hello' },
    before[0],
    { startMs: 3_725_000, title: 'Weather: mild' },
  ]);
  expect(chaptersIn('Hello', [])).toBeUndefined();
  expect(chaptersIn('12:65 Hello', [])).toBeUndefined();
  expect(chaptersIn('12:05', [])).toBeUndefined();
  expect(textOf(3_725_000)).toBe('1:02:05');
});
