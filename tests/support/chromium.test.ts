import { expect, test } from 'vitest';
import { withBrowser } from './chromium.ts';

test('a real browser runs here', async () => {
  const text = await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.setContent('<p>Ink on <em>paper</em></p>');
    return page.innerText('p');
  });
  expect(text).toBe('Ink on paper');
});
