import { expect, test } from 'vitest';
import { clockOf } from './clock.ts';
import { dateLineOf } from './stated.ts';
import { stamp } from './times.ts';

type Row = [text: string, language: string, ...stated: string[]];

const rows: Row[] = [
  ['Published 21 January 2015 10:32 GMT', 'en', 'published 2015-01-21T10:32:00.000Z'],
  [
    'Published: Jan. 21, 2015 4:05 p.m. ET | Updated: Jan. 22, 2015 9:10 a.m. ET',
    'en',
    'published 2015-01-21T21:05:00.000Z',
    'modified 2015-01-22T14:10:00.000Z',
  ],
  ['Updated 3:15 PM ET, Wed January 21, 2015', 'en', 'modified 2015-01-21T20:15:00.000Z'],
  ['03/04/2015 03:15 PM EST', 'en', 'unlabelled 2015-03-04T20:15:00.000Z'],
  ['2015-01-21T10:32:00+03:00', 'en', 'unlabelled 2015-01-21T07:32:00.000Z'],
  [
    '10:32 21.01.2015 (обновлено: 11:00 22.01.2015)',
    'ru',
    'unlabelled 2015-01-21T10:32',
    'modified 2015-01-22T11:00',
  ],
  // Moscow was four hours ahead until October 2014, three after.
  ['21 июля 2014, 10:32 МСК', 'ru', 'unlabelled 2014-07-21T06:32:00.000Z'],
  ['21 января 2015, 10:32 МСК', 'ru', 'unlabelled 2015-01-21T07:32:00.000Z'],
  [
    'Publié le 21 janvier 2015 à 10h32, mis à jour le 22 janvier 2015 à 11h00',
    'fr',
    'published 2015-01-21T10:32',
    'modified 2015-01-22T11:00',
  ],
  ['Mittwoch, 21. Januar 2015, 10.32 Uhr', 'de', 'unlabelled 2015-01-21T10:32'],
  ['Środa, 21 stycznia 2015 (10:32)', 'pl', 'unlabelled 2015-01-21T10:32'],
  ['21 Ocak 2015 Çarşamba 10:32', 'tr', 'unlabelled 2015-01-21T10:32'],
  ['الأربعاء ٢١ يناير ٢٠١٥ - ١٠:٣٢ بتوقيت غرينتش', 'ar', 'unlabelled 2015-01-21T10:32:00.000Z'],
  ['۱ بهمن ۱۳۹۳ - ۱۰:۳۲', 'fa', 'unlabelled 2015-01-21T10:32'],
  ['平成27年1月21日', 'ja', 'unlabelled 2015-01-21'],
  ['2015/01/21 18:24 更新', 'ja', 'modified 2015-01-21T18:24'],
  ['发布时间：2015-01-21 10:32:05', 'zh', 'published 2015-01-21T10:32'],
];

test.each(rows)('%s', (text, language, ...expected) => {
  const line = dateLineOf(text, language);
  const shown = line?.stated.map(
    ({ kind, date: { year = 0, month = 0, day = 0 }, time }) =>
      `${kind} ${stamp({ year, month, day }, time)}`,
  );
  expect(shown).toEqual(expected);
  expect(line?.pure).toBe(true);
});

test('a paragraph that speaks of a day is no date line', () => {
  expect(
    dateLineOf(
      'On January 21, 2015, the two ministers met in Bonn and agreed that they would meet again.',
      'en',
    ),
  ).toBeUndefined();
});

test.each([
  ['14:15 GMT +321 September 2019', { year: 2019, month: 9, day: 21 }],
  ['09:41 GMT +812 March 2022', { year: 2022, month: 3, day: 12 }],
  ['21 September 201914:15 GMT', { year: 2019, month: 9, day: 21 }],
  ['Среда, 21 сентября 2019 14:15', { year: 2019, month: 9, day: 21 }],
])('reads the masthead’s clock %s', (text, date) => {
  expect(clockOf(text, undefined)?.date).toMatchObject(date);
});
