import { type RawBuilder, sql } from 'kysely';
import { search } from '../../src/features/search/search.views.ts';
import type { DatabaseKind } from '../../src/storage/db.ts';
import { makeGenerator, randomOf, zipf } from '../generator.ts';
import { median, quantile, type RowMaker, spreadOf, timed } from '../row.ts';

const QUESTIONS = 300;

/** Questions of one to three words, as frequent as words in text are, beside the bare full-text query of the same words. */
export const searchRow: RowMaker = async (bench) => {
  const { db } = bench.house;
  const { word } = makeGenerator({ seed: 1, articles: bench.size });
  const random = randomOf(5);
  const rank = zipf(10_000, random);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let i = -20; i < QUESTIONS; i += 1) {
    const words = Array.from({ length: 1 + Math.floor(random() * 3) }, () => word(rank()));
    const took = await timed(() =>
      search(db.read, db.kind, { text: words.join(' '), languages: ['en'], limit: 20 }),
    );
    const raw = await timed(() => bareQuery(db.kind, words).execute(db.read));
    if (i < 0) continue;
    ours.push(took);
    bare.push(raw);
  }
  const p95 = quantile(ours, 0.95);
  const common = { size: bench.size, unit: 'ms', yardstickIs: 'the bare full-text query, newest 20' };
  return [
    {
      ...common,
      name: 'search, p50',
      ours: median(ours),
      yardstick: median(bare),
      spread: spreadOf(ours),
      budget: '',
      holds: undefined,
    },
    {
      ...common,
      name: 'search, p95',
      ours: p95,
      yardstick: quantile(bare, 0.95),
      spread: spreadOf(ours),
      budget: '≤ 20 ms',
      holds: p95 <= 20,
    },
  ];
};

function bareQuery(kind: DatabaseKind, words: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`select rowid from search_index where search_index match ${words.map((word) => `"${word}"`).join(' ')} order by rowid desc limit 20`
    : sql`select doc_key from search_docs where words @@ plainto_tsquery('simple', ${words.join(' ')}) order by doc_key desc limit 20`;
}
