import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillHouse } from '../../src/cli/demo/fill.ts';
import { axe } from '../support/axe.ts';
import { openBrowser } from '../support/chromium.ts';
import { runSite, type RunningSite } from '../support/site.ts';

const ORIGIN = 'https://courier.example';
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
] as const;

let site: RunningSite;
let browser: Browser;
/** An address of each kind of page. */
let addresses: Readonly<Record<string, string>>;
/** The storyline with the most stories. */
let storyline: { slug: string; count: number };
/** A story of that storyline that has been corrected. */
let story: { path: string; code: string };

beforeAll(async () => {
  const fill = (house: Parameters<typeof fillHouse>[0]) => fillHouse(house, () => undefined);
  [site, browser] = await Promise.all([runSite({ origin: ORIGIN, fill }), openBrowser()]);
  const { read } = site.house.db;
  const line = await read
    .selectFrom('storylines')
    .select(['id', 'slug', 'article_count'])
    .orderBy('article_count', 'desc')
    .executeTakeFirstOrThrow();
  const live = read
    .selectFrom('published_articles')
    .where('visibility', '=', 'live')
    .where('kind', '=', 'article');
  const told = await live
    .innerJoin('storyline_articles', 'storyline_articles.article_id', 'published_articles.article_id')
    .select(['path', 'short_code'])
    .where('storyline_id', '=', line.id)
    .orderBy('version_number', 'desc')
    .executeTakeFirstOrThrow();
  const killed = await read
    .selectFrom('published_articles')
    .select('path')
    .where('visibility', '=', 'killed')
    .executeTakeFirst();
  const arabic = await live.select('path').where('edition', '=', 'ar').executeTakeFirstOrThrow();
  const updated = await live
    .select(['path', 'published_day', 'headline'])
    .orderBy('version_number', 'desc')
    .executeTakeFirstOrThrow();
  const concept = await read
    .selectFrom('concepts')
    .select('slug')
    .orderBy('article_count', 'desc')
    .executeTakeFirstOrThrow();
  const author = await read
    .selectFrom('authors')
    .select('slug')
    .orderBy('article_count', 'desc')
    .executeTakeFirstOrThrow();
  const section = await read.selectFrom('sections').select('slug').executeTakeFirstOrThrow();
  storyline = { slug: line.slug, count: line.article_count };
  story = { path: told.path, code: told.short_code ?? '' };
  addresses = {
    front: '/',
    'front in German': '/de',
    'front in Arabic': '/ar',
    article: told.path,
    'article in Arabic': arabic.path,
    history: `${updated.path}/history`,
    storyline: `/storyline/${line.slug}`,
    section: `/section/${section.slug}`,
    tag: `/tag/${concept.slug}`,
    author: `/author/${author.slug}`,
    'archive day': `/archive/${updated.published_day.replaceAll('-', '/')}`,
    search: '/search?q=bridge',
    'search without a result': '/search?q=zeppelinwerft',
    'short link': `/s/${told.short_code}/qr`,
    live: '/live',
    standards: '/community-standards',
    offline: '/offline',
    'not found': '/nothing/here/at/all',
    ...(killed === undefined ? {} : { killed: killed.path }),
  };
});

afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

/** Opens a page and writes down all that a page of ours never does. */
async function visit(context: BrowserContext, path: string, faults: string[]): Promise<Page> {
  const page = await context.newPage();
  // An address that is not there, or no more, is the answer that was asked for.
  const asked = (text: string): boolean => /status of 4(04|10)/.test(text);
  page.on('console', (message) => {
    const bad = message.type() === 'error' || message.type() === 'warning';
    if (bad && !asked(message.text())) faults.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== site.address && protocol !== 'data:') faults.push(`${path}: asked ${request.url()}`);
  });
  page.on('response', (response) => {
    const own = response.request().isNavigationRequest();
    if (response.status() >= 400 && !own) faults.push(`${path}: ${response.status()} for ${response.url()}`);
  });
  await page.goto(site.address + path);
  return page;
}

