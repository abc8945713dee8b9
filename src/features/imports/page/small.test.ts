import { expect, test } from 'vitest';
import { bylineOf, signOffOf } from './bylines.ts';
import { countersOf } from './counters.ts';
import { creditAtEnd, creditOf } from './credit.ts';
import { gather } from './evidence.ts';
import { furnitureOf } from './furniture.ts';
import { kindOf } from './kinds.ts';
import { guessLanguage } from './language.ts';
import { storylineOf } from './storyline.ts';
import { inferYear } from './year.ts';

test.each([
  ['© Sputnik / Alexei Nikolsky', 'Sputnik', 'Alexei Nikolsky'],
  ['Photo: Jane Doe / AFP', 'AFP', 'Jane Doe'],
  ['Photo by Jane Doe/Getty Images', 'Getty Images', 'Jane Doe'],
  ['REUTERS/Jane Doe', 'REUTERS', 'Jane Doe'],
  ['AP Photo/Jane Doe', 'AP', 'Jane Doe'],
  ['© AFP 2015 / Jane Doe', 'AFP', 'Jane Doe'],
  ['Фото: Иван Иванов/ТАСС', 'ТАСС', 'Иван Иванов'],
  ['Foto: dpa', 'dpa', null],
  ['(c) AFP', 'AFP', null],
  ['写真：ロイター', 'ロイター', null],
  ['صورة: رويترز', 'رويترز', null],
  ['新华社记者 张三 摄', '新华社', '张三'],
])('credit %s', (text, agency, photographer) => {
  expect(creditOf(text)).toEqual({ credit: text, agency, photographer });
});

test.each([
  '© 2015 Example News. All rights reserved.',
  'Photo shows a man near the building.',
  'News / Politics / Europe',
])('no credit in %s', (text) => expect(creditOf(text)).toBeUndefined());

test('a caption is parted from its credit', () => {
  expect(creditAtEnd('Ministers meet in Bonn. (Photo: Jane Doe / AFP)')).toMatchObject({
    caption: 'Ministers meet in Bonn.',
    credit: { agency: 'AFP' },
  });
  expect(creditAtEnd('Ministers meet in Bonn [AFP]')?.caption).toBe('Ministers meet in Bonn');
  expect(creditAtEnd('Angela Merkel (CDU)')).toBeUndefined();
});

test.each([
  ['12 comments', 'comments 12'],
  ['1.2k views', 'views 1200'],
  ['Views: 43 Comments: 0', 'comments 0', 'views 43'],
  ['Просмотров: 1 204', 'views 1204'],
  ['1.204 visualizações', 'views 1204'],
  ['١٢ تعليق', 'comments 12'],
  ['1.5万 阅读', 'views 15000'],
  ['No comments yet', 'comments 0'],
  ['3 comments 120 shares', 'comments 3', 'shares 120'],
  ['He received 12 comments on the proposal from the members'],
])('counters of %s', (text, ...expected) => {
  expect(countersOf(text).map((one) => `${one.kind} ${one.count}`)).toEqual(expected);
});

test.each([
  ['By JANE DOE and John Smith, Example News', 'Jane Doe', 'John Smith'],
  ['By Jane Doe, Political Correspondent', 'Jane Doe'],
  ['Von Max Mustermann, Berlin', 'Max Mustermann'],
  ['Автор: Иван Иванов', 'Иван Иванов'],
  ['Por María Pérez | Madrid', 'María Pérez'],
  ['作者：张三', '张三'],
  ['بقلم: محمد علي', 'محمد علي'],
])('byline %s', (text, ...names) => {
  expect(bylineOf(text)?.names).toEqual(names);
});

test('a phrase that begins like a byline is none, and a sign-off names its reporter', () => {
  expect(bylineOf('By the way, this is a sentence')).toBeUndefined();
  expect(signOffOf('(Reporting by Jane Doe; Editing by John Smith)')).toEqual(['Jane Doe']);
});

test('storylines, and what only looks like them', () => {
  expect(storylineOf('Western Sanctions Against Russia (737)')).toEqual({
    title: 'Western Sanctions Against Russia',
    count: 737,
    labelled: false,
  });
  expect(storylineOf('Сюжет: Санкции против России (737)')).toEqual({
    title: 'Санкции против России',
    count: 737,
    labelled: true,
  });
  expect(storylineOf('專題：烏克蘭危機（88）')).toMatchObject({ title: '烏克蘭危機', count: 88 });
  for (const text of ['World (120)', 'Comments (12)', 'The Act (2014)'])
    expect(storylineOf(text)).toBeUndefined();
});

