import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish, withdraw, reviseArticle, createArticles } from '../../src/features/articles/articles.ts';
import { createPreviewLink, revokePreviewLink } from '../../src/features/desks/desks.ts';
import { receiptsOf } from '../../src/features/desks/receipts.views.ts';
import { putLayout, restoreLayout } from '../../src/features/front-pages/front-pages.ts';
import { createSection } from '../../src/features/articles/articles.ts';
import { createStoryline } from '../../src/features/storylines/storylines.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { runSite, type RunningSite } from '../support/site.ts';

let site: RunningSite;
const NOTE = 'An earlier version named the wrong harbour & its “master”.';

beforeAll(async () => {
  site = await runSite({ role: 'all' });
});
afterAll(() => site[Symbol.asyncDispose]());

const nouns: { section?: string; storyline?: string } = {};

async function story(headline: string, change: Record<string, unknown> = {}): Promise<string> {
  const { house } = site;
  const context = { db: house.db, clock: house.clock };
  nouns.section ??= await house.db.write((tx) =>
    createSection(tx, context, { name: 'World', slug: 'world' }),
  );
  nouns.storyline ??= await house.db.write((tx) =>
    createStoryline(tx, context, { title: 'The harbour', slug: 'harbour' }),
  );
  return house.db.write(async (tx) => {
    const [row] = await createArticles(tx, { clock: house.clock, by: null }, [
      {
        content: {
          language: 'en',
          headline,
          lede: `Lede of ${headline}`,
          body: docFromParagraphs([`Body of ${headline}`]),
          section: nouns.section ?? '',
          storylines: [nouns.storyline ?? ''],
          ...change,
        },
      },
    ]);
    return row?.id ?? '';
  });
}

const put = (id: string, order: Record<string, unknown> = {}) =>
  site.house.db.write((tx) => publish(tx, site.house.press, [{ articleId: id, ...order }]));

/** Everything that follows from what has been committed has been done. */
async function settled(): Promise<void> {
  await site.site.follower.drain();
  await site.site.jobs?.drain();
}

test('a correction is on every surface at the next request, and its receipt says so truthfully', async () => {
  const { house } = site;
  const id = await story('Boats stay in');
  await put(id);
  await site.get('/');
  await site.get('/section/world');
  const content = {
    language: 'en',
    headline: 'Boats stayed in',
    lede: 'They did.',
    body: docFromParagraphs(['The right harbour.']),
    section: nouns.section ?? '',
    storylines: [nouns.storyline ?? ''],
  };
  await house.db.write((tx) =>
    reviseArticle(tx, { clock: house.clock, by: null }, { articleId: id, content }),
  );
  const [made] = await put(id, { reason: 'correction', note: NOTE, severity: 'major' });
  const path = made?.path ?? '';
  const page = await site.get(path);
  expect(page.body).toContain('CorrectionComment');
  for (const at of ['/', '/section/world', '/storyline/harbour', '/feed.xml', '/feed.json', `${path}.json`])
    expect((await site.get(at)).body, at).toContain('Boats stayed in');
  expect((await site.get(`${path}/history`)).body).toContain('An earlier version');
  await settled();
  const [receipt] = await receiptsOf(house.db.read, { articleId: id, limit: 1 });
  const missed = receipt?.surfaces.filter((surface) => !surface.reached) ?? [];
  expect(missed).toEqual([]);
  expect(receipt).toMatchObject({ state: 'complete', reason: 'correction' });
  const names = receipt?.surfaces.map((surface) => surface.surface) ?? [];
  for (const name of [
    'page',
    'notice',
    'json-ld',
    'history',
    'ninjs',
    'record',
    'record-entry',
    'front',
    'rss',
    'atom',
    'sitemap',
    'search',
    'api',
    'short-link',
    'social-card',
    'oembed',
    'storyline',
  ])
    expect(names).toContain(name);
  expect(receipt?.surfaces.every((surface) => /^[0-9a-f]{64}$/.test(surface.digest ?? ''))).toBe(true);
});