// Colours do not hang on the width: each kind of page is looked at on a phone in light and at a desk in dark.
test('every kind of page is sound, fits and can be used by all, on a phone in light and at a desk in dark', async () => {
  const context = await browser.newContext({ colorScheme: 'light', viewport: SIZES[0] });
  const faults: string[] = [];
  for (const [name, path] of Object.entries(addresses)) {
    const page = await visit(context, path, faults);
    for (const [viewport, colorScheme] of [
      [SIZES[0], 'light'],
      [SIZES[1], 'dark'],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const wider = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (wider !== 0) faults.push(`${name}: ${String(wider)} px wider than ${viewport.width} px`);
      faults.push(...(await axe(page, `${name}, ${viewport.width} px, ${colorScheme}`)));
    }
    await page.close();
  }
  await context.close();
  expect(faults).toEqual([]);
});

for (const viewport of SIZES) {
  test(`an article at ${viewport.width} px: its short address is copied, its storyline counts the same above and below`, async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ viewport, permissions });
    const faults: string[] = [];
    const page = await visit(context, story.path, faults);
    await page.locator('short-link a, short-link button').first().click();
    await page.locator('short-link [role=status]').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${ORIGIN}/s/${story.code}`);
    expect(page.url(), 'it stays on the page').toBe(site.address + story.path);
    const label = `a.label[href="/storyline/${storyline.slug}"] .num`;
    const counts = [
      await page.locator(`.story-label ${label}`).innerText(),
      await page.locator(`.storyline-foot ${label}`).innerText(),
    ];
    expect(counts).toEqual([`(${storyline.count})`, `(${storyline.count})`]);
    await context.close();
    expect(faults).toEqual([]);
  });
}

test('the clock goes in the zone of the site, wherever the reader is', async () => {
  const { read } = site.house.db;
  const row = await read
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'site')
    .executeTakeFirstOrThrow();
  const { timeZone } = JSON.parse(row.value as string) as { timeZone: string };
  const context = await browser.newContext({ timezoneId: 'Pacific/Auckland' });
  const page = await context.newPage();
  await page.clock.install({ time: new Date('2026-07-01T20:58:30Z') });
  await page.goto(`${site.address}/`);
  const shown = () => page.locator('.clock-time').first().innerText();
  const expected = (at: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));
  expect(await shown()).toBe(expected('2026-07-01T20:58:30Z'));
  await page.clock.runFor(3 * 60_000);
  expect(await shown()).toBe(expected('2026-07-01T21:01:30Z'));
  await context.close();
});

test('paging a storyline to its end shows each of its stories once', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const faults: string[] = [];
  const page = await visit(context, `/storyline/${storyline.slug}`, faults);
  const seen: string[] = [];
  let pages = 1;
  for (;;) {
    const cards = page.locator('main article.card :is(h2, h3) a');
    seen.push(...(await cards.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))));
    const next = page.locator('a[rel=next]');
    if ((await next.count()) === 0) break;
    pages += 1;
    await page.goto(new URL((await next.first().getAttribute('href')) ?? '', page.url()).href);
  }
  expect(pages).toBeGreaterThan(1);
  expect(seen).toHaveLength(storyline.count);
  expect(new Set(seen).size).toBe(storyline.count);
  await context.close();
  expect(faults).toEqual([]);
});

test('a search is typed, answered with marks, and leads to a story', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  const page = await visit(context, '/search', faults);
  await page.locator('.search-form input[name=q]').fill('bridges');
  await page.locator('.search-form button[type=submit]').click();
  await page.waitForURL('**/search?*q=bridges*');
  expect(await page.locator('.results li').count()).toBeGreaterThan(0);
  expect(await page.locator('.results mark').first().innerText()).toMatch(/bridge/i);
  await page.locator('.results a').first().click();
  await page.locator('article.story, article').first().waitFor();
  await context.close();
  expect(faults).toEqual([]);
});

test('the history shows what a correction took out and put in', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  const page = await visit(context, addresses['history'] ?? '', faults);
  expect(await page.locator('.version').count()).toBeGreaterThan(1);
  expect(await page.locator('.diff ins, .diff del').count()).toBeGreaterThan(0);
  await context.close();
  expect(faults).toEqual([]);
});

test('an Arabic page runs from right to left', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  const page = await visit(context, addresses['article in Arabic'] ?? '', faults);
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  const left = await page.locator('h1').evaluate((title) => getComputedStyle(title).direction);
  expect(left).toBe('rtl');
  await context.close();
  expect(faults).toEqual([]);
});
