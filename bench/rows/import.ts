import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { median, type RowMaker, spreadOf } from '../row.ts';

const TABLES = [
  'articles',
  'article_revisions',
  'article_versions',
  'record_leaves',
  'record_contents',
  'published_articles',
  'storyline_articles',
  'concept_articles',
  'author_articles',
] as const;
const ARTICLES = 2000;
const BATCH = 250;

/** Articles a second while the archive was filled, beside a loop that inserts the rows which came of it and computes nothing. */
export const importRow: RowMaker = async (bench) => {
  if (bench.house.db.kind !== 'sqlite' || bench.fillRates.length === 0) return [];
  const yardstick = await bareInserts(bench.folder);
  const rate = median(bench.fillRates);
  return [
    {
      name: 'import through publish',
      size: bench.size,
      ours: rate,
      yardstick,
      unit: 'articles/s',
      spread: spreadOf(bench.fillRates),
      yardstickIs: 'bare inserts of the same rows',
      budget: '≥ 2,000/s',
      holds: rate >= 2000,
    },
  ];
};

/** The same rows of 2,000 articles into empty tables with the same indexes, 250 articles a transaction, as durable as ours. */
async function bareInserts(folder: string): Promise<number> {
  const target = join(folder, 'bare-inserts.sqlite');
  await rm(target, { force: true });
  const source = new Database(join(folder, 'dateline.sqlite'), { readonly: true });
  const bare = new Database(target);
  try {
    bare.pragma('journal_mode = WAL');
    bare.pragma('synchronous = FULL');
    bare.pragma('foreign_keys = OFF');
    const ddl = source
      .prepare(
        `select sql from sqlite_schema where tbl_name in (${TABLES.map(() => '?').join()}) and type <> 'trigger' and sql is not null order by type desc`,
      )
      .all(...TABLES) as { sql: string }[];
    for (const { sql } of ddl) bare.exec(sql);
    const ids = (
      source
        .prepare(`select article_id from published_articles order by published_at limit ${ARTICLES}`)
        .all() as { article_id: string }[]
    ).map((row) => row.article_id);
    const work: { insert: Database.Statement; rows: unknown[][] }[][] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      const marks = batch.map(() => '?').join();
      work.push(
        TABLES.map((table) => {
          const where =
            table === 'record_contents'
              ? `leaf_index in (select leaf_index from record_leaves where article_id in (${marks}))`
              : `${table === 'articles' ? 'id' : 'article_id'} in (${marks})`;
          const rows = source
            .prepare(`select * from ${table} where ${where}`)
            .raw()
            .all(...batch) as unknown[][];
          const width = rows[0]?.length ?? 1;
          return {
            insert: bare.prepare(`insert into ${table} values (${Array(width).fill('?').join()})`),
            rows,
          };
        }),
      );
    }
    const began = performance.now();
    for (const batch of work) {
      bare.transaction(() => {
        for (const { insert, rows } of batch) for (const row of rows) insert.run(...row);
      })();
    }
    return ids.length / ((performance.now() - began) / 1000);
  } finally {
    source.close();
    bare.close();
    for (const end of ['', '-wal', '-shm']) await rm(`${target}${end}`, { force: true });
  }
}
