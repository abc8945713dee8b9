import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { newsroomArticle } from '../../src/features/articles/articles.newsroom.views.ts';
import { withBrowser } from '../support/chromium.ts';
import { pressPhoto, quarters } from '../support/pictures.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

const durable = (page: Page): Promise<void> =>
  page.locator('.savestate[data-server="saved"][data-unsent="false"]').waitFor();

/** Lets a file go over the text, as a drag from the desktop does. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([fileName, base64]) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName, { type: 'image/jpeg' }));
      const line = document.querySelector('.prose p');
      const { left = 0, top = 0 } = line?.getBoundingClientRect() ?? {};
      const at = { clientX: left + 4, clientY: top + 4, bubbles: true, cancelable: true };
      line?.dispatchEvent(new DragEvent('drop', { dataTransfer, ...at }));
    },
    [name, bytes.toString('base64')] as const,
  );
}

test('pictures are found in the library, sent and dropped, over a line that breaks, and stand in text, gallery and lead', async () => {
  await using site = await runSite({ port: await freePort(), role: 'all' });
  const ada = await signedIn(site.house, 'editor', { name: 'Ada Lovelace' });
  const [row] = await site.house.db.write((tx) =>
    createArticles(tx, { clock: site.house.clock, by: ada.id }, [
      { content: { language: 'en', headline: 'A bridge', body: docFromParagraphs(['First.', 'Last.']) } },
    ]),
  );
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    await context.addCookies([ada.browserCookie(site.address)]);
    const page = await context.newPage();
    const asked: string[] = [];
    let breaks = 1;
    await page.route('**/api/v1/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && breaks > 0) {
        breaks -= 1;
        return route.abort();
      }
      return route.continue();
    });
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await page.goto(`${site.address}/newsroom/articles/${row?.id ?? ''}`);
    await page.locator('.savestate[data-server="saved"]').waitFor();

    // Into the text, by a file that is sent now; the line breaks under it once.
    await page.locator('.prose > *').nth(0).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' ');
    await page.keyboard.type('/picture');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const tower = { name: 'tower.jpg', mimeType: 'image/jpeg', buffer: await pressPhoto(1200, 800) };
    await dialog.locator('input[type=file]').setInputFiles(tower);
    await page.locator('.prose figure img').waitFor();
    expect(breaks).toBe(0);

    // Dropped on the text: the way of the library too, however much is written before it meanwhile.
    await drop(page, 'market.jpg', await quarters(900, 600).jpeg().toBuffer());
    await page.locator('.prose figure img').nth(1).waitFor();
    expect(asked.filter((one) => /^PUT .*content$/.test(one))).toEqual([]);
    expect(asked.filter((one) => one === 'POST /api/v1/uploads')).toHaveLength(2);

    // A gallery of both, chosen in the library.
    await page.locator('.prose > p').last().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/gallery');
    await page.keyboard.press('Enter');
    await dialog
      .getByRole('button', { name: /^Choose / })
      .nth(1)
      .click();
    await dialog
      .getByRole('button', { name: /^Choose / })
      .nth(0)
      .click();
    await dialog.getByRole('button', { name: 'Use 2 files' }).click();
    await page.locator('.prose section figure img').nth(1).waitFor();

    // The lead picture, by its words.
    await page.getByRole('button', { name: 'Choose a picture' }).click();
    await dialog.getByRole('searchbox').fill('skarholm');
    await expect.poll(() => dialog.getByRole('button', { name: /^Choose / }).count()).toBe(1);
    await dialog.getByRole('button', { name: /^Choose The light at Skarholm/ }).click();
    await page.locator('img.lead').waitFor();
    await durable(page);
    await page.getByRole('button', { name: 'Save a revision' }).click();
    await page.getByText(/Revision \d is saved/).waitFor();

    const assets = await site.house.db.read.selectFrom('assets').select(['id', 'file_name']).execute();
    const idOf = (name: string) => assets.find(({ file_name }) => file_name === name)?.id;
    const content = (await newsroomArticle(site.house.db.read, row?.id ?? ''))?.content;
    expect(content?.leadPicture).toMatchObject({ asset: idOf('tower.jpg') });
    const body = JSON.stringify(content?.body);
    expect(body.split(`"asset":"${idOf('tower.jpg') ?? '?'}"`)).toHaveLength(3);
    expect(body.split(`"asset":"${idOf('market.jpg') ?? '?'}"`)).toHaveLength(3);
    expect(content?.body.content.filter(({ type }) => type === 'image')).toHaveLength(2);
    expect(content?.body.content.filter(({ type }) => type === 'gallery')).toHaveLength(1);
    await context.close();
  });
});
