import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles, publish } from '../../src/features/articles/articles.ts';
import { withBrowser } from '../support/chromium.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';

test('with script one answers where one reads, and what others write is announced and comes when asked for', async () => {
  await using site = await runSite();
  const { db, clock, press } = site.house;
  const path = await db.write(async (tx) => {
    const [row] = await createArticles(tx, { clock, by: null }, [
      { content: { language: 'en', headline: 'Words', body: docFromParagraphs(['Some.']) } },
    ]);
    const [published] = await publish(tx, press, [{ articleId: row?.id ?? '' }]);
    return published?.path ?? '';
  });
  const ada = await signedIn(site.house, 'reader', { name: 'Ada Byron' });
  const ben = await signedIn(site.house, 'reader', { name: 'Ben Nevis' });
  await withBrowser(async (browser) => {
    const open = async (who: typeof ada) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addCookies([who.browserCookie(site.address)]);
      const page = await context.newPage();
      await page.goto(site.address + path);
      return page;
    };
    // Until its script is there, a link leads to the page where one writes.
    const ready = (page: Page) =>
      page.locator('live-discussion > [role=status]').waitFor({ state: 'attached' });
    const hers = await open(ada);
    await ready(hers);
    await hers
      .getByRole('link', { name: /^Comment via/ })
      .first()
      .click();
    await hers.getByLabel('Your comment').fill('The *first* word.');
    await hers.reload();
    await ready(hers);
    await hers
      .getByRole('link', { name: /^Comment via/ })
      .first()
      .click();
    expect(await hers.getByLabel('Your comment').inputValue()).toBe('The *first* word.');
    await hers.getByRole('button', { name: 'Post' }).click();
    await hers.locator('.cm em').waitFor();
    expect(new URL(hers.url()).pathname).toBe(path);

    const his = await open(ben);
    await his.locator('.cm').first().waitFor();
    await ready(his);
    await his.getByRole('button', { name: /^Agree/ }).click();
    await his.locator('button[aria-pressed=true]').waitFor();
    await his.locator('.cm footer > a').first().click();
    await his.getByLabel('Your comment').fill('The second.');
    await his.getByRole('button', { name: 'Post' }).click();
    await his.locator('.answers .cm').waitFor();
    await hers.locator('.cm-new').click();
    await hers.locator('.answers .cm').waitFor();
    expect(await hers.locator('.answers .cm-name').textContent()).toBe('Ben Nevis');
  });
});
