import { sql } from 'kysely';
import type { ListFilter } from '../../src/features/articles/list.views.ts';
import { newsroomArticles } from '../../src/features/articles/articles.newsroom.views.ts';
import { makeGenerator, randomOf, zipf } from '../generator.ts';
import { median, quantile, type RowMaker, spreadOf, timed } from '../row.ts';

const QUESTIONS = 200;

/** Lists of the newsroom with one to three filters, of which some fit nothing, beside the same number of newest rows without any. */
export const listsRow: RowMaker = async (bench) => {
  const { db } = bench.house;
  const { word } = makeGenerator({ seed: 1, articles: bench.size });
  const some = async (table: 'sections' | 'authors' | 'storylines' | 'concepts'): Promise<string[]> =>
    (await db.read.selectFrom(table).select('id').limit(200).execute()).map((row) => row.id);
  const [sections, authors, storylines, concepts] = await Promise.all(
    (['sections', 'authors', 'storylines', 'concepts'] as const).map(some),
  );
  const first = await askAll();
  const again = await askAll();
  const common = { size: bench.size, unit: 'ms', yardstickIs: 'the newest 51 rows, no filter' };
  return [
    {
      ...common,
      name: 'newsroom list, p50',
      ours: median(again.ours),
      yardstick: median(again.bare),
      spread: spreadOf(again.ours),
      budget: '',
      holds: undefined,
    },
    ...(
      [
        ['newsroom list, slowest', again],
        ['newsroom list, slowest when first asked', first],
      ] as const
    ).map(([name, { ours, bare }]) => ({
      ...common,
      name,
      ours: Math.max(...ours),
      yardstick: quantile(bare, 0.95),
      spread: spreadOf(ours),
      budget: '≤ 200 ms',
      holds: Math.max(...ours) <= 200,
    })),
  ];

  /** The same questions each time. */
  async function askAll(): Promise<{ readonly ours: readonly number[]; readonly bare: readonly number[] }> {
    const random = randomOf(7);
    const rank = zipf(10_000, random);
    const one = (list: readonly string[] | undefined): string =>
      list?.[Math.floor(random() * list.length)] ?? '';
    const june = (): string => `20${String(10 + Math.floor(random() * 16))}-06-01T00:00:00.000Z`;
    const filters: (() => ListFilter)[] = [
      () => ({ section: one(sections) }),
      () => ({ author: one(authors) }),
      () => ({ storyline: one(storylines) }),
      () => ({ concept: one(concepts) }),
      () => ({ q: word(rank()) }),
      () => ({ state: random() < 0.5 ? 'published' : 'killed' }),
      () => ({ language: random() < 0.7 ? 'en' : 'fr' }),
      () => ({ kind: random() < 0.7 ? 'article' : 'page' }),
      () => ({ updatedTo: june() }),
      () => ({ publishedTo: june() }),
      () => ({ publishedFrom: june() }),
    ];
    const ours: number[] = [];
    const bare: number[] = [];
    for (let i = 0; i < QUESTIONS; i += 1) {
      const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        filters[Math.floor(random() * filters.length)]?.(),
      );
      const query: ListFilter = Object.assign({}, ...chosen);
      const sort = random() < 0.8 ? ('updated' as const) : ('published' as const);
      const took = await timed(() => newsroomArticles(db, { ...query, sort, limit: 51 }));
      const raw = await timed(() =>
        sql`select * from articles order by updated_at desc, id desc limit 51`.execute(db.read),
      );
      ours.push(took);
      bare.push(raw);
    }
    return { ours, bare };
  }
};
