import { sql } from 'kysely';
import { Agent, get } from 'node:http';
import { contentOf, type Nouns } from '../fill.ts';
import { createArticles, publish } from '../../src/features/articles/articles.ts';
import { makeGenerator } from '../generator.ts';
import { type Bench, median, quantile, type RowMaker, spreadOf, timed } from '../row.ts';
import { startBenchSite } from '../site.ts';

const PUBLISHES = 60;

/**
 * From the order to publish until every surface has been fetched and shows the story: the transaction, its commit to disk, and the
 * renderings. The yardstick fetches the same surfaces when nothing has changed.
 */
export const publishRow: RowMaker = async (bench) => {
  const nouns = await nounsOf(bench);
  await catchUp(bench);
  const site = await startBenchSite(bench);
  const agent = new Agent({ keepAlive: true });
  const ask = (path: string): Promise<string> => fetchText({ agent, port: site.address.port, path });
  const generator = makeGenerator({ seed: 77, articles: PUBLISHES + 5 });
  const all: number[] = [];
  const commits: number[] = [];
  const kept: number[] = [];
  try {
    let round = -5;
    for (const [article] of generator.batches(1)) {
      if (article === undefined) continue;
      const mark = `zq${bench.size}x${round + 5}${Date.now().toString(36)}`;
      const made = {
        ...article,
        headline: `${mark} ${article.headline}`,
        storyline: 0,
        section: 0,
        publishedAt: bench.house.clock.now(),
      };
      const month = made.publishedAt.slice(0, 7);
      const lists = [
        '/',
        '/section/desk-1',
        '/storyline/line-1',
        '/feed.xml',
        `/sitemaps/${month}.xml`,
        '/sitemap-news.xml',
      ];
      for (const path of lists) await ask(path).catch(() => '');
      const unchanged = await timed(() => Promise.all(lists.map((path) => ask(path).catch(() => ''))));
      let committed = 0;
      const took = await timed(async () => {
        let path = '';
        let id = '';
        committed = await timed(async () => {
          await bench.house.db.write(async (tx) => {
            const [row] = await createArticles(tx, { clock: bench.house.clock, by: null }, [
              { content: contentOf(made, nouns) },
            ]);
            id = row?.id ?? '';
            const [published] = await publish(tx, bench.house.press, [{ articleId: id }]);
            path = published?.path ?? '';
          });
        });
        const surfaces = [path, `${path}.json`, `/search?q=${mark}`, ...lists];
        const texts = await Promise.all(surfaces.map(ask));
        for (const [i, text] of texts.entries())
          if (!text.includes(mark))
            throw new Error(`${surfaces[i]} did not show what had just been published`);
      });
      if (round >= 0) {
        all.push(took);
        commits.push(committed);
        kept.push(unchanged);
      }
      round += 1;
    }
  } finally {
    agent.destroy();
    await site.stop();
  }
  const common = { size: bench.size, unit: 'ms', yardstickIs: 'the same lists when nothing changed' };
  const p99 = quantile(all, 0.99);
  return [
    {
      ...common,
      name: 'publish → all surfaces, p50',
      ours: median(all),
      yardstick: median(kept),
      spread: spreadOf(all),
      budget: '',
      holds: undefined,
      note: `of it ${median(commits).toFixed(1)} ms until the commit is on disk; 9 surfaces`,
    },
    {
      ...common,
      name: 'publish → all surfaces, p99',
      ours: p99,
      yardstick: quantile(kept, 0.99),
      spread: spreadOf(all),
      budget: '≤ 50 ms',
      holds: p99 <= 50,
    },
  ];
};

async function nounsOf({ house }: Bench): Promise<Nouns> {
  const ids = async (table: 'sections' | 'authors' | 'storylines' | 'concepts'): Promise<string[]> =>
    (await house.db.read.selectFrom(table).select('id').orderBy('id').execute()).map((row) => row.id);
  const first = async (table: 'sections' | 'storylines', slug: string): Promise<string> =>
    (await house.db.read.selectFrom(table).select('id').where('slug', '=', slug).executeTakeFirstOrThrow())
      .id;
  return {
    sections: [await first('sections', 'desk-1')],
    authors: await ids('authors'),
    storylines: [await first('storylines', 'line-1')],
    concepts: await ids('concepts'),
  };
}

function fetchText({ agent, port, path }: { agent: Agent; port: number; path: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ agent, host: '127.0.0.1', port, path }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => (text += chunk));
      res.on('end', () =>
        res.statusCode === 200 ? resolve(text) : reject(new Error(`${path} answered ${res.statusCode}`)),
      );
      res.on('error', reject);
    }).on('error', reject);
  });
}

/** The related stories of the archive are not this row's work: their follower starts at the newest event. */
async function catchUp(bench: Bench): Promise<void> {
  const now = bench.house.clock.now();
  await bench.house.db.write(async (tx) => {
    await sql`insert into outbox_positions (subscriber, seq, updated_at)
      select 'related stories', coalesce(max(seq), 0), ${now} from outbox where true
      on conflict (subscriber) do update set seq = excluded.seq`.execute(tx);
  });
}
