import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Block, Doc } from '../../src/contract/document.ts';
import { parseContent, reviseArticle } from '../../src/features/articles/articles.ts';
import { axe } from './axe.ts';
import { withBrowser } from './chromium.ts';
import type { NewsroomSite } from './newsroom-site.ts';

export type Walk = {
  readonly language: 'en' | 'de' | 'ar';
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
};

/** Waits until a screen shows what it was opened for. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#screen h1, #screen h2').first().waitFor();
  await page.waitForSelector('#screen .skeletons', { state: 'detached' });
}

/** Screens of one thing each: an article with every kind of block and a revision that is not published yet, and the house's nouns. */
async function details({ site, admin, articles }: NewsroomSite): Promise<readonly string[]> {
  const { db, clock } = site.house;
  const articleId = articles[30] ?? '';
  const words = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  const body: Doc = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'datedFact', attrs: { date: '2026-03-01', text: 'The bridge opens' } },
          { type: 'footnote', attrs: { text: 'Counted by hand.' } },
        ],
      },
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'The count' }] },
      { type: 'blockquote', attrs: { speaker: 'The mayor', pull: true }, content: [words('It holds.')] },
      { type: 'note', attrs: { kind: 'editor' }, content: [words('A note.')] },
      { type: 'note', attrs: { kind: 'context' }, content: [words('Another.')] },
      { type: 'relatedBox', attrs: { title: 'Read too', articles: [articles[31] ?? ''] } },
      { type: 'embed', attrs: { url: 'https://video.example/1', title: 'A film' } },
    ],
  };
  const content = { language: 'en', headline: 'The bridge opens, with everything', lede: 'All of it.', body };
  await db.write((tx) =>
    reviseArticle(tx, { clock, by: admin.id }, { articleId, content: parseContent(content) }),
  );
  const ids = await Promise.all(
    (['storylines', 'concepts', 'desks'] as const).map(async (table) => {
      const row = await db.read.selectFrom(table).select('id').executeTakeFirstOrThrow();
      return `${table}/${row.id}`;
    }),
  );
  const article = `articles/${articleId}`;
  return [
    article,
    `${article}/work`,
    `audience/${articleId}`,
    ...ids,
    'storylines/new',
    'concepts/new',
    'desks/new',
  ];
}

/** Opens every screen that the navigation leads to, and some more; answers with what breaks WCAG, the width or the content policy. */
export async function walkScreens(newsroom: NewsroomSite, how: Walk): Promise<readonly string[]> {
  const at = (path = ''): string => `${newsroom.site.address}/newsroom/${path}`;
  return withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser, how);
    await page.goto(at());
    await settled(page);
    expect(await page.evaluate('document.documentElement.dir')).toBe(how.language === 'ar' ? 'rtl' : 'ltr');
    const paths: string[] = await page.evaluate(
      "[...document.querySelectorAll('#navigation a')].map((link) => link.getAttribute('href'))",
    );
    expect(paths.length).toBeGreaterThan(6);
    const more = ['settings?part=look', 'articles/new', 'nowhere', ...(await details(newsroom))];
    for (const path of [...paths, ...more.map(at)]) {
      await page.goto(new URL(path, newsroom.site.address).href);
      await settled(page);
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over !== 0) faults.push(`${path} is ${String(over)} px too wide`);
      faults.push(...(await axe(page, path)));
    }
    await page.goto(at('mentions'));
    await settled(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    faults.push(...(await axe(page, 'the help sheet')));
    return faults;
  });
}