test('a kill leaves its notice and nothing else', async () => {
  const { house } = site;
  const id = await story('A story to be killed');
  const [made] = await put(id);
  const path = made?.path ?? '';
  await site.get('/');
  await house.db.write((tx) =>
    withdraw(tx, house.press, { articleId: id, kind: 'kill', note: 'It was not so.', by: null }),
  );
  const page = await site.get(path);
  expect(page.status).toBe(410);
  expect(page.body).toContain('It was not so.');
  for (const at of ['/', '/section/world', '/feed.xml', '/sitemap-news.xml'])
    expect((await site.get(at)).body, at).not.toContain(path);
  await settled();
  const [receipt] = await receiptsOf(house.db.read, { articleId: id, limit: 1 });
  expect(receipt?.surfaces.filter((surface) => !surface.reached)).toEqual([]);
});

test('a preview shows the page of one revision to who holds its token, until it ends', async () => {
  const { house } = site;
  const id = await story('Not yet told', { embargo: '2999-01-01T00:00:00Z' });
  const by = id;
  const make = (hours?: number) =>
    house.db.write((tx) =>
      createPreviewLink(tx, house.clock, {
        target: { kind: 'article', id, revision: 1 },
        by,
        ...(hours === undefined ? {} : { hours }),
      }),
    );
  const link = await make();
  const at = `/preview/${link.token}`;
  const page = await site.get(at);
  expect(page.status).toBe(200);
  expect(page.body).toContain('Not yet told');
  expect(page.body).toContain('embargo');
  expect(page.headers).toMatch(/no-store/);
  expect(page.headers).toMatch(/noindex/);
  expect(page.headers).toContain("frame-ancestors 'self'");
  expect(page.body).toContain('noindex');
  const card = await site.get(`${at}/card.png`);
  expect(card.body.slice(1, 4)).toBe('PNG');
  const stored = await house.db.read.selectFrom('preview_links').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(link.token);
  const guess = `${link.token.slice(0, -1)}${link.token.endsWith('A') ? 'B' : 'A'}`;
  const short = await make(0.000001);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const bad of [guess, 'x', short.token, encodeURIComponent("' or 1=1")])
    expect((await site.get(`/preview/${bad}`)).status).toBe(404);
  await house.db.write((tx) => revokePreviewLink(tx, house.clock, { id: link.id, by }));
  expect((await site.get(at)).status).toBe(404);
});

test('the front page is as hands arrange it at the next request, fills itself where a story falls, and comes back', async () => {
  const { house } = site;
  const room = { db: house.db, clock: house.clock };
  const plain = await story('Chosen by hand', { urgency: 9 });
  const heavy = await story('Heaviest of all', { urgency: 3 });
  await put(plain);
  await put(heavy);
  const leadOf = async (): Promise<string> =>
    /<h2[^>]*>.*?<\/h2>/s.exec((await site.get('/')).body)?.[0] ?? '';
  expect(await leadOf()).toContain('Heaviest of all');
  const first = await house.db.write((tx) =>
    putLayout(tx, room, { edition: 'en', slots: { lead: { article: plain } }, when: 'now', by: null }),
  );
  expect(await leadOf()).toContain('Chosen by hand');
  await expect(
    house.db.write((tx) =>
      putLayout(tx, room, { edition: 'en', slots: {}, when: 'now', expected: 0, by: null }),
    ),
  ).rejects.toMatchObject({ kind: 'precondition-failed' });
  await house.db.write((tx) => putLayout(tx, room, { edition: 'en', slots: {}, when: 'now', by: null }));
  expect(await leadOf()).toContain('Heaviest of all');
  await house.db.write((tx) => restoreLayout(tx, room, { id: first, by: null }));
  expect(await leadOf()).toContain('Chosen by hand');
  await house.db.write((tx) =>
    withdraw(tx, house.press, { articleId: plain, kind: 'kill', note: 'Gone.', by: null }),
  );
  expect(await leadOf()).toContain('Heaviest of all');
});
