import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { newsroomArticle } from '../../src/features/articles/articles.newsroom.views.ts';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { signedIn, type SignedIn } from '../support/signed-in.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

let site: RunningSite;
let ada: SignedIn;
let browser: Browser;
let done: () => void = () => undefined;
let closed: Promise<void>;
beforeAll(async () => {
  site = await runSite({ port: await freePort() });
  ada = await signedIn(site.house, 'editor', { name: 'Ada Lovelace' });
  await new Promise<void>((resolve) => {
    closed = withBrowser(async (opened) => {
      browser = opened;
      resolve();
      await new Promise<void>((end) => (done = end));
    });
  });
});
afterAll(async () => {
  done();
  await closed;
  await site[Symbol.asyncDispose]();
});

type Look = { readonly width?: number; readonly language?: string; readonly dark?: boolean };

async function openArticle(
  paragraphs: string[],
  look: Look = {},
): Promise<{ page: Page; articleId: string; faults: string[] }> {
  const content = {
    language: look.language ?? 'en',
    headline: 'A bridge',
    lede: 'It opened.',
    body: docFromParagraphs(paragraphs),
  };
  const [row] = await site.house.db.write((tx) =>
    createArticles(tx, { clock: site.house.clock, by: ada.id }, [{ content }]),
  );
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
  });
  await context.addCookies([ada.browserCookie(site.address)]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (cause) => faults.push(cause.message));
  if (look.language === 'ar')
    await page.addInitScript(() =>
      localStorage.setItem(
        'dateline.newsroom.preferences',
        JSON.stringify({ language: 'ar', theme: 'auto' }),
      ),
    );
  await page.goto(`${site.address}/newsroom/articles/${row?.id ?? ''}`);
  await page.locator('.savestate[data-server="saved"]').waitFor();
  return { page, articleId: row?.id ?? '', faults };
}

const text = (page: Page): Promise<string[]> => page.locator('.prose > *').allTextContents();
const durable = (page: Page): Promise<void> =>
  page.locator('.savestate[data-server="saved"][data-unsent="false"]').waitFor();
async function put(page: Page, at: number): Promise<void> {
  await page.locator('.prose > *').nth(at).click();
  await page.keyboard.press('End');
}
async function paste(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const [type, value] of Object.entries(given)) transfer.setData(type, value);
    document
      .querySelector('.prose')
      ?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
  }, data);
}

