import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { pressPhoto } from '../support/pictures.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';

/** Nothing that axe finds wrong, and nothing that the content policy stopped. */
async function isSound(page: Page, faults: readonly string[]): Promise<void> {
  expect(await axe(page, page.url())).toEqual([]);
  expect(faults).toEqual([]);
}

test('an editor drops photographs in, describes them at once, cuts one by keyboard, and the crop sticks', async () => {
  await using site = await runSite({ port: 0 });
  const editor = await signedIn(site.house, 'editor');
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    await context.addCookies([editor.browserCookie(site.address)]);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(`${site.address}/newsroom/pictures`);
    await page.getByRole('heading', { name: 'There are no pictures or files yet' }).waitFor();
    await isSound(page, faults);
    const photo = await pressPhoto(1200, 800);
    await page.locator('input[type=file]').setInputFiles([
      { name: 'one.jpg', mimeType: 'image/jpeg', buffer: photo },
      { name: 'two.jpg', mimeType: 'image/jpeg', buffer: await pressPhoto(800, 1000) },
      { name: 'evil.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ]);
    await page.getByText(/Refused: "evil.svg" is not a kind of file/).waitFor();
    const sheet = page.locator('.contact-sheet li');
    await sheet.nth(1).waitFor();
    faults.length = 0;
    for (const box of await sheet.getByRole('checkbox').all()) await box.click();
    await page.getByRole('button', { name: 'Say the same of all' }).click();
    await page.getByRole('textbox', { name: 'Caption', exact: true }).fill('Two towers');
    await page.getByRole('button', { name: 'Apply to all' }).click();
    await page.getByText('2 files changed').waitFor();
    await sheet.getByText('Two towers').nth(1).waitFor();
    await isSound(page, faults);
    await page.getByLabel('Search captions, credits, keywords, names').fill('skarholm towers');
    await page.waitForURL(/q=skarholm/);
    await sheet.nth(1).waitFor();

    await sheet.last().getByRole('button').click();
    await page
      .getByRole('heading', { name: 'Crops' })
      .or(page.getByRole('group', { name: 'Crops' }))
      .waitFor();
    await page.getByRole('button', { name: '3:2 cards' }).click();
    const frame = page.getByRole('button', { name: 'Crop 3:2 cards' });
    await frame.focus();
    for (let i = 0; i < 40; i += 1) await page.keyboard.press('Shift+ArrowLeft');
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('ArrowRight');
    await isSound(page, faults);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /3:2 cards/ }).click();
    await page.getByText('Own crop').waitFor();
    const [row] = await site.house.db.read
      .selectFrom('assets')
      .select('crops')
      .where('crops', '<>', '{}')
      .execute();
    const { card } = JSON.parse(String(row?.crops)) as { card: { x: number; width: number } };
    expect(card.width).toBeCloseTo(0.6, 2);
    expect(card.x).toBeCloseTo(0.2, 2);
    expect(faults).toEqual([]);
  });
});
