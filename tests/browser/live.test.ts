import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { foldAll } from '../../src/features/audience/audience.ts';
import { totalsOf } from '../../src/features/audience/audience.views.ts';
import { openBrowser } from '../support/chromium.ts';
import { newsroomOn, type TestNewsroom } from '../support/newsroom.ts';
import { runSite, type RunningSite } from '../support/site.ts';

let site: RunningSite;
let browser: Browser;
let newsroom: TestNewsroom;
const paragraphs = Array.from(
  { length: 12 },
  (_, i) => `Paragraph ${i + 1} stands here with enough words to fill more than one line of a narrow window.`,
);

beforeAll(async () => {
  [site, browser] = await Promise.all([
    runSite({
      fill: async (house) => {
        newsroom = await newsroomOn(house.db, { now: new Date().toISOString() });
        await newsroom.story({ slug: 'first' });
      },
    }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await listening(0);
});

const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const pathOf = async (id: string): Promise<string> =>
  (
    await site.house.db.read
      .selectFrom('published_articles')
      .select('path')
      .where('article_id', '=', id)
      .executeTakeFirstOrThrow()
  ).path;
const listening = async (count: number): Promise<void> => {
  await expect.poll(() => streams(), { timeout: 20_000 }).toBe(count);
};
const streams = (): number => site.site.live.stats().streams;
const open = async (path: string): Promise<Page> => {
  const page = await (
    await browser.newContext({ userAgent: AGENT, viewport: { width: 390, height: 844 } })
  ).newPage();
  await page.goto(site.address + path);
  return page;
};

test('a story that is corrected while one reads says so, moves nothing, and shows what changed when asked; a kill takes it away', async () => {
  const story = await newsroom.story({
    slug: 'changing',
    headline: 'Bridge opens',
    body: docFromParagraphs(paragraphs),
  });
  const page = await open(await pathOf(story));
  await listening(1);
  await page.locator('.prose p').nth(6).scrollIntoViewIfNeeded();
  const reading = page.locator('.prose p').nth(6);
  const before = await reading.boundingBox();
  const changed = paragraphs.with(
    7,
    'Paragraph 8 stands here corrected, with enough words to fill more than one line of a narrow window.',
  );
  await newsroom.revise(story, {
    slug: 'changing',
    headline: 'Bridge opens at last',
    body: docFromParagraphs([...changed, 'A new ending.']),
  });
  await newsroom.publish(story, {
    reason: 'correction',
    note: 'We had the wrong paragraph.',
    severity: 'minor',
  });
  await page.getByText('We had the wrong paragraph.').waitFor();
  expect(await reading.boundingBox()).toEqual(before);
  await page.getByRole('button', { name: 'Show what changed' }).click();
  expect(await page.locator('.prose .is-changed ins').allInnerTexts()).toEqual([
    'corrected, ',
    'A new ending.',
  ]);
  expect(await page.locator('h1 ins').innerText()).toContain('at last');
  await newsroom.withdraw(story);
  await page.getByRole('alert').getByText('We have withdrawn this story').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('Paragraph 3');
});

test('breaking news stands at the foot of any page, and goes when it is over', async () => {
  const reader = await open('/');
  await listening(1);
  const story = await newsroom.story({ slug: 'breaks', headline: 'The dam holds', urgency: 1 });
  await reader.locator('.told').getByRole('link', { name: 'The dam holds' }).waitFor();
  await newsroom.withdraw(story);
  await reader.locator('.told p.breaking').waitFor({ state: 'detached' });
});

test('a storyline’s label counts on wherever it stands, and a front page says what is new and moves nothing', async () => {
  const line = await newsroom.storyline('sanctions');
  const story = { storylines: [line] };
  const first = await newsroom.story({ ...story, slug: 'sanctions-one', headline: 'The first of them' });
  const front = await open('/');
  const article = await open(await pathOf(first));
  await listening(2);
  const own = await open('/storyline/sanctions');
  await own.locator('.facts', { hasText: '1 story' }).waitFor();
  await listening(3);
  const label = (page: Page) => page.locator('main a.label[href="/storyline/sanctions"] .num').first();
  expect([await label(front).innerText(), await label(article).innerText()]).toEqual(['(1)', '(1)']);
  const seen = front.locator('main a', { hasText: 'The first of them' }).first();
  const before = await seen.boundingBox();
  const second = await newsroom.story({ ...story, slug: 'sanctions-two', headline: 'The second' });
  await newsroom.story({ slug: 'of-its-own', headline: 'Another matter' });
  await front.getByRole('link', { name: '2 new stories' }).waitFor();
  await label(front).filter({ hasText: '(2)' }).waitFor();
  await label(article).filter({ hasText: '(2)' }).waitFor();
  await own.locator('.facts', { hasText: '2 stories' }).waitFor();
  expect(await seen.boundingBox()).toEqual(before);
  expect(await article.locator('.told a').count()).toBe(0);
  // What is withdrawn is not new any more, and not of the storyline.
  await newsroom.withdraw(second);
  await front.getByRole('link', { name: '1 new story' }).waitFor();
  await label(front).filter({ hasText: '(1)' }).waitFor();
  await front.getByRole('link', { name: '1 new story' }).click();
  await front.locator('main a', { hasText: 'Another matter' }).first().waitFor();
});

const views = async (story: string): Promise<(number | undefined)[]> => {
  await foldAll(site.house.db, newsroom.clock);
  const row = (await totalsOf(site.house.db.read, { kind: 'article', subjects: [story] })).get(story);
  return [row?.people, row?.repeats];
};

test('a view is counted once, and the number ticks for who reads', async () => {
  const story = await newsroom.story({ slug: 'counted' });
  const path = await pathOf(story);
  const one = await open(path);
  await listening(1);
  const two = await open(path);
  await listening(2);
  // A page that is left before its script has run is not seen: the next step waits for the view, not only for the stream.
  await expect.poll(() => views(story)).toEqual([1, 1]);
  await two.reload();
  await expect.poll(() => views(story)).toEqual([1, 2]);
  await one.getByText('1 view', { exact: true }).waitFor();
  await one.getByText('2 reading now').waitFor();
  const still = await (
    await browser.newContext({ javaScriptEnabled: false, userAgent: `${AGENT} other` })
  ).newPage();
  await still.goto(site.address + path);
  await expect
    .poll(async () => {
      await foldAll(site.house.db, newsroom.clock);
      return (await totalsOf(site.house.db.read, { kind: 'article', subjects: [story] })).get(story)?.people;
    })
    .toBe(2);
  await one.getByText('2 views', { exact: true }).waitFor();
});

test('ten tabs of a browser hold one stream, and all of them hear; another leads when the one that led is closed', async () => {
  const story = await newsroom.story({ slug: 'ten', body: docFromParagraphs(paragraphs) });
  const path = await pathOf(story);
  const context = await browser.newContext({ userAgent: AGENT });
  const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
  for (const tab of tabs) await tab.goto(site.address + path);
  await listening(1);
  const publish = async (note: string): Promise<void> => {
    await newsroom.revise(story, { slug: 'ten', body: docFromParagraphs([...paragraphs, note]) });
    await newsroom.publish(story, { reason: 'update', note });
  };
  await publish('Once.');
  await Promise.all(tabs.map((tab) => tab.getByText('Once.').waitFor()));
  await tabs[0]?.close();
  await listening(1);
  await publish('Twice.');
  await Promise.all(tabs.slice(1).map((tab) => tab.getByText('Twice.').waitFor()));
  expect(streams()).toBe(1);
});
