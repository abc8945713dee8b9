import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { manualClock } from '../../base/clock.ts';
import { cleanName, createUser, newReader, skeleton } from './accounts.ts';

const clock = manualClock('2026-03-01T10:00:00.000Z');

test('names of the world are names', () => {
  for (const name of [
    'Ada Lovelace',
    'Jürgen Groß',
    'José Ángel',
    'Нина Петрова',
    'ليلى حداد',
    '山田太郎',
    'O’Connor',
    'Anne-Marie 2',
    'नेहा शर्मा',
    'Σοφία',
    'می‌خواهم',
  ])
    expect(cleanName(name)).toBe(name.normalize('NFKC'));
  expect(cleanName('  Ｆｕｌｌ   Ｗｉｄｔｈ ')).toBe('Full Width');
});

test('what hides, turns or imitates is no name', () => {
  const hidden = [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u202a',
    '\u202b',
    '\u202d',
    '\u202e',
    '\u202c',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u034f',
    '\u115f',
    '\u3164',
    '\uffa0',
    '\u2800',
    '\ufe0f',
    '\u{e0041}',
    '\u{e0100}',
    '\u0000',
    '\u0007',
    '\u2028',
  ];
  for (const sign of hidden)
    expect(() => cleanName(`Ada${sign}Love`), JSON.stringify(sign)).toThrow('cannot be used');
  for (const name of [
    '',
    '   ',
    '...',
    '\ud800x',
    'x'.repeat(41),
    'A\u0301\u0302\u0303\u0304b',
    'ada@mail.example',
    'https://x.example',
    'www.x.example',
    '<b>Ada</b>',
    'Аda',
    'pаypal',
    'Ada ☃',
    'a\u20e3',
  ])
    expect(() => cleanName(name), JSON.stringify(name)).toThrow('cannot be used');
});

test('a skeleton has nothing left to fold', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      (text) => !/[\p{M}\p{Cf}\s]/u.test(skeleton(text)),
    ),
  );
  for (const [a, b] of [
    ['Salma Nadir', 'SaIma Nadir'],
    ['Ines Aldermann', 'lnes AIdermann'],
    ['Tomas Rieck', 'Tornas Rieck'],
    ['Tomas Rieck', 'T0mas  Rieck'],
    ['Tomas Rieck', 'TOMAS-RIECK'],
    ['Tomas Rieck', 'Tömás Ríeck'],
    ['Ada', 'Аdа'],
    ['Vivian West', 'Vivian VVest'],
    ['Claude', 'daude'],
  ] as const)
    expect(skeleton(a), `${a} and ${b}`).toBe(skeleton(b));
  expect(skeleton('Ada Lovelace')).not.toBe(skeleton('Eda Lovelace'));
});

eachDatabase('names of readers', (open) => {
  test('cannot be taken for people of the house, nor speak for it; readers may share one', async () => {
    const db = await open();
    await db.write(async (tx) => {
      await createUser(tx, clock, { email: 'salma@news.example', name: 'Salma Nadir', role: 'reporter' });
      const value = JSON.stringify({ name: 'The Courier', names: { de: 'Der Kurier' }, languages: ['en'] });
      await tx
        .insertInto('settings')
        .values({ name: 'site', value, updated_at: clock.now() } as never)
        .execute();
    });
    const make = (name: string): Promise<unknown> =>
      db.write((tx) => newReader(tx, clock, { name, language: 'en' }));
    for (const name of [
      'Salma Nadir',
      'SALMA NADIR',
      'SaIma Nadir',
      'Salma-Nadir',
      'Sálma Nadir',
      'Ѕаlmа Nаdіr',
      'Salma Nadir.',
      'Moderator',
      'ModerAtor',
      'M0derator',
      'Admin',
      'Adrnin',
      'The Courier',
      'Courier Staff',
      'Editor 2',
      'Редакция',
      'مشرف',
      'Redaktion',
      'Der Kurier',
      'Deleted account',
      'Dateline',
    ])
      await expect(make(name), name).rejects.toThrow('cannot be used');
    await make('Adam Miner');
    await make('Adam Miner');
    await make('Salma Nadira');
  });
});
