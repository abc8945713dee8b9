import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeConcepts } from '../../src/features/concepts/concepts.ts';
import { rebuildProjections } from '../../src/features/articles/articles.ts';
import { addEntry, factKey, mergeStorylines } from '../../src/features/storylines/storylines.ts';
import { storylineBySlug, timelineOf } from '../../src/features/storylines/storylines.views.ts';
import { eachDatabase } from '../support/database.ts';
import { newsroomOn, type TestNewsroom } from '../support/newsroom.ts';

const LINES = ['a', 'b', 'c'] as const;
const step = fc.oneof(
  fc.record({ kind: fc.constant('story' as const), tags: fc.subarray([0, 1, 2]) }),
  fc.record({ kind: fc.constant('kill' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('again' as const), at: fc.nat(9), tags: fc.subarray([0, 1, 2]) }),
  fc.record({ kind: fc.constant('merge' as const), from: fc.nat(2), into: fc.nat(2) }),
);

/** What the counts must be, counted from what is published and what has become part of what. */
async function counted(newsroom: TestNewsroom, table: 'storyline_articles' | 'concept_articles') {
  const column = table === 'storyline_articles' ? 'storyline_id' : 'concept_id';
  const rows = await newsroom.db.read
    .selectFrom(table as 'storyline_articles')
    .select((eb) => [`${column} as id` as 'storyline_id as id', eb.fn.countAll<number>().as('n')])
    .groupBy(column as 'storyline_id')
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.n)]));
}

eachDatabase('merged storylines and concepts', (open) => {
  test('keep every count exact, whatever is published, killed and merged in between, and rebuilt after', async () => {
    const db = await open();
    const newsroom = await newsroomOn(db);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const mark = Math.random().toString(36).slice(2, 8);
        const lines = await Promise.all(LINES.map((name) => newsroom.storyline(`${name}-${mark}`)));
        const concepts = await Promise.all(LINES.map((name) => newsroom.concept(`${name}-${mark}`)));
        const merged = new Set<number>();
        const stories: string[] = [];
        const room = { db, clock: newsroom.clock, projections: newsroom.press.projections };
        const named = (tags: readonly number[]) => ({
          storylines: tags.map((i) => lines[i] ?? ''),
          concepts: tags.map((i) => concepts[i] ?? ''),
        });
        for (const one of steps) {
          if (one.kind === 'story') stories.push(await newsroom.story(named(one.tags)));
          const id = 'at' in one ? stories[one.at % Math.max(1, stories.length)] : undefined;
          if (one.kind === 'kill' && id !== undefined) {
            stories.splice(stories.indexOf(id), 1);
            await newsroom.withdraw(id);
          }
          if (one.kind === 'again' && id !== undefined) {
            await newsroom.revise(id, { ...named(one.tags), lede: `Again ${newsroom.clock.now()}` });
            await newsroom.publish(id);
          }
          if (
            one.kind === 'merge' &&
            one.from !== one.into &&
            !merged.has(one.from) &&
            !merged.has(one.into)
          ) {
            merged.add(one.from);
            const [from, into] = [lines[one.from] ?? '', lines[one.into] ?? ''];
            await db.write((tx) => mergeStorylines(tx, room, { from, into }));
            const pair = { from: concepts[one.from] ?? '', into: concepts[one.into] ?? '' };
            await db.write((tx) => mergeConcepts(tx, room, pair));
          }
        }
        const check = async (): Promise<void> => {
          for (const [table, ids] of [
            ['storylines', lines],
            ['concepts', concepts],
          ] as const) {
            const truth = await counted(
              newsroom,
              table === 'storylines' ? 'storyline_articles' : 'concept_articles',
            );
            const rows = await db.read
              .selectFrom(table)
              .select(['id', 'article_count', 'merged_into'])
              .where('id', 'in', ids)
              .execute();
            for (const row of rows) {
              expect(row.article_count).toBe(truth.get(row.id) ?? 0);
              expect(row.merged_into === null || row.article_count === 0).toBe(true);
            }
          }
        };
        await check();
      }),
      { numRuns: 5 },
    );
    const before = await db.read
      .selectFrom('storylines')
      .select(['id', 'article_count'])
      .orderBy('id')
      .execute();
    await rebuildProjections(db, newsroom.press.projections);
    const after = await db.read
      .selectFrom('storylines')
      .select(['id', 'article_count'])
      .orderBy('id')
      .execute();
    expect(after).toEqual(before);
  });

  test('lead from the old address to the new one, and a new version names the new one', async () => {
    const db = await open();
    const newsroom = await newsroomOn(db);
    const [from, into] = [await newsroom.storyline('old-line'), await newsroom.storyline('new-line')];
    const id = await newsroom.story({ storylines: [from] });
    const room = { db, clock: newsroom.clock, projections: newsroom.press.projections };
    await db.write((tx) => mergeStorylines(tx, room, { from, into }));
    expect(await storylineBySlug(db.read, 'old-line')).toMatchObject({ slug: 'new-line', count: 1 });
    await expect(db.write((tx) => mergeStorylines(tx, room, { from, into }))).rejects.toMatchObject({
      kind: 'conflict',
    });
    await newsroom.revise(id, { storylines: [from], lede: 'Told again.' });
    await newsroom.publish(id);
    const row = await db.read
      .selectFrom('published_articles')
      .select('version')
      .where('article_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.version as string)).toMatchObject({ storylines: [{ id: into, slug: 'new-line' }] });
  });

  test('a timeline shows what editors have confirmed, and not what a withdrawn article said', async () => {
    const db = await open();
    const newsroom = await newsroomOn(db);
    const line = await newsroom.storyline('a-line');
    const fact = (date: string, text: string) => ({ type: 'datedFact' as const, attrs: { date, text } });
    const id = await newsroom.story({
      storylines: [line],
      body: {
        type: 'doc',
        content: [
          { type: 'paragraph', content: [fact('2014-03-06', 'It began.'), fact('2015', 'It went on.')] },
        ],
      },
    });
    expect(await timelineOf(db.read, line, 10)).toEqual([]);
    const context = { db, clock: newsroom.clock };
    const entry = { storylineId: line, article: id, state: 'confirmed' as const, by: null };
    await db.write((tx) =>
      addEntry(tx, context, {
        ...entry,
        key: factKey('2014-03-06', 'It began.'),
        date: '2014-03-06',
        text: 'It began with six names.',
      }),
    );
    await db.write((tx) =>
      addEntry(tx, context, { ...entry, article: undefined, date: '2013', text: 'Before.' }),
    );
    expect((await timelineOf(db.read, line, 10)).map((one) => one.text)).toEqual([
      'Before.',
      'It began with six names.',
    ]);
    await newsroom.withdraw(id);
    expect((await timelineOf(db.read, line, 10)).map((one) => one.text)).toEqual(['Before.']);
  });
});
