import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openMirror } from '../../src/cli/mirror/mirror.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles, publish, withdraw } from '../../src/features/articles/articles.ts';
import { eachDatabase } from '../support/database.ts';
import { filledHouse } from '../support/filled-house.ts';

eachDatabase('the mirror', (open) => {
  test('holds every page, follows a publish and a kill, and never shows what is not published', async () => {
    const db = await open();
    await using filled = await filledHouse(db, 300);
    const { house, services, article } = filled;
    const folder = await mkdtemp(join(tmpdir(), 'dateline-mirror-'));
    const mirror = openMirror({ db, services, clock: house.clock, folder, cards: false });
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    try {
      const content = {
        language: 'en',
        headline: 'Canary zebrafinch',
        body: docFromParagraphs(['Canary zebrafinch.']),
      };
      const [draft] = await db.write((tx) =>
        createArticles(tx, { clock: house.clock, by: null }, [{ content }]),
      );
      const first = await mirror.catchUp();
      expect(first.whole).toBe(true);

      const page = `${article.path.slice(1)}.html`;
      expect(brotliDecompressSync(readFileSync(join(folder, `${page}.br`))).toString()).toBe(read(page));
      expect(gunzipSync(readFileSync(join(folder, `${page}.gz`))).toString()).toBe(read(page));
      for (const file of [
        'index.html',
        '404.html',
        'feed.xml',
        'sitemap.xml',
        'robots.txt',
        'storyline/line-1/feed.json',
        `${article.path.slice(1)}.json`,
        `${article.path.slice(1)}/history.html`,
        'record/checkpoint',
        'record/tile/0/000',
        'record/tile/0/001.p/44',
      ])
        expect(existsSync(join(folder, file)), file).toBe(true);
      expect(missingLinks(folder), 'every page that a page leads to is there').toEqual([]);
      expect(read('.mirror/found.map')).toContain(`"/s/${article.code}" "${article.path}";`);
      expect(allText(folder)).not.toContain('zebrafinch');
      expect((await mirror.catchUp()).written).toBe(0);

      const [published] = await db.write((tx) => publish(tx, house.press, [{ articleId: draft?.id ?? '' }]));
      const second = await mirror.catchUp();
      expect(second.whole).toBe(false);
      for (const file of ['index.html', 'feed.xml', `${published?.path.slice(1)}.html`])
        expect(read(file)).toContain('zebrafinch');
      expect(existsSync(join(folder, 'record/tile/0/001.p/44'))).toBe(false);
      expect(existsSync(join(folder, 'record/tile/0/001.p/45'))).toBe(true);
      expect(missingLinks(folder)).toEqual([]);

      await db.write((tx) =>
        withdraw(tx, house.press, {
          articleId: draft?.id ?? '',
          kind: 'kill',
          note: 'It was wrong.',
          by: null,
        }),
      );
      await mirror.catchUp();
      expect(read('.mirror/withdrawn.map')).toContain(`"${published?.path}" 410;`);
      expect(read('index.html')).not.toContain('zebrafinch');
      expect(read('feed.xml')).not.toContain('zebrafinch');
      expect(
        readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('unfinished')),
      ).toEqual([]);
    } finally {
      mirror.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Pages of lists that a page leads to and that are not there. */
function missingLinks(folder: string): string[] {
  const missing = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!name.endsWith('.html')) continue;
    for (const match of readFileSync(join(folder, name), 'utf8').matchAll(
      /href="(\/[^"]*[?&;](?:after|before)=[^"]*)"/g,
    )) {
      const url = new URL((match[1] ?? '').replaceAll('&amp;', '&'), 'https://news.example');
      const file = `${decodeURIComponent(url.pathname).slice(1)}@${url.searchParams.toString()}.html`;
      if (!existsSync(join(folder, file))) missing.add(file);
    }
  }
  return [...missing];
}

function allText(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !/\.(br|gz|sqlite|sqlite-wal|sqlite-shm)$/.test(item.name))
    .map((item) => readFileSync(join(item.parentPath, item.name), 'latin1'))
    .join('\n');
}
