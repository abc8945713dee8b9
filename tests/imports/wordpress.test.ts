import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWxr } from '../../src/features/imports/wxr/wxr.ts';
import { balances } from '../../src/features/imports/engine/ledger.ts';
import { runImport } from '../../src/features/imports/engine/engine.ts';
import { fileSource, memorySource } from '../../src/features/imports/input/source.ts';
import { readAddress, readQuery } from '../../src/http/pages/address.ts';
import { makeMatcher } from '../../src/http/pages/match.ts';
import { readerRoutes } from '../../src/reader/routes.ts';
import type { Db } from '../../src/storage/db.ts';
import { openArchiveHouse, wxr } from '../support/archive.ts';
import { eachDatabase } from '../support/database.ts';
import { sharedPath } from '../support/shared.ts';

const match = makeMatcher(readerRoutes);

/** Where an old address leads, asked of the real routes as the front door does. */
async function leadsTo(db: Db, target: string): Promise<string | undefined> {
  let address = readAddress(target);
  if (address.kind === 'moved') address = readAddress(address.location);
  if (address.kind !== 'address') return undefined;
  const found = match(address.segments);
  const answer = await found?.route.load(
    { read: db.read, services: undefined as never, now: '2026-01-21T10:32:00.000Z' },
    {
      params: found.params,
      query: readQuery(address.search, found.route.query ?? []) ?? {},
      path: address.path,
    },
  );
  return answer !== undefined && 'location' in answer ? answer.location : undefined;
}

eachDatabase('a WordPress export', (open) => {
  test('the real one: all is accounted for, twice is as once, and every old address leads to its story', async ({
    skip,
  }) => {
    const path = sharedPath('data/wxr/themeunittestdata.wordpress.xml');
    if (path === undefined) return skip('the sample export does not lie beside this checkout');
    const house = await openArchiveHouse(await open());
    const bring = async () =>
      runImport(house, { format: 'wxr', reader: readWxr, source: await fileSource(path), files: {} });
    const { ledger } = await bring();
    expect(balances(ledger)).toBe(true);
    expect(ledger.kinds['article']).toEqual({ in: 79, kept: 79 });
    const count = async () =>
      Promise.all(
        (
          [
            'articles',
            'article_versions',
            'authors',
            'sections',
            'concepts',
            'assets',
            'imported_comments',
            'redirects',
          ] as const
        ).map(
          async (table) =>
            (
              await house.db.read
                .selectFrom(table)
                .select((eb) => eb.lit(1).as('one'))
                .execute()
            ).length,
        ),
      );
    const before = await count();
    const again = (await bring()).ledger;
    expect(again).toMatchObject({ in: ledger.in, kept: ledger.kept, unchanged: ledger.kept });
    expect(await count()).toEqual(before);

    const links = [
      ...readFileSync(path, 'utf8').matchAll(
        /<item>[\s\S]*?<link>([^<]+)<\/link>[\s\S]*?<wp:status>(?:<!\[CDATA\[)?(\w+)[\s\S]*?<wp:post_type>(?:<!\[CDATA\[)?(\w+)/g,
      ),
    ]
      .filter(([, , status, type]) => status === 'publish' && (type === 'post' || type === 'page'))
      .map(([, link = '']) => new URL(link))
      // What a password protected is kept as a draft: nothing of it may be found.
      .filter((url) => url.pathname !== '/' && !url.pathname.includes('password-protected'));
    expect(links.length).toBeGreaterThan(40);
    const paths = new Set(
      (await house.db.read.selectFrom('published_articles').select('path').execute()).map((row) => row.path),
    );
    for (const { pathname } of links) {
      const plain = pathname.replace(/\/$/, '');
      for (const old of [plain, `${plain}/`])
        expect(paths, old).toContain(paths.has(plain) ? plain : await leadsTo(house.db, old));
    }
  });

  test('plain, unicode and oddly encoded old addresses redirect', async () => {
    const house = await openArchiveHouse(await open());
    const text = wxr([
      {
        id: 12,
        title: 'Вести',
        name: 'вести',
        body: '<p>А.</p>',
        link: 'https://old.example/2015/01/%d0%b2%d0%b5%d1%81%d1%82%d0%b8/',
      },
      { id: 13, title: 'Odd', body: '<p>A.</p>', link: 'https://old.example/a,b/it%27s@home.html' },
    ]);
    await runImport(house, {
      format: 'wxr',
      reader: readWxr,
      source: memorySource('old.xml', text),
      files: {},
    });
    const stories = await house.db.read.selectFrom('articles').select(['headline', 'path']).execute();
    const at = (headline: string) => stories.find((story) => story.headline === headline)?.path;
    expect(at('Вести')).toBeTypeOf('string');
    for (const old of [
      '/?p=12',
      '/2015/01/%d0%b2%d0%b5%d1%81%d1%82%d0%b8/',
      '/2015/01/%D0%B2%D0%B5%D1%81%D1%82%D0%B8',
    ])
      expect(await leadsTo(house.db, old), old).toBe(at('Вести'));
    for (const old of ['/?p=13', "/a,b/it's@home.html", '/a%2Cb/it%27s%40home.html/'])
      expect(await leadsTo(house.db, old), old).toBe(at('Odd'));
    expect(await leadsTo(house.db, '/2015/01/nothing')).toBeUndefined();
  });
});
