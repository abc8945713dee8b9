import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../src/features/accounts/accounts.ts';
import { noRules, submitComment } from '../../src/features/discussion/discussion.ts';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { type NewsroomSite, runNewsroom } from '../support/newsroom-site.ts';
import { settled, walkScreens } from '../support/screens.ts';

let newsroom: NewsroomSite;
beforeAll(async () => {
  newsroom = await runNewsroom();
});
afterAll(() => newsroom?.[Symbol.asyncDispose]());

const at = (path = ''): string => `${newsroom.site.address}/newsroom/${path}`;

test('no screen breaks WCAG 2.2 AA, its width or the policy', async () => {
  expect(await walkScreens(newsroom, { language: 'en', colorScheme: 'light', width: 1280 })).toEqual([]);
});

test('the palette finds screens, commands, stories and concepts, and goes there by keys alone', async () => {
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(at());
    await settled(page);
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox');
    await field.fill('set');
    await page.getByRole('option', { name: 'Settings of the site' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/newsroom\/settings$/);
    await page.keyboard.press('Control+k');
    await field.fill('bridge day 7');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await field.fill('walkers');
    await page
      .getByRole('option', { name: /walkers/ })
      .first()
      .waitFor();
    faults.push(...(await axe(page, 'the palette')));
    await field.fill('bridg');
    await page.getByRole('option', { name: /^Bridge/ }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`concept=${newsroom.nouns.concept}`));
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/state=draft/);
    await page.getByRole('row').first().waitFor();
    expect(faults).toEqual([]);
  });
});

test('a list is walked by keys; what is done to many is undone exactly', async () => {
  const { house } = newsroom.site;
  const rows = async () =>
    house.db.read
      .selectFrom('articles')
      .select(['id', 'desk', 'stage', 'state', 'assignee'])
      .where('state', '=', 'draft')
      .orderBy('id')
      .execute();
  const before = await rows();
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(at('articles?state=draft'));
    const grid = page.getByRole('grid');
    await grid.waitFor();
    await grid.focus();
    for (const key of ['x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key);
    await page.getByText('3 chosen').waitFor();
    faults.push(...(await axe(page, 'the list with rows chosen')));
    await page.getByRole('button', { name: 'Put on a desk' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Desk' }).click();
    await page.getByRole('option', { name: 'City desk' }).click();
    await page.getByRole('button', { name: 'Do it' }).click();
    await page.getByText('3 articles changed.').waitFor();
    expect((await rows()).filter((row) => row.desk === 'city')).toHaveLength(3);
    faults.push(...(await axe(page, 'the list with a toast')));
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('3 articles are as they were.').waitFor();
    expect(await rows()).toEqual(before);

    // A view of it is kept, and is there again.
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByLabel('Name').fill('All drafts here');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'All articles' }).click();
    await page.waitForURL((url) => url.search === '');
    await page.getByRole('link', { name: 'All drafts here' }).click();
    await page.waitForURL(/state=draft/);
    expect(faults).toEqual([]);
  });
});

test('a list tells what readers make of each article: views and comments, and nothing of a draft', async () => {
  const { house } = newsroom.site;
  const [draft = '', story = ''] = [newsroom.articles[0], newsroom.articles[20]];
  const reader = { email: 'ben@readers.example', name: 'Ben', role: 'reader' as const };
  const userId = await house.db.write(async (tx) => {
    await tx
      .insertInto('audience_totals')
      .values({ kind: 'article', subject: story, people: 1234, fold: 0 })
      .execute();
    return createUser(tx, house.clock, reader);
  });
  const writer = { kind: 'account' as const, userId, name: 'Ben', role: 'reader' as const };
  const room = { db: house.db, clock: house.clock, moderator: noRules };
  for (const text of ['It sways.', 'It does not.'])
    await submitComment(room, { articleId: story, writer, text });
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(at('articles?q=20'));
    const row = page.getByRole('row').filter({ has: page.locator(`a[href$="${story}"]`) });
    await row.getByText('1,234 views').waitFor({ state: 'attached' });
    await row.getByText('2 comments').waitFor({ state: 'attached' });
    await page.goto(at('articles?state=draft'));
    await page.locator(`a[href$="${draft}"]`).waitFor();
    await settled(page);
    expect(await page.getByRole('row').getByText('view').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

test('settings reach the reader’s pages at once, and colours that cannot be read are refused', async () => {
  await withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser);
    await page.goto(at('settings'));
    await page.getByLabel('Name of the site').fill('The Lighthouse');
    await page.getByRole('tab', { name: 'Look' }).click();
    const accent = page.getByLabel('Accent').first();
    await accent.fill('#ffe0e0');
    await page.getByRole('alert').filter({ hasText: 'Accent on paper' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/contrast of/)
      .first()
      .waitFor();
    await accent.fill('#0b5394');
    await page.getByLabel('Paper').first().fill('#ffffff');
    await page.getByRole('tab', { name: 'Menus' }).click();
    await page.getByRole('button', { name: 'Add a link' }).first().click();
    await page.getByLabel('Words').fill('Our town');
    await page.getByLabel('Address').fill('/tag/bridge');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Readers see it').waitFor();
    await page.goto(`${newsroom.site.address}/`);
    expect(await page.locator('.nameplate').innerText()).toContain('The Lighthouse');
    expect(await page.getByRole('link', { name: 'Our town' }).getAttribute('href')).toBe('/tag/bridge');
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    expect(faults).toEqual([]);
  });
  const { body } = await newsroom.site.get('/');
  const sheet = /href="(\/theme\/[0-9a-f]{10}\.css)"/.exec(body)?.[1] ?? '';
  const answer = await newsroom.site.get(sheet);
  expect(answer.headers).toContain('immutable');
  expect(answer.body).toContain('--accent:#0b5394');
  const stale = await newsroom.site.get('/theme/0123456789.css');
  expect(stale.body).toBe(answer.body);
  expect(stale.headers).not.toContain('immutable');
});

test('whoever is not signed in is led to the sign-in page, and back to the very screen', async () => {
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.goto(at('articles?state=draft'));
    await page.waitForURL(/\/account\/sign-in\?to=/);
    expect(new URL(page.url()).searchParams.get('to')).toBe('/newsroom/articles?state=draft');
  });
});
