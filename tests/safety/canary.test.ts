import { expect, test } from 'vitest';
import { manualClock } from '../../src/base/clock.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import {
  createArticles,
  fireDueSchedules,
  publish,
  schedulePublish,
  withdraw,
} from '../../src/features/articles/articles.ts';
import { createConcept } from '../../src/features/concepts/concepts.ts';
import { createAsset } from '../../src/features/media/media.ts';
import { crawl } from '../support/crawl.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';
import { type Answer, runSite } from '../support/site.ts';

const ORIGIN = 'https://paper.example';
const CANARY = 'zqxkanarie';
const WORDS = { headline: 'Hzqxkanarie', lede: 'Lzqxkanarie', body: 'Bzqxkanarie', tag: 'Tzqxkanarie' };
const DAY = '/world/2026/03/01';
const CAPTION = 'Czqxkanarie';

const said = (text: string): boolean => text.toLowerCase().includes(CANARY);

/** Every address that can be guessed of a story, and those of the site. */
function addresses(ids: Record<string, string>): string[] {
  const feeds = ['feed.xml', 'atom.xml', 'feed.json'];
  const lists = ['', '/section/world', '/storyline/strike', '/tag/hidden-tag', '/author/ines'];
  const searches = ['Hzqxkanarie', 'Lzqxkanarie', 'Bzqxkanarie', 'Tzqxkanarie', 'boats'];
  return [
    ...lists.flatMap((list) => [list === '' ? '/' : list, ...feeds.map((file) => `${list}/${file}`)]),
    '/archive',
    '/archive/2026/03/01',
    '/live',
    '/community-standards',
    '/offline',
    '/robots.txt',
    '/sitemap.xml',
    '/sitemap-news.xml',
    '/sitemaps/2026-03.xml',
    '/sitemaps/pages.xml',
    '/nothing/here',
    ...searches.flatMap((word) => [`/search?q=${word}`, `/api/v1/search?q=${word}`]),
    ...['checkpoint', 'vkey', 'tile/0/000', 'tile/entries/000', 'tile/entries/000.p/1'].map(
      (x) => `/record/${x}`,
    ),
    ...Object.entries(ids).flatMap(([slug, id]) => {
      const path = `${DAY}/${slug}`;
      const oembed = `/oembed?url=${encodeURIComponent(ORIGIN + path)}`;
      return [path, `${path}.json`, `${path}/history`, oembed, `/og/${id}-1.png`, `/s/${id}`];
    }),
  ];
}

/** The addresses whose status line, headers or body hold the canary; a search page repeats its own question. */
function leaks(answers: Map<string, Answer>): string[] {
  return [...answers].flatMap(([path, { headers, body }]) => {
    const asked = new URL(path, ORIGIN).searchParams.get('q') ?? '';
    const own = asked === '' ? body : body.replaceAll(asked, '');
    return said(headers) || said(own) ? [path] : [];
  });
}

eachDatabaseConfig('what is not published', (fresh, kind) => {
  test('appears in no public byte before, everywhere on the next request after, and nowhere once killed', async () => {
    const config = await fresh();
    const clock = manualClock('2026-03-01T10:00:00.000Z');
    await using site = await runSite({
      origin: ORIGIN,
      clock,
      ...(config.kind === 'postgres' ? { postgres: config.url } : {}),
      fill: async ({ db }) => {
        const newsroom = await newsroomOn(db, { origin: ORIGIN });
        const section = await newsroom.section('world');
        const storylines = [await newsroom.storyline('strike')];
        const bylines = [{ author: await newsroom.author('ines') }];
        await newsroom.story({ slug: 'plain', section, storylines, bylines });
      },
    });
    const { db, press } = site.house;
    expect(db.kind).toBe(kind);
    const nouns = await db.read.selectFrom('sections').select('id').executeTakeFirstOrThrow();
    const line = await db.read.selectFrom('storylines').select('id').executeTakeFirstOrThrow();
    const author = await db.read.selectFrom('authors').select('id').executeTakeFirstOrThrow();
    const ids = await db.write(async (tx) => {
      const input = { slug: 'hidden-tag', name: WORDS.tag };
      const concepts = [await createConcept(tx, { db, clock }, input)];
      const asset = await createAsset(tx, clock, {
        kind: 'picture',
        fileName: 'a.jpg',
        caption: CAPTION,
        alt: CAPTION,
      });
      const content = {
        language: 'en',
        headline: WORDS.headline,
        lede: WORDS.lede,
        body: docFromParagraphs([WORDS.body]),
        section: nouns.id,
        storylines: [line.id],
        bylines: [{ author: author.id }],
        leadPicture: { asset },
        concepts,
      };
      const rows = await createArticles(tx, { clock, by: null }, [
        { content: { ...content, slug: 'draft' } },
        { content: { ...content, slug: 'embargoed', embargo: '2026-03-01T12:00:00Z' } },
        { content: { ...content, slug: 'scheduled' } },
      ]);
      const [draft = '', embargoed = '', scheduled = ''] = rows.map((row) => row.id);
      await schedulePublish(tx, press, {
        articleId: scheduled,
        revision: 1,
        at: '2026-03-01T12:00:00Z',
        by: null,
      });
      return { draft, embargoed, scheduled };
    });

    const surface = { get: (path: string) => site.get(path), origin: ORIGIN };
    const before = await crawl(surface, addresses(ids));
    expect(before.size).toBeGreaterThan(60);
    expect(leaks(before)).toEqual([]);
    for (const [slug, id] of Object.entries(ids))
      for (const path of [
        `${DAY}/${slug}`,
        `${DAY}/${slug}.json`,
        `${DAY}/${slug}/history`,
        `/og/${id}-1.png`,
      ])
        expect(before.get(path)?.status, path).toBe(404);

    clock.set('2026-03-01T12:00:00.000Z');
    expect((await fireDueSchedules(db, press)).map((fired) => fired.failure)).toEqual([undefined]);
    const due = [{ articleId: ids.draft }, { articleId: ids.embargoed }];
    await db.write((tx) => publish(tx, press, due));
    const surfaces = addresses(ids).filter(
      (path) =>
        !/^\/(archive$|live|community|offline|robots|sitemap\.|sitemaps|nothing|record|og|s\/)/.test(path),
    );
    for (const path of surfaces) {
      const answer = await site.get(path);
      expect(answer.status, path).toBe(200);
      expect(path.endsWith('q=boats') || said(answer.body), path).toBe(true);
    }
    const during = await crawl(surface, addresses(ids));
    for (const slug of Object.keys(ids)) {
      expect(during.get('/sitemaps/2026-03.xml')?.body).toContain(`${DAY}/${slug}<`);
      expect(during.get('/sitemap-news.xml')?.body).toContain(`${DAY}/${slug}<`);
    }

    for (const articleId of Object.values(ids)) {
      const note = 'Withdrawn: it was not so.';
      const erase = articleId === ids.draft;
      await db.write((tx) => withdraw(tx, press, { articleId, kind: 'kill', note, by: null, erase }));
    }
    const known = new Set([...addresses(ids), ...during.keys()]);
    const after = await crawl(surface, [...known]);
    expect(leaks(after)).toEqual([]);
    for (const slug of Object.keys(ids)) {
      expect(after.get(`${DAY}/${slug}`)).toMatchObject({ status: 410 });
      expect(after.get(`${DAY}/${slug}`)?.body).toContain('it was not so');
      expect(after.get('/sitemaps/2026-03.xml')?.body).not.toContain(`${DAY}/${slug}<`);
    }
  });
});
