import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { openBrowser } from '../support/chromium.ts';
import { serveReaderFixtures } from '../support/reader-site.ts';
import type { ReaderSite } from '../support/reader-site.ts';

let site: ReaderSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([serveReaderFixtures(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

// Colours do not hang on the language: each is walked once, and both lights are.
for (const [lang, colorScheme] of [
  ['en', 'light'],
  ['ar', 'dark'],
] as const) {
  test(`no page of ${lang} in ${colorScheme} breaks WCAG 2.2 AA, overflows a phone, or breaks the security policy`, async () => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 390, height: 844 },
      bypassCSP: false,
    });
    const faults: string[] = [];
    for (const name of Object.keys(site.pages[lang])) {
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          faults.push(`${name}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
      await page.goto(`${site.origin}/${lang}/${name}`);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow !== 0) faults.push(`${name}: ${String(overflow)} px wider than the screen`);
      faults.push(...(await axe(page, name)));
      await page.close();
    }
    await context.close();
    expect(faults).toEqual([]);
  });
}
