import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { NEWSROOM_ORIGIN as ORIGIN, newsroomOn, type TestNewsroom } from '../../../tests/support/newsroom.ts';
import { sharedPath } from '../../../tests/support/shared.ts';
import { parseDocument } from '../../contract/document.ts';
import { feedRoutesOfSite } from './feeds.api.ts';
import { ask } from '../../../tests/support/pages.ts';

/** A newsroom and the way to ask its feeds, as the front door does. */
async function opened(newsroom: TestNewsroom) {
  const context = () => ({
    read: newsroom.db.read,
    services: { origin: ORIGIN },
    now: newsroom.clock.now(),
  });
  return async (address: string): Promise<{ status: number; type: string; body: string }> =>
    ask(feedRoutesOfSite, { address, context: context() });
}

function checkXml(text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}

const BODY = parseDocument({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'See ' },
        { type: 'text', text: 'the old story', marks: [{ type: 'link', attrs: { href: '/world/old' } }] },
        { type: 'text', text: ' & <b>that</b> ]]> one.' },
      ],
    },
  ],
});

eachDatabase('feeds', (open) => {
  test('every format can be read back, with whole bodies and full addresses', async () => {
    const newsroom = await newsroomOn(await open());
    const section = await newsroom.section('world');
    const author = await newsroom.author('ines-aldermann');
    const concepts = [await newsroom.concept('harbour')];
    const storylines = [await newsroom.storyline('strike')];
    const common = { section, concepts, storylines, bylines: [{ author }] };
    const id = await newsroom.story({ ...common, headline: 'Fish & “chips” <em>', body: BODY, slug: 'fish' });
    await newsroom.story({ ...common, headline: 'Second', slug: 'second' });
    const get = await opened(newsroom);
    const link = `${ORIGIN}/world/2026/03/01/fish`;
    for (const prefix of [
      '',
      '/section/world',
      '/storyline/strike',
      '/tag/harbour',
      '/author/ines-aldermann',
    ]) {
      const [rss, atom, json] = [
        await get(`${prefix}/feed.xml`),
        await get(`${prefix}/atom.xml`),
        await get(`${prefix}/feed.json`),
      ];
      expect([rss.type, atom.type, json.type]).toEqual([
        'application/rss+xml; charset=utf-8',
        'application/atom+xml; charset=utf-8',
        'application/feed+json; charset=utf-8',
      ]);
      checkXml(rss.body);
      checkXml(atom.body);
      const items = parseRssFeed(rss.body).items ?? [];
      expect(items.map((item) => item.title)).toEqual(['Second', 'Fish & “chips” <em>']);
      expect(items[1]).toMatchObject({ link, guid: { value: `urn:uuid:${id}`, isPermaLink: false } });
      expect(items[1]?.dc?.creators).toEqual(['Ines aldermann']);
      const entries = parseAtomFeed(atom.body).entries ?? [];
      expect(entries[1]).toMatchObject({ id: `urn:uuid:${id}`, title: { value: 'Fish & “chips” <em>' } });
      expect(entries[1]?.links?.[0]?.href).toBe(link);
      const stories = parseJsonFeed(json.body).items ?? [];
      expect(stories[1]).toMatchObject({ id: `urn:uuid:${id}`, url: link, title: 'Fish & “chips” <em>' });
      const bodies = [items[1]?.content?.encoded, entries[1]?.content?.value, stories[1]?.content_html];
      for (const body of bodies) {
        expect(body).toContain(`href="${ORIGIN}/world/old"`);
        expect(body).toContain('&amp; &lt;b&gt;that&lt;/b&gt; ]]&gt; one.');
      }
      const self = parseAtomFeed(atom.body).links?.find((one) => one.rel === 'self')?.href;
      expect(self).toBe(`${ORIGIN}${prefix}/atom.xml`);
      expect(await get(`${prefix}x/feed.xml`)).toMatchObject({ status: 404 });
    }
  });

  test('a right-to-left story says its direction; control characters do not break XML', async () => {
    const newsroom = await newsroomOn(await open(), { site: { languages: ['en', 'ar'] } });
    await newsroom.story({ language: 'ar', headline: 'المدينة تفتح الميناء', body: 'وصلت السفن.' });
    const dirty = 'A\u0001\u000B\u001F bell\uFFFE rings';
    await newsroom.story({ headline: dirty, lede: dirty, body: dirty, bylines: [{ name: 'A\u0002 B' }] });
    const get = await opened(newsroom);
    for (const file of ['feed.xml', 'atom.xml']) checkXml((await get(`/${file}`)).body);
    expect(parseRssFeed((await get('/feed.xml')).body).items?.[0]?.title).toBe('A bell rings');
    const arabic = parseRssFeed((await get('/ar/feed.xml')).body);
    expect(arabic.language).toBe('ar');
    expect(arabic.items).toHaveLength(1);
    expect(arabic.items?.[0]?.content?.encoded).toMatch(/^<div dir="rtl" lang="ar"><p>/);
    checkXml((await get('/sitemap-news.xml')).body);
  });

  test('hold nothing that is not public, and tell of a kill at once', async () => {
    const newsroom = await newsroomOn(await open());
    const id = await newsroom.story({ headline: 'Zeppelin' });
    await newsroom.write({ headline: 'Draft' });
    await newsroom.story({ kind: 'page', slug: 'about-us', headline: 'About us' });
    const get = await opened(newsroom);
    const month = '/sitemaps/2026-03.xml';
    const surfaces = ['/feed.xml', '/atom.xml', '/feed.json', '/sitemap-news.xml', month];
    const path = '/news/2026/03/01/zeppelin';
    for (const address of surfaces) {
      const { body } = await get(address);
      expect(body, address).toContain(path);
      expect(body, address).not.toMatch(/Draft|about-us/);
    }
    await newsroom.withdraw(id);
    for (const address of surfaces) expect((await get(address)).body, address).not.toContain(path);
    expect((await get('/sitemaps/pages.xml')).body).toContain(`<loc>${ORIGIN}/about-us</loc>`);
    expect(await get(`${path}.json`)).toMatchObject({ status: 410 });
    expect((await get(`${path}.json`)).body).not.toContain('Nothing much happened');
    expect((await get(`/oembed?url=${encodeURIComponent(ORIGIN + path)}`)).status).toBe(404);
  });

  test('the news sitemap holds two days, the index every month', async () => {
    const newsroom = await newsroomOn(await open(), { site: { languages: ['en', 'zh-Hans'] } });
    await newsroom.story({ slug: 'winter' }, { publishedAt: '2025-12-31T23:59:59.000Z' });
    await newsroom.story({ slug: 'spring' });
    newsroom.clock.advance(30 * 3_600_000);
    await newsroom.story({ slug: 'later', language: 'zh-Hans', headline: '北京' });
    const get = await opened(newsroom);
    const slugs = async () =>
      [...(await get('/sitemap-news.xml')).body.matchAll(/<loc>[^<]*\/([^<]*)<\/loc>/g)].map((m) => m[1]);
    expect(await slugs()).toEqual(['later', 'spring']);
    expect((await get('/sitemap-news.xml')).body).toContain('<news:language>zh-cn</news:language>');
    newsroom.clock.advance(18 * 3_600_000 - 2001);
    expect(await slugs()).toEqual(['later', 'spring']);
    newsroom.clock.advance(2002);
    expect(await slugs()).toEqual(['later']);
    const index = (await get('/sitemap.xml')).body;
    checkXml(index);
    const parts = [...index.matchAll(/<loc>([^<]*)<\/loc>/g)].map((m) => m[1]);
    expect(parts).toEqual(['pages', '2026-03', '2025-12'].map((part) => `${ORIGIN}/sitemaps/${part}.xml`));
    expect((await get('/sitemaps/2025-12.xml')).body).toContain(
      `<loc>${ORIGIN}/news/2025/12/31/winter</loc>`,
    );
    for (const part of ['2025-11', '2026-03-2', '2026-3', 'x'])
      expect(await get(`/sitemaps/${part}.xml`), part).toMatchObject({ status: 404 });
  });

  test('oEmbed tells of a story, and of nothing else', async () => {
    const newsroom = await newsroomOn(await open());
    const author = await newsroom.author('ines');
    await newsroom.story({ slug: 'fish', headline: 'Fish & chips', bylines: [{ author }] });
    const get = await opened(newsroom);
    const about = (url: string, more = '') => get(`/oembed?url=${encodeURIComponent(url)}${more}`);
    const address = `${ORIGIN}/news/2026/03/01/fish`;
    expect(JSON.parse((await about(address)).body)).toMatchObject({
      version: '1.0',
      type: 'link',
      title: 'Fish & chips',
      author_name: 'Ines',
      author_url: `${ORIGIN}/author/ines`,
      provider_name: 'The Paper',
    });
    const xml = await about(address, '&format=xml');
    checkXml(xml.body);
    expect(xml.body).toContain('<title>Fish &amp; chips</title>');
    for (const other of ['https://other.example/news/2026/03/01/fish', `${ORIGIN}/`, 'fish', ''])
      expect(await about(other), other).toMatchObject({ status: 404 });
  });

  test('a story’s ninjs is valid against the schema of IPTC', async (ctx) => {
    const file = sharedPath('data/ninjs/specification/ninjs-schema_3.1.json');
    if (file === undefined) return ctx.skip('the ninjs schema is not beside this checkout');
    const newsroom = await newsroomOn(await open());
    const concepts = await Promise.all(
      (['person', 'place', 'organisation', 'event', 'topic'] as const).map((kind) =>
        newsroom.concept(`a-${kind}`, kind),
      ),
    );
    const id = await newsroom.story({
      slug: 'fish',
      section: await newsroom.section('world'),
      storylines: [await newsroom.storyline('strike')],
      bylines: [{ author: await newsroom.author('ines') }, { name: 'A guest' }],
      dateline: { place: 'LISBON', date: '2026-03-01', source: 'Agency' },
      concepts,
    });
    await newsroom.publish(id, { reason: 'correction', note: 'It was a ferry.' });
    await newsroom.story({ slug: 'bare', lede: '' });
    const get = await opened(newsroom);
    const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    for (const [address] of JSON.stringify(schema).matchAll(
      /https:\/\/geojson\.org\/schema\/[A-Za-z]+\.json/g,
    ))
      if (ajv.getSchema(address) === undefined) ajv.addSchema({ $id: address, type: 'object' });
    const validate = ajv.compile(schema);
    for (const path of ['/world/2026/03/01/fish', '/news/2026/03/01/bare']) {
      const item = JSON.parse((await get(`${path}.json`)).body) as Record<string, unknown>;
      validate(item);
      expect(validate.errors).toBeNull();
      expect(item).toMatchObject({ uri: ORIGIN + path, pubStatus: 'usable' });
    }
    expect(validate({ uri: 1 }), 'the schema can refuse').toBe(false);
  });
});
