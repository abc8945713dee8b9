import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/database.ts';
import { openArchiveHouse, wxr } from '../../../../tests/support/archive.ts';
import { memorySource } from '../input/source.ts';
import { readWxr } from '../wxr/wxr.ts';
import { runImport } from './engine.ts';
import { balances } from './ledger.ts';

eachDatabase('an import', (open) => {
  const bring = async (house: Awaited<ReturnType<typeof openArchiveHouse>>, text: string) =>
    runImport(house, { format: 'wxr', reader: readWxr, source: memorySource('old.xml', text), files: {} });

  test('twice is as once, and a changed export makes new versions', async () => {
    const house = await openArchiveHouse(await open());
    const posts = [
      { id: 1, title: 'One', body: '<p>First words.</p>' },
      { id: 2, title: 'Two', body: '<p>Second words.</p>' },
    ];
    expect((await bring(house, wxr(posts))).ledger).toMatchObject({ unchanged: 0, missing: 0 });
    const again = (await bring(house, wxr(posts))).ledger;
    expect(again.unchanged).toBe(again.kept);
    expect(balances(again)).toBe(true);
    const changed = await bring(
      house,
      wxr([{ id: 1, title: 'One', body: '<p>Other words.</p>' }, ...posts.slice(1)], {
        author: 'Ann B. Writer',
      }),
    );
    expect(changed.ledger.kept - changed.ledger.unchanged).toBe(2);
    const rows = await house.db.read
      .selectFrom('articles')
      .select(['headline', 'version_number', 'state'])
      .orderBy('headline')
      .execute();
    expect(rows).toEqual([
      { headline: 'One', version_number: 2, state: 'published' },
      { headline: 'Two', version_number: 1, state: 'published' },
    ]);
    const authors = await house.db.read.selectFrom('authors').select(['name', 'slug']).execute();
    expect(authors.map((author) => author.name)).toEqual(['Ann B. Writer']);
  });

  test('keeps two articles of one id apart, drops one that is listed twice, and does so again', async () => {
    const house = await openArchiveHouse(await open());
    const posts = [
      { id: 7, title: 'First of its id', body: '<p>A.</p>' },
      { id: 7, title: 'Second of its id', body: '<p>B.</p>' },
      { id: 7, title: 'First of its id', body: '<p>A.</p>' },
    ];
    const { ledger } = await bring(house, wxr(posts));
    expect(ledger.kinds['article']).toEqual({ in: 3, kept: 2 });
    expect(ledger.dropped).toEqual({ 'listed twice': 1 });
    const again = (await bring(house, wxr(posts))).ledger;
    expect(again.unchanged).toBe(again.kept);
    expect(await house.headlines()).toEqual(['First of its id', 'Second of its id']);
  });

  test('publishes what was scheduled for a time that has passed, and schedules what has not', async () => {
    const house = await openArchiveHouse(await open());
    await bring(
      house,
      wxr([
        { id: 1, title: 'Was due', body: '<p>A.</p>', status: 'future', at: '2015-01-01 10:00:00' },
        { id: 2, title: 'Will be', body: '<p>B.</p>', status: 'future', at: '2095-01-01 10:00:00' },
        { id: 3, title: 'Sketch', body: '<p>C.</p>', status: 'draft' },
        { id: 4, title: 'Gone', body: '<p>D.</p>', status: 'trash' },
      ]),
    );
    const rows = await house.db.read
      .selectFrom('articles')
      .select(['headline', 'state'])
      .orderBy('headline')
      .execute();
    expect(rows.map((row) => [row.headline, row.state])).toEqual([
      ['Sketch', 'draft'],
      ['Was due', 'published'],
      ['Will be', 'scheduled'],
    ]);
  });

  test('an old address never shadows an article that stands there, and no page takes an address of the site', async () => {
    const house = await openArchiveHouse(await open());
    await bring(
      house,
      wxr([
        { id: 1, title: 'About us', name: 'about', type: 'page', body: '<p>A.</p>' },
        { id: 2, title: 'Search', name: 'search', type: 'page', body: '<p>B.</p>' },
      ]),
    );
    await bring(
      house,
      wxr([{ id: 9, title: 'Thief', link: 'https://old.example/about/', body: '<p>C.</p>' }]),
    );
    const redirects = await house.db.read.selectFrom('redirects').select(['from_path']).execute();
    expect(redirects.map((row) => row.from_path)).not.toContain('/about');
    expect(redirects.map((row) => row.from_path)).toContain('/search');
    const paths = await house.db.read
      .selectFrom('articles')
      .select('path')
      .where('kind', '=', 'page')
      .execute();
    expect(new Set(paths.map((row) => row.path))).toEqual(new Set(['/about', '/search-page']));
  });

  test('keeps the words of a picture without bytes, and boxes the stories that a page names', async () => {
    const house = await openArchiveHouse(await open());
    await bring(house, wxr([{ id: 1, title: 'A Bridge Is Promised to the Town', body: '<p>A.</p>' }]));
    const item = {
      kind: 'article' as const,
      index: 0,
      externalId: 'page:1',
      articleKind: 'article' as const,
      status: 'published' as const,
      urls: [],
      headline: 'The bridge opens',
      lede: '',
      body: { type: 'doc' as const, content: [] },
      assets: [
        {
          externalId: 'page-picture:1',
          type: 'image' as const,
          url: '',
          fileName: 'picture',
          caption: 'A bridge',
          credit: '© Agency / Ann',
        },
      ],
      lead: { asset: 'page-picture:1', caption: 'A bridge', credit: '© Agency / Ann' },
      bylines: [],
      sections: [],
      concepts: [],
      storylines: [],
      discussion: 'open' as const,
      related: ['A Bridge Is Promised to the Town', 'A Headline That Nobody Has'],
      warnings: [],
    };
    const { ledger } = await runImport(house, {
      format: 'page',
      reader: async function* () {
        yield item;
      },
      source: memorySource('page.txt', 'The bridge opens'),
      files: {},
    });
    expect(ledger.missing).toBe(0);
    const version = await house.version('The bridge opens');
    expect(version.leadPicture).toMatchObject({ caption: 'A bridge', credit: '© Agency / Ann' });
    const known = await house.db.read
      .selectFrom('articles')
      .select('id')
      .where('headline', '=', 'A Bridge Is Promised to the Town')
      .executeTakeFirstOrThrow();
    expect(version.body.content).toEqual([{ type: 'relatedBox', attrs: { articles: [known.id] } }]);
  });

  test('a malformed file leaves nothing behind, not even a run', async () => {
    const house = await openArchiveHouse(await open());
    const whole = wxr([{ id: 1, title: 'One', body: '<p>A.</p>' }]);
    const bad = [
      whole.slice(0, -40),
      whole.replace('<rss', '<!DOCTYPE rss><rss'),
      '',
      `<rss>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</rss>`,
    ];
    for (const text of bad) await expect(bring(house, text)).rejects.toMatchObject({ name: 'Problem' });
    for (const site of ['https://old.example', undefined])
      await expect(
        runImport(house, {
          format: 'wxr',
          reader: readWxr,
          source: memorySource('cut.xml', whole.slice(0, -40)),
          files: {},
          origin: 'old.example',
          site,
        }),
      ).rejects.toMatchObject({ name: 'Problem' });
    for (const table of ['import_runs', 'import_items', 'articles'] as const)
      expect(await house.db.read.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  test('a run that was cut off goes on where it was, and its account is that of a run in one go', async () => {
    const posts = Array.from({ length: 450 }, (_, i) => ({
      id: i + 1,
      title: `Story ${i + 1}`,
      body: '<p>A.</p>',
    }));
    const text = wxr(posts);
    const whole = await openArchiveHouse(await open());
    const { ledger } = await bring(whole, text);
    const house = await openArchiveHouse(await open());
    const cut = runImport(house, {
      format: 'wxr',
      reader: readWxr,
      source: memorySource('old.xml', text),
      files: {},
      onProgress: () => {
        throw new Error('cut off');
      },
    });
    await expect(cut).rejects.toThrow('cut off');
    const rest = await bring(house, text);
    expect(rest.resumedAt).toBeGreaterThan(0);
    expect(rest.ledger).toEqual(ledger);
    expect((await house.headlines()).length).toBe(450);
  });
});
