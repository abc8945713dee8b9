import { afterAll, beforeAll, expect, test } from 'vitest';
import { withdraw } from '../../src/features/articles/articles.ts';
import { withBrowser } from '../support/chromium.ts';
import { type NewsroomSite, runNewsroom } from '../support/newsroom-site.ts';

let newsroom: NewsroomSite;
beforeAll(async () => {
  newsroom = await runNewsroom();
});
afterAll(() => newsroom?.[Symbol.asyncDispose]());

test('whoever writes in a story learns at once that it was killed', async () => {
  const { house, address } = newsroom.site;
  const articleId = newsroom.articles[25] ?? '';
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(`${address}/newsroom/articles/${articleId}`);
    await page.locator('.prose').waitFor();
    const notice = page.getByText('This story was killed');
    expect(await notice.count()).toBe(0);
    await house.db.write((tx) =>
      withdraw(tx, house.press, { articleId, kind: 'kill', note: 'It was not so.', by: newsroom.admin.id }),
    );
    await notice.waitFor();
    await page.reload();
    await notice.waitFor();
    expect(faults).toEqual([]);
  });
});
