import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillArchive } from '../../bench/fill.ts';
import { makeGenerator } from '../../bench/generator.ts';
import { watchedReader } from '../../bench/queries.ts';
import { type House, projections } from '../../src/app.ts';
import { manualClock } from '../../src/base/clock.ts';
import { ensureRecordKey } from '../../src/features/record/record.ts';
import { refreshRelated } from '../../src/features/related/related.ts';
import { readAddress, readQuery } from '../../src/http/pages/address.ts';
import { makeMatcher } from '../../src/http/pages/match.ts';
import type { PageAnswer } from '../../src/http/route.ts';
import { buildReaderAssets } from '../../src/reader/assets.build.ts';
import { publicRoutes, type PublicServices } from '../../src/reader/public-routes.ts';
import { type Db } from '../../src/storage/db.ts';
import { openBlobs } from '../../src/storage/files/blobs.ts';

export const ORIGIN = 'https://news.example';

export type FilledHouse = {
  readonly house: House;
  readonly services: PublicServices;
  readonly assetFolder: string;
  /** An article with six paragraphs that stands in the middle of the longest storyline. */
  readonly article: { readonly path: string; readonly id: string; readonly code: string };
  /** Draws a page by the site's own route and counts its queries. */
  render(target: string): Promise<{ answer: PageAnswer; queries: number }>;
} & AsyncDisposable;

const match = makeMatcher(publicRoutes);

/** A house with a small seeded archive in the database, drawn on 1 July 2026. */
export async function filledHouse(db: Db, articles = 300): Promise<FilledHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-filled-'));
  const assetFolder = join(folder, 'assets');
  const assets = await buildReaderAssets(assetFolder);
  const clock = manualClock('2026-07-01T00:00:00.000Z');
  const blobs = openBlobs({ kind: 'disk', folder: join(folder, 'media') });
  await ensureRecordKey(db, ORIGIN);
  const press = { db, clock, projections: projections(db.kind) };
  const media = { db, blobs, clock };
  const house: House = { db, blobs, clock, press, media, close: () => db.close() };
  await fillArchive(house, { articles });
  const rows = await db.read.selectFrom('published_articles').selectAll().orderBy('published_at').execute();
  await refreshRelated(
    db,
    rows.map((row) => row.article_id),
  );
  const longest = await db.read
    .selectFrom('storylines')
    .select('id')
    .where('slug', '=', 'line-1')
    .executeTakeFirstOrThrow();
  const chosen = rows
    .filter((row) => {
      const version = JSON.parse(row.version) as {
        storylines: { id: string }[];
        body: { content: unknown[] };
      };
      return version.body.content.length === 6 && version.storylines[0]?.id === longest.id;
    })
    .at(3);
  if (chosen === undefined) throw new Error('the archive has no article of the wanted shape');
  const services: PublicServices = { kind: db.kind, origin: ORIGIN, assets, assetFolder, blobs, media };
  return {
    house,
    services,
    assetFolder,
    article: { path: chosen.path, id: chosen.article_id, code: chosen.short_code ?? '' },
    render: async (target) => {
      const watched = watchedReader(db.read);
      const address = readAddress(target);
      const found = address.kind === 'address' ? match(address.segments) : undefined;
      if (address.kind !== 'address' || found === undefined) throw new Error(`${target} has no route`);
      const query = readQuery(address.search, found.route.query) ?? {};
      const answer = await found.route.load(
        { read: watched.read, services, now: clock.now() },
        { params: found.params, query, path: address.path },
      );
      if (answer === undefined || 'file' in answer) throw new Error(`${target} is no page`);
      return { answer, queries: watched.answers.length };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** One page of each kind, by the name under which the budgets list it. */
export function pagesOf(filled: FilledHouse): Record<string, string> {
  const { path, code } = filled.article;
  return {
    front: '/',
    article: path,
    history: `${path}/history`,
    ninjs: `${path}.json`,
    section: '/section/desk-1',
    storyline: '/storyline/line-1',
    tag: '/tag/topic-1',
    author: '/author/writer-1',
    'archive day': `/archive/${path.split('/').slice(2, 5).join('/')}`,
    search: `/search?q=${makeGenerator({ seed: 1, articles: 300 }).word(40)}`,
    'short link': `/s/${code}`,
    'short link page': `/s/${code}/qr`,
    'RSS feed': '/feed.xml',
    'storyline feed': '/storyline/line-1/feed.xml',
    sitemap: '/sitemap.xml',
    'news sitemap': '/sitemap-news.xml',
    standards: '/community-standards',
  };
}
