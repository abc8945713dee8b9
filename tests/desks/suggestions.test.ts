import { expect, test } from 'vitest';
import { createConcept } from '../../src/features/concepts/concepts.ts';
import { duplicateConcepts } from '../../src/features/related/duplicates.views.ts';
import { indexAll } from '../../src/features/related/names.ts';
import { suggest } from '../../src/features/related/suggest.ts';
import { nameKey } from '../../src/features/related/words.ts';
import { eachDatabase } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';

test('a name has one key, however it is cased, accented and spaced', () => {
  expect(nameKey('  São   Tomé ')).toBe(nameKey('sao tome'));
  expect(nameKey('القَاهِرة', 'ar')).toBe(nameKey('القاهره', 'ar'));
  expect(nameKey('東京都', 'ja')).not.toContain(' ');
});

eachDatabase('suggestions from a text', (open) => {
  test('know concepts by any of their names in any script, storylines, related pieces and new names', async () => {
    const db = await open();
    const newsroom = await newsroomOn(db);
    const make = (name: string, names: Record<string, string> = {}, aliases: string[] = []) =>
      db.write((tx) =>
        createConcept(tx, { db, clock: newsroom.clock }, { name, names, aliases, kind: 'place' }),
      );
    const cairo = await make('Cairo', { ar: 'القاهرة', ru: 'Каир', ja: 'カイロ' }, ['Al-Qahira']);
    const putin = await make('Vladimir Putin', { ru: 'Владимир Путин' });
    await make('Moscow', { ru: 'Москва' });
    await make('Anna Ivanova', { ru: 'Анна Иванова' });
    // Another, whose name has the same stem: no duplicate.
    const [sergei, sergeya] = [
      await make('Sergeev', { ru: 'Сергеев' }),
      await make('Sergeeva', { ru: 'Сергеева' }),
    ];
    expect(sergei).not.toBe(sergeya);
    const petrov = await make('Sidor Petrov', { ru: 'Сидор Петров' }, ['Петров']);
    const line = await newsroom.storyline('harbour-strike');
    const told = await newsroom.story({ headline: 'Cairo waits', concepts: [cairo], storylines: [line] });
    await indexAll(db);
    const ask = async (text: string, language: string) =>
      suggest(db.read, { text, language, concepts: [], storylines: [], now: newsroom.clock.now() });
    const english = await ask(
      'In Al-Qahira, ministers met. The Harbour strike goes on, said Angela Merkel in Berlin.',
      'en',
    );
    expect(english.concepts).toMatchObject([{ id: cairo, times: 1 }]);
    expect(english.storylines.map(({ id }) => id)).toEqual([line]);
    expect(english.related.map(({ id }) => id)).toEqual([told]);
    expect(english.unknown.map(({ name }) => name)).toContain('Angela Merkel');
    expect((await ask('اجتمع الوزراء في القاهرة وللقاهرة تاريخ.', 'ar')).concepts[0]?.id).toBe(cairo);
    expect((await ask('Встреча Владимира Путина прошла.', 'ru')).concepts[0]?.id).toBe(putin);
    // Bent at every end, and counted once for each time.
    for (const text of [
      'В Москве обсудили бюджет. Из Москвы уехали гости, и Москва опустела.',
      'О встрече Анны Ивановой с Анной Ивановой и об Анне Ивановой.',
    ])
      expect((await ask(text, 'ru')).concepts, text).toMatchObject([{ times: 3 }]);
    const bent = await ask('С Сидором Петровым говорили о Сидоре Петрове, сказал Пётр.', 'ru');
    expect(bent.concepts).toMatchObject([{ id: petrov, times: 2 }]);
    expect(await duplicateConcepts(db.read, { limit: 10, after: '' })).toEqual([]);
    expect((await ask('今日カイロで会議があった。', 'ja')).concepts[0]?.id).toBe(cairo);
    const had = await suggest(db.read, {
      text: 'Cairo again',
      language: 'en',
      concepts: [cairo],
      storylines: [],
      now: newsroom.clock.now(),
    });
    expect(had.concepts).toEqual([]);
  });
});
