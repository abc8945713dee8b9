import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse } from '../../src/app.ts';
import { configFrom } from '../../src/config/config.ts';
import { createUser } from '../../src/features/accounts/accounts.ts';
import {
  noRules,
  placeImported,
  submitComment,
  type Writer,
} from '../../src/features/discussion/discussion.ts';
import { threadsPage } from '../../src/features/discussion/discussion.views.ts';
import { writeSetting } from '../../src/storage/settings.store.ts';
import { startPostgres, TEMPLATE } from '../../tests/support/postgres.ts';
import { fillArchive } from '../fill.ts';
import { type Bench, median, quantile, type Row, type RowMaker, spreadOf, timed } from '../row.ts';

const POSTS = 200;
const ROUNDS = 5;
const BIG = 100_000;
const PAGES = 200;

/**
 * Durable posts a second, beside a bare insert-and-commit loop on the same database; and the first page of a discussion of 100,000 comments with
 * a chain of answers 10,000 deep, beside that of one of twenty.
 */
export const discussionRow: RowMaker = async (bench) => {
  const articles = await bench.house.db.read
    .selectFrom('published_articles')
    .select('article_id')
    .where('kind', '=', 'article')
    .where('visibility', '=', 'live')
    .orderBy('article_id')
    .limit(3)
    .execute();
  const [small, posted, big] = articles.map((row) => row.article_id);
  if (small === undefined || posted === undefined || big === undefined)
    throw new Error('the archive has too few articles to discuss');
  return [
    await posts(bench, posted),
    await postsOnPostgres(bench.size),
    await firstPage(bench, { small, big }),
  ];
};

/** The same on a PostgreSQL of its own, with a small archive. */
async function postsOnPostgres(size: number): Promise<Row> {
  const server = await startPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-postgres-'));
  try {
    const url = `${server.url}/${TEMPLATE}`;
    const house = await openHouse(configFrom({ DATELINE_DATABASE_URL: url }, { data: folder }));
    try {
      await fillArchive(house, { articles: 100 });
      const { article_id } = await house.db.read
        .selectFrom('published_articles')
        .select('article_id')
        .where('kind', '=', 'article')
        .where('visibility', '=', 'live')
        .executeTakeFirstOrThrow();
      return await posts({ house, size }, article_id);
    } finally {
      await house.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function posts({ house, size }: Pick<Bench, 'house' | 'size'>, articleId: string): Promise<Row> {
  const { db, clock } = house;
  const name = 'Bench Reader';
  const email = `bench-${clock.now()}@readers.example`;
  const userId = await db.write((tx) => createUser(tx, clock, { email, name, role: 'reader' }));
  const writer: Writer = { kind: 'account', userId, name, role: 'reader' };
  const room = { db, clock, moderator: noRules };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const took = await timed(async () => {
      for (let i = 0; i < POSTS; i += 1)
        await submitComment(room, { articleId, writer, text: `Comment ${round} ${i}: some *words*.` });
    });
    const yard = await timed(async () => {
      for (let i = 0; i < POSTS; i += 1)
        await db.write((tx) => writeSetting(tx, `bench.${round % 2}.${i}`, `some words ${round}`));
    });
    // The first round warms both.
    if (round > 0) {
      ours.push(POSTS / (took / 1000));
      bare.push(POSTS / (yard / 1000));
    }
  }
  return {
    name: `durable posts a second (${db.kind})`,
    size,
    ours: median(ours),
    yardstick: median(bare),
    unit: '/s',
    spread: spreadOf(ours),
    yardstickIs: 'a bare loop of one insert and one commit',
    budget: '',
    holds: undefined,
    note: 'read, reviewed, placed, counted and told in one transaction each',
  };
}

async function firstPage(
  { house, size }: Bench,
  { small, big }: { small: string; big: string },
): Promise<Row> {
  const { db } = house;
  await fill(house, { articleId: big, count: BIG, deep: 10_000 });
  await fill(house, { articleId: small, count: 20, deep: 0 });
  const page = (articleId: string): Promise<number> =>
    timed(() => threadsPage(db.read, articleId, { sort: 'newest', limit: 20, replies: 3 }));
  const ours: number[] = [];
  const yard: number[] = [];
  for (let i = -10; i < PAGES; i += 1) {
    const took = await page(big);
    const of20 = await page(small);
    if (i >= 0) {
      ours.push(took);
      yard.push(of20);
    }
  }
  const p95 = quantile(ours, 0.95);
  return {
    name: `first page of ${BIG.toLocaleString('en')} comments, p95`,
    size,
    ours: p95,
    yardstick: quantile(yard, 0.95),
    unit: 'ms',
    spread: spreadOf(ours),
    yardstickIs: 'the same page of a discussion of twenty',
    budget: '≤ 30 ms',
    holds: p95 <= 30,
    note: 'a chain of answers 10,000 deep among them',
  };
}

async function fill(
  { db, clock }: Bench['house'],
  { articleId, count, deep }: { articleId: string; count: number; deep: number },
): Promise<void> {
  const known = await db.read
    .selectFrom('discussion_threads')
    .select('comment_seq')
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  if ((known?.comment_seq ?? 0) >= count) return;
  const from = Date.parse('2020-01-01T00:00:00.000Z');
  for (let start = 0; start < count; start += 1000) {
    const comments = Array.from({ length: Math.min(1000, count - start) }, (_, i) => {
      const n = start + i;
      const parent = n > 0 && n <= deep ? n - 1 : n % 4 === 0 ? undefined : Math.max(0, n - (n % 40) - 1);
      return {
        origin: 'bench',
        externalId: `${articleId} ${n}`,
        articleId,
        ...(parent === undefined ? {} : { parentExternalId: `${articleId} ${parent}` }),
        author: { name: `Reader ${n % 500}` },
        writtenAt: new Date(from + n * 1000).toISOString(),
        paragraphs: [`Comment ${n} of many, with some words in it.`],
        state: 'visible' as const,
      };
    });
    await db.write((tx) => placeImported(tx, db, { comments, now: clock.now() }));
  }
}
