import { randomOf } from '../generator.ts';
import { replayingReader, watchedReader } from '../queries.ts';
import { median, quantile, type RowMaker, spreadOf, timed } from '../row.ts';
import { render, servicesOf } from '../site.ts';

const PAGES = 400;

/** Article pages drawn at random over the whole archive, beside drawing the same pages from answers already in memory. */
export const uncachedArticle: RowMaker = async (bench) => {
  const { read } = bench.house.db;
  const services = await servicesOf(bench);
  const now = bench.house.clock.now();
  const random = randomOf(11);
  const rows = await read
    .selectFrom('published_articles')
    .select('path')
    .where('kind', '=', 'article')
    .orderBy('article_id')
    .execute();
  const ours: number[] = [];
  const bare: number[] = [];
  let queries = 0;
  for (let i = -40; i < PAGES; i += 1) {
    const { path } = rows[Math.floor(random() * rows.length)] ?? { path: '' };
    // The yardstick goes second, so that whatever the first left warm is to our disadvantage.
    const took = await timed(() => render(path, { read, services, now }));
    const watched = watchedReader(read);
    await render(path, { read: watched.read, services, now });
    const replay = replayingReader(watched.answers);
    const replayed = await timed(() => render(path, { read: replay, services, now }));
    if (i < 0) continue;
    ours.push(took);
    bare.push(replayed);
    queries = Math.max(queries, watched.answers.length);
  }
  const p99 = quantile(ours, 0.99);
  const common = { size: bench.size, unit: 'ms', yardstickIs: 'the same page, database answers in memory' };
  return [
    {
      ...common,
      name: 'uncached article, p50',
      ours: median(ours),
      yardstick: median(bare),
      spread: spreadOf(ours),
      budget: '',
      holds: undefined,
      note: `${queries} queries at most`,
    },
    {
      ...common,
      name: 'uncached article, p99',
      ours: p99,
      yardstick: quantile(bare, 0.99),
      spread: spreadOf(ours),
      budget: '≤ 10 ms',
      holds: p99 <= 10,
    },
  ];
};
