import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { type NewsroomSite, runNewsroom } from '../support/newsroom-site.ts';
import { settled } from '../support/screens.ts';

let newsroom: NewsroomSite;
beforeAll(async () => {
  newsroom = await runNewsroom();
});
afterAll(() => newsroom?.[Symbol.asyncDispose]());

const at = (path = ''): string => `${newsroom.site.address}/newsroom/${path}`;

test('in an article the palette opens what stands beside the text', async () => {
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser, { width: 820 });
    await page.goto(at(`articles/${newsroom.articles[0] ?? ''}`));
    await page.locator('.prose').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('schedule');
    await page.getByRole('option', { name: 'Publishing' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Publishing', selected: true }).waitFor();
    // Elsewhere that is not offered.
    await page.goto(at());
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('revisions');
    await page.getByText('Nothing is called that').waitFor();
    expect(faults).toEqual([]);
  });
});

test('what is typed before the palette is there is in its field', async () => {
  await withBrowser(async (browser) => {
    const { page } = await newsroom.open(browser);
    const { promise: typed, resolve } = Promise.withResolvers<undefined>();
    await page.route(/\/palette[^/]*\.js/, async (route) => {
      await typed;
      await route.continue();
    });
    await page.goto(at());
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('bribb');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    resolve(undefined);
    const field = page.getByRole('combobox');
    await field.waitFor();
    await page.keyboard.type('d');
    await page.getByRole('option', { name: /^Bridge/ }).waitFor();
    expect(await field.inputValue()).toBe('brid');
  });
});

// The last one: it signs out.
test('the palette reaches what lies within screens, what a screen makes, the nouns of the house and one’s own account', async () => {
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(at());
    await settled(page);
    const choose = async (words: string, name: string | RegExp): Promise<void> => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill(words);
      const option = page.getByRole('option', { name });
      await option.first().waitFor();
      while ((await option.first().getAttribute('aria-selected')) !== 'true')
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    };
    await choose('logo', 'Settings: look');
    await page.waitForURL(/settings\?part=look/);
    await choose('new author', 'New author');
    await page.getByRole('dialog', { name: 'New author' }).waitFor();
    await page.waitForURL(/\/authors$/);
    await page.keyboard.press('Escape');
    await choose('city', 'City desk');
    await page.waitForURL(/desks\?desk=city/);
    await choose('api key', 'New API key');
    await page.getByRole('dialog', { name: 'New key' }).waitFor();
    faults.push(...(await axe(page, 'the form of a key')));
    await page.keyboard.press('Escape');
    await choose('dark', 'Light: Night');
    await page.locator('html[data-theme="dark"]').waitFor();
    await choose('deutsch', 'Language: Deutsch');
    await page.locator('html[lang="de"]').waitFor();
    await choose('abmelden', 'Abmelden');
    await page.waitForURL(/\/account\/sign-in/);
    expect(faults).toEqual([]);
  });
});