test.each([
  ['Community standardsDiscussion', 'comment prompt'],
  ['HomeWorldPoliticsSport', 'menu'],
  ['Home > World > Europe', 'breadcrumb'],
  ['News World Europe Business Sport', 'menu'],
  ['We use cookies to improve your experience on this site.', 'cookie notice'],
  ['Sign up to our daily newsletter and get the best stories in your inbox.', 'newsletter'],
  ['İLGİLİ HABERLER', 'label'],
  ['Read more: Big headline here', 'read more'],
  ['Teilen auf Facebook', 'share'],
])('%s is furniture', (text, reason) => {
  expect(furnitureOf(text)?.reason).toBe(reason);
});

test.each([
  'The minister said cookies were banned by law in several countries.',
  'Ледокол «Полярная звезда» у причала завода',
  'The sanctions have been imposed - and Moscow blinks',
  'Read the full report, the ministry said in London on Tuesday after a long delay that nobody explained.',
])('%s is no furniture', (text) => {
  expect(furnitureOf(text)).toBeUndefined();
});

test('languages by script, letters and small words', () => {
  const told = (text: string): string | undefined => guessLanguage(text)?.language;
  expect(told('Der Minister sagte, dass die Verhandlungen nicht zu Ende sind und weiter gehen.')).toBe('de');
  expect(told('Президент заявил, что переговоры будут продолжены и после выборов.')).toBe('ru');
  expect(told('Президент заявив, що переговори буде продовжено і після виборів, які відбудуться.')).toBe(
    'uk',
  );
  expect(told('وزیر خارجه گفت که گفتگوها پس از انتخابات ادامه پیدا می‌کند.')).toBe('fa');
  expect(told('قال الوزير إن المحادثات ستستمر بعد الانتخابات التي ستجرى هذا العام.')).toBe('ar');
  expect(told('政府は21日、協議を再開すると発表した。')).toBe('ja');
  expect(told('政府21日宣布将恢复谈判，双方表示欢迎。')).toBe('zh');
  expect(told('O ministro disse que as negociações não terminaram e que vão continuar.')).toBe('pt');
  expect(told('123 456')).toBeUndefined();
});

test('kinds of concepts', () => {
  const story = 'The talks in Ostwick were led by Karin Lund. Lund said the Fisheries Union had agreed.';
  expect(kindOf('Karin Lund', { story })).toBe('person');
  expect(kindOf('Ostwick', { story })).toBe('place');
  expect(kindOf('Япония', { story })).toBe('place');
  expect(kindOf('Fisheries Union', { story })).toBe('organisation');
  expect(kindOf('NATO', { story })).toBe('organisation');
  expect(kindOf('climate change', { story })).toBe('topic');
  expect(kindOf('Kirkby', { story: 'A fire broke out.', place: 'KIRKBY' })).toBe('place');
});

test.each([
  ['the weekday', 'He said Wednesday that it was over.', 2015],
  ['a past day of the year before', 'On December 31, 2014, they met and agreed to go on.', 2015],
  ['last year beside its year', 'Last year, in 2011, the talks broke down.', 2012],
  ['years counted back', 'Three years ago, in 2009, the talks broke down.', 2012],
  ['a weekday with its day', 'They had met on Monday, January 19, in Bonn.', 2015],
  ['nothing of a plan', 'He said Wednesday that it will open by 2017.', 2015],
])('the year from %s', (_name, text, year) => {
  const evidence = gather([{ at: 0, text }], { language: 'en', lead: 1 });
  expect(
    inferYear({ month: 1, day: 21 }, { evidence, fetched: { year: 2019, month: 9, day: 21 } })?.year,
  ).toBe(year);
});

test('no year where the story gives no sign of one', () => {
  const evidence = gather([{ at: 0, text: 'The talks are over, the minister said.' }], {
    language: 'en',
    lead: 1,
  });
  expect(
    inferYear({ month: 1, day: 21 }, { evidence, fetched: { year: 2019, month: 9, day: 21 } }),
  ).toBeUndefined();
});
