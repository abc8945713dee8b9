import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('the clock goes on in the zone of the site, over a change of summer time, in the same box', async () => {
  const page = await browser.newPage({ timezoneId: 'Asia/Tokyo' });
  await page.clock.install({ time: '2026-03-29T00:59:30Z' });
  await page.goto(`${site.origin}/en/article`);
  const clock = page.locator('site-clock');
  const box = await clock.boundingBox();
  expect(await clock.innerText()).toContain('02:59 GMT+2');
  await page.clock.runFor(60_000);
  expect(await clock.innerText()).toContain('04:00 GMT+3');
  expect(await clock.boundingBox()).toEqual(box);
  await page.close();
});

test('Get short URL copies the address and says so; without script it is a link to the page with the code', async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(`${site.origin}/en/article`);
  await page.getByRole('link', { name: 'Get short URL' }).click();
  await page.getByText('Copied https://paper.example/s/k7m2pq').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('https://paper.example/s/k7m2pq');
  await context.close();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${site.origin}/en/article`);
  expect(await still.getByRole('link', { name: 'Get short URL' }).getAttribute('href')).toBe('/s/k7m2pq/qr');
  expect(await still.locator('.prose p').count()).toBeGreaterThanOrEqual(6);
  await plain.close();
});

test('late numbers come with one request and move nothing', async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/now/numbers')) asked.push(request.url());
  });
  await page.goto(`${site.origin}/en/article`);
  await page.getByText('12,044 views').waitFor();
  expect(await page.locator('late-number').first().innerText()).toBe('5 comments');
  expect(asked).toEqual([`${site.origin}/now/numbers?ids=story-0`]);
  await page.close();
});

test('a slash goes to the search, and an empty search is not sent', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/en/article`);
  await page.keyboard.press('/');
  expect(await page.evaluate('document.activeElement.id')).toBe('q-mast');
  await page.keyboard.press('Enter');
  expect(page.url()).toBe(`${site.origin}/en/article`);
  await page.close();
});

test('the first stop of the keyboard leads past the masthead', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/en/front`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.close();
});

test('nothing shifts while the page loads its fonts', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.origin}/en/article`);
  await page.evaluate('document.fonts.ready.then(() => 1)');
  const shift = await page.evaluate(`new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
  })`);
  expect(shift).toBeLessThan(0.05);
  await page.close();
});
