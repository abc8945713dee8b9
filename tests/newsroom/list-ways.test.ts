import { expect, test } from 'vitest';
import { listArticleIds, type ListQuery } from '../../src/features/articles/list.views.ts';
import {
  createArticles,
  createAuthor,
  createSection,
  publish,
} from '../../src/features/articles/articles.ts';
import { createConcept } from '../../src/features/concepts/concepts.ts';
import { eachDatabase } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';

const DAY = 86_400_000;
const WORDS = ['bridge', 'river', 'vote', 'storm', 'harbour'];

/** Whole numbers below a bound that a seed gives again. */
function numbersOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return Math.floor((state / 0x80_00_00_00) * below);
  };
}

eachDatabase('whichever way a list is made', (open) => {
  test('it has the articles that every filter lets through, in order, page by page', async () => {
    const db = await open();
    const { clock, press } = await newsroomOn(db);
    const number = numbersOf(7);
    const one = <T>(list: readonly T[]): T => list[number(list.length)] as T;
    const day = (): string =>
      new Date(Date.parse('2025-01-01T00:00:00.000Z') + number(400) * DAY).toISOString();
    const nouns = await db.write(async (tx) => {
      const context = { db, clock };
      return {
        sections: [
          await createSection(tx, context, { slug: 'sport', name: 'Sport' }),
          await createSection(tx, context, { slug: 'world', name: 'World' }),
        ],
        authors: [
          await createAuthor(tx, context, { slug: 'ada', name: 'Ada' }),
          await createAuthor(tx, context, { slug: 'ben', name: 'Ben' }),
        ],
        concepts: [
          await createConcept(tx, context, { slug: 'tide', kind: 'topic', name: 'Tide' }),
          await createConcept(tx, context, { slug: 'wind', kind: 'topic', name: 'Wind' }),
        ],
      };
    });
    const made = Array.from({ length: 120 }, () => ({
      headline: [one(WORDS), one(WORDS), one(WORDS)].join(' '),
      section: one(nouns.sections),
      author: one(nouns.authors),
      concepts: nouns.concepts.filter(() => number(2) === 0),
      language: one(['en', 'fr']),
      createdAt: day(),
    }));
    const ids = await db.write(async (tx) => {
      const rows = await createArticles(
        tx,
        { clock, by: null },
        made.map(({ author, createdAt, ...content }) => ({
          createdAt,
          content: { ...content, lede: '', body: { type: 'doc', content: [] }, bylines: [{ author }] },
        })),
      );
      const chosen = rows.filter(() => number(3) > 0);
      await publish(
        tx,
        press,
        chosen.map((row) => ({ articleId: row.id, publishedAt: day() })),
      );
      return rows.map((row) => row.id);
    });
    const rows = await db.read
      .selectFrom('articles')
      .select(['id', 'state', 'updated_at', 'first_published_at'])
      .execute();
    const all = rows.map((row) => ({ ...row, ...made[ids.indexOf(row.id)] }));
    const within = (at: string | null, [from, to]: readonly (string | undefined)[]): boolean =>
      (from === undefined && to === undefined) ||
      (at !== null && (from === undefined || at >= from) && (to === undefined || at < to));
    const expected = (query: ListQuery): string[] =>
      all
        .filter(
          (row) =>
            (query.sort === 'updated' || row.first_published_at !== null) &&
            (query.state === undefined || row.state === query.state) &&
            (query.language === undefined || row.language === query.language) &&
            (query.section === undefined || row.section === query.section) &&
            (query.author === undefined || row.author === query.author) &&
            (query.concept === undefined || row.concepts?.includes(query.concept) === true) &&
            (query.q === undefined || row.headline?.split(' ').includes(query.q) === true) &&
            within(row.updated_at, [query.updatedFrom, query.updatedTo]) &&
            within(row.first_published_at, [query.publishedFrom, query.publishedTo]),
        )
        .map((row) => ({
          id: row.id,
          at: (query.sort === 'updated' ? row.updated_at : row.first_published_at) ?? '',
        }))
        .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
        .map((row) => row.id);
    const filters: (() => Partial<ListQuery>)[] = [
      () => ({ section: one(nouns.sections) }),
      () => ({ author: one(nouns.authors) }),
      () => ({ concept: one(nouns.concepts) }),
      () => ({ q: one(WORDS) }),
      () => ({ state: one(['draft', 'published'] as const) }),
      () => ({ language: one(['en', 'fr']) }),
      () => ({ publishedTo: day() }),
      () => ({ publishedFrom: day() }),
      () => ({ updatedFrom: day() }),
      () => ({ updatedTo: day() }),
    ];
    for (const bounds of [
      { window: 3, few: 2, many: 1 },
      { window: 3, few: 30, many: 5 },
      { window: 20, few: 1000, many: 100 },
    ])
      for (let asked = 0; asked < 80; asked += 1) {
        const query: ListQuery = Object.assign(
          { sort: one(['updated', 'published'] as const), limit: 7 },
          ...Array.from({ length: 1 + number(3) }, () => one(filters)()),
        );
        const found: string[] = [];
        for (let after: ListQuery['after'] = undefined; ;) {
          const page: readonly string[] = await listArticleIds(db, { ...query, after }, bounds);
          found.push(...page);
          const last = all.find(({ id }) => id === page.at(-1));
          if (last === undefined || page.length < query.limit) break;
          after = {
            id: last.id,
            at: (query.sort === 'updated' ? last.updated_at : last.first_published_at) ?? '',
          };
        }
        expect(found, JSON.stringify({ bounds, query })).toEqual(expected(query));
      }
  });
});