describe('the editor in a real browser', () => {
  test('types, makes of Markdown and slash what they mean, undoes, finds and replaces, and saves', async () => {
    const { page, articleId, faults } = await openArticle(['One fish.', 'Two fish.']);
    await put(page, 1);
    await page.keyboard.press('Enter');
    await page.keyboard.type('## Heading');
    await page.keyboard.press('Enter');
    await page.keyboard.type('He said "yes" -- **twice**.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- item');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    // As fast as fingers and the machine can: no key waits until the menu is drawn.
    await Promise.all(['/', 't', 'a', 'b', 'l', 'e', 'Enter'].map((key) => page.keyboard.press(key)));
    await page.keyboard.type('Cell');
    expect(await page.locator('.prose h2').textContent()).toBe('Heading');
    expect(await text(page)).toEqual(expect.arrayContaining(['He said “yes” — twice.', 'item', 'Cell']));
    expect(await page.locator('.prose strong').textContent()).toBe('twice');
    await put(page, 0);
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('fish');
    expect(await page.locator('.prose .hit').count()).toBe(2);
    await page.getByLabel('Replace with').fill('bird');
    await page.getByRole('button', { name: 'Replace all' }).click();
    await page.keyboard.press('Escape');
    expect((await text(page)).slice(0, 2)).toEqual(['One bird.', 'Two bird.']);
    await page.locator('.prose').focus();
    await page.keyboard.press('Control+z');
    expect((await text(page)).slice(0, 2)).toEqual(['One fish.', 'Two fish.']);
    await page.getByLabel('Headline').fill('A bridge of words');
    await durable(page);
    await page.getByRole('button', { name: 'Save a revision' }).click();
    await page.getByText('Revision 2 is saved').waitFor();
    const article = await newsroomArticle(site.house.db.read, articleId);
    expect(article?.content).toMatchObject({ headline: 'A bridge of words' });
    expect(article?.content.body.content.map(({ type }) => type)).toEqual([
      'paragraph',
      'paragraph',
      'heading',
      'paragraph',
      'bulletList',
      'table',
      'paragraph',
    ]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('pastes with sense, copies its own text whole, moves blocks, and comments on a passage', async () => {
    const { page, faults } = await openArticle(['First.', 'Last.']);
    await put(page, 0);
    await page.keyboard.press('Enter');
    await paste(page, {
      'text/html':
        '<b style="font-weight:normal"><p>Pasted <span style="font-weight:700">words</span></p><ul><li>item</li></ul></b>',
      'text/plain': 'x',
    });
    await page.locator('.prose li').waitFor();
    expect(await text(page)).toEqual(['First.', 'Pasted words', 'item', 'Last.']);
    await put(page, 3);
    await page.keyboard.press('Alt+ArrowUp');
    expect(await text(page)).toEqual(['First.', 'Pasted words', 'Last.', 'item']);
    await page.locator('.prose > *').nth(1).click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByLabel('Write a comment').fill('Is this so?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.prose .talked').first().waitFor();
    expect(await page.locator('.prose .talked').allTextContents()).toContain('Pasted ');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await expect.poll(() => page.locator('.prose .talked').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('closes the search by Escape from wherever the focus is: no highlights, and the caret at the match', async () => {
    const { page, faults } = await openArticle(['One fish.', 'Two fish, red fish.']);
    const find = page.getByRole('textbox', { name: 'Find', exact: true });
    const closed = async (): Promise<void> => {
      await page.keyboard.press('Escape');
      await find.waitFor({ state: 'detached' });
      expect(await page.locator('.prose .hit').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.classList.contains('prose'))).toBe(true);
    };
    await put(page, 0);
    await page.keyboard.press('Control+f');
    await find.fill('fish');
    await expect.poll(() => page.locator('.prose .hit').count()).toBe(3);
    await page.keyboard.press('Enter');
    await closed();
    await page.keyboard.type('bird');
    expect(await text(page)).toEqual(['One fish.', 'Two fish, red bird.']);
    // With the focus in the text.
    await page.keyboard.press('Control+f');
    await find.fill('One');
    await expect.poll(() => page.locator('.prose .hit').count()).toBe(1);
    await put(page, 1);
    await closed();
    // On a button that has nothing more to do.
    await page.keyboard.press('Control+f');
    await find.fill('red');
    await page.getByLabel('Replace with').fill('blue');
    await page.getByRole('button', { name: 'Replace all' }).click();
    await closed();
    expect(await text(page)).toEqual(['One fish.', 'Two fish, blue bird.']);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('suggests, accepts and refuses', async () => {
    const { page, faults } = await openArticle(['The quick fox.']);
    await put(page, 0);
    await page.keyboard.press('Control+Shift+e');
    await page.getByText('Your changes are suggestions').waitFor();
    await page.keyboard.type(' It jumps.');
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press('Backspace');
    expect(await page.locator('.prose ins').textContent()).toBe(' It jumps.');
    expect(await page.locator('.prose del').textContent()).toMatch(/^The/);
    await page.getByRole('tab', { name: 'Suggestions' }).click();
    await page.getByRole('button', { name: 'Accept', exact: true }).last().click();
    await page.getByRole('button', { name: 'Refuse', exact: true }).first().click();
    expect(await text(page)).toEqual(['The quick fox. It jumps.']);
    expect(await page.locator('.prose ins, .prose del').count()).toBe(0);
    // A list is a suggestion too: what was there stands beside it until somebody decides.
    await put(page, 0);
    await page.keyboard.press('Control+Shift+8');
    expect(await page.locator('.prose > [data-suggest]').allTextContents()).toEqual([
      'The quick fox. It jumps.',
      'The quick fox. It jumps.',
    ]);
    await page.getByText('another kind of block').waitFor();
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    expect(await page.locator('.prose > *').evaluateAll((all) => all.map(({ tagName }) => tagName))).toEqual([
      'UL',
    ]);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test.each([
    { width: 1280 },
    { width: 820, dark: true },
    { width: 1280, language: 'ar', dark: true },
  ] satisfies Look[])('has nothing that axe finds (%o)', async (look) => {
    const { page, faults } = await openArticle(['One.', 'Two.'], look);
    if (look.width === 820) await page.keyboard.press('Control+Alt+p');
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      expect(await axe(page, await tab.innerText(), { without: '.toasts' })).toEqual([]);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
