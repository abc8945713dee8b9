import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { readSetting } from '../../src/storage/settings.store.ts';
import { writeDiscussionSettings } from '../../src/features/discussion/discussion.ts';
import { DiscussionSettings } from '../../src/contract/comments.ts';
import { createArticles, publish, withdraw } from '../../src/features/articles/articles.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { withBrowser } from '../support/chromium.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { signedIn } from '../support/signed-in.ts';

async function paper(site: RunningSite): Promise<{ id: string; path: string }> {
  const { db, clock, press } = site.house;
  return db.write(async (tx) => {
    const [row] = await createArticles(tx, { clock, by: null }, [
      {
        content: {
          language: 'en',
          headline: 'A quiet day at the harbour',
          lede: 'Nothing much happened.',
          body: docFromParagraphs(['The boats stayed in.', 'The gulls did not.']),
        },
      },
    ]);
    const [published] = await publish(tx, press, [{ articleId: row?.id ?? '' }]);
    return { id: row?.id ?? '', path: published?.path ?? '' };
  });
}

const shots = process.env['DATELINE_SHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

test('a reader without JavaScript writes, answers, quotes, edits, votes and takes back', async () => {
  await using site = await runSite();
  const { house, address } = site;
  const article = await paper(site);
  const ada = await signedIn(house, 'reader', { name: 'Ada Byron' });
  const ben = await signedIn(house, 'reader', { name: 'Ben Nevis' });
  await withBrowser(async (browser) => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await page.goto(address + article.path);
    await page.getByRole('link', { name: /^Comment via Dateline/ }).click();
    await page
      .getByLabel('Your comment')
      .fill('The gulls were *loud*.\n\n> quiet\n\nSee https://gulls.example/a.');
    // Nobody is signed in: the text waits while they do.
    await page.getByRole('button', { name: 'Sign in and post' }).click();
    const back = new URL(page.url()).searchParams.get('to') ?? '';
    expect(back).toContain('/write?draft=');
    await context.addCookies([ada.browserCookie(address)]);
    await page.goto(address + back);
    expect(await page.getByLabel('Your comment').inputValue()).toContain('The gulls were *loud*.');
    await shoot(page, 'write-390');
    await page.getByRole('button', { name: 'Post' }).click();
    expect(new URL(page.url()).hash).toMatch(/^#comment-/);
    await shoot(page, 'permalink-390');
    await page.goto(address + article.path);
    const first = page.locator('.cm').first();
    await first.getByText('The gulls were').waitFor();
    expect(await first.locator('em').textContent()).toBe('loud');
    expect(await first.locator('a[href="https://gulls.example/a"]').getAttribute('rel')).toContain('ugc');
    expect(await page.locator('#discussion-head').textContent()).toContain('(1)');

    await first.locator('summary').click();
    await first.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Your comment').fill('The gulls were very loud.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'edited' }).click();
    expect(await page.locator('main').textContent()).toContain('The gulls were loud.');

    await context.clearCookies();
    await context.addCookies([ben.browserCookie(address)]);
    await page.goto(address + article.path);
    await page.getByRole('button', { name: /^Agree/ }).click();
    await page.goto(address + article.path);
    expect(await page.getByRole('button', { name: /^Agree/ }).textContent()).toContain('1');
    await page.locator('.cm footer').getByRole('link', { name: 'Answer' }).click();
    await page.getByLabel('Your comment').fill('They always are, @Ada Byron.');
    await page.getByRole('button', { name: 'Post' }).click();
    await page.goto(address + article.path);
    expect(await page.locator('.answers .cm-at').textContent()).toBe('@Ada Byron');
    await shoot(page, 'article-390');

    await context.clearCookies();
    await context.addCookies([ada.browserCookie(address)]);
    await page.goto(address + article.path);
    const mine = page.locator('.cm').first();
    await mine.locator('summary').click();
    await mine.getByRole('link', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.goto(address + article.path);
    expect(await page.locator('.cm').first().textContent()).toBe('The author has taken this comment back.');
    expect(await page.locator('#discussion-head').textContent()).toContain('(1)');
    const json = (await (await fetch(`${address}/api/v1/discussions/${article.id}`)).json()) as {
      count: number;
    };
    expect(json.count).toBe(1);
  });
});

test('a form that was sent is gone back to, and what is written in it then is posted, too; sent twice it is once', async () => {
  await using site = await runSite();
  const article = await paper(site);
  const { headers } = await signedIn(site.house, 'reader');
  const send = async (text: string): Promise<string | null> => {
    const body = new URLSearchParams({ text, key: 'of-one-form', to: '' });
    const address = `${site.address}/discussion/${article.id}/write`;
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
    expect(answer.status).toBe(303);
    return answer.headers.get('location');
  };
  const first = await send('What I say.');
  const second = await send('And what I say to that.');
  expect(second).not.toBe(first);
  expect([await send('What I say.'), await send('And what I say to that.')]).toEqual([first, second]);
  const texts = await site.house.db.read.selectFrom('comments').select('source').orderBy('path').execute();
  expect(texts.map(({ source }) => source)).toEqual(['What I say.', 'And what I say to that.']);
});

test('comments that nobody would see are empty, and those of a withdrawn story take no votes', async () => {
  await using site = await runSite();
  const { db, press } = site.house;
  const article = await paper(site);
  const [ada, ben] = [await signedIn(site.house, 'reader'), await signedIn(site.house, 'reader')];
  const ask = (who: typeof ada, method: string, path: string, body: object) =>
    fetch(`${site.address}/api/v1/${path}`, {
      method,
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const comments = `discussions/${article.id}/comments`;
  for (const text of ['\u3164\u3164', '\u2800', '\u200b \u2060', '\uffa0\n\u115f', '**\u3164**'])
    expect((await ask(ada, 'POST', comments, { text })).status, escape(text)).toBe(400);
  const { id } = (await (await ask(ada, 'POST', comments, { text: 'Words.' })).json()) as { id: string };
  const vote = (on: boolean) => ask(ben, 'PUT', `comments/${id}/reactions/up`, { on });
  expect((await vote(true)).status).toBe(204);
  await db.write((tx) =>
    withdraw(tx, press, { articleId: article.id, kind: 'kill', note: 'Withdrawn.', by: null }),
  );
  expect((await vote(false)).status).toBe(404);
});

test('a guest writes by name and address where the site lets them, and waits', async () => {
  await using site = await runSite();
  const { db } = site.house;
  const article = await paper(site);
  const admin = await signedIn(site.house, 'admin');
  await db.write((tx) =>
    writeDiscussionSettings(tx, db, {
      settings: DiscussionSettings.parse({ guests: true }),
      by: { userId: admin.id, name: admin.name },
    }),
  );
  expect(await readSetting(db.read, 'discussion')).toMatchObject({ guests: true });
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.address}/discussion/${article.id}/write`);
    await page.getByLabel('Your comment').fill('From a guest.');
    await page.getByLabel('Your name').fill('<b>Bob</b>');
    await page.getByLabel('Your e-mail address').fill('bob@guests.example');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toContain('name');
    expect(await page.getByLabel('Your comment').inputValue()).toBe('From a guest.');
    // Nobody passes for the house, and no name grows over the lines around it.
    for (const name of ['Editor', 'Mоderator', `A${'\u0301'.repeat(9)}da`, 'Test Adm1n']) {
      await page.getByLabel('Your name').fill(name);
      await page.getByRole('button', { name: 'Post', exact: true }).click();
      expect(await page.getByRole('alert').textContent(), name).toContain('name');
    }
    await page.getByLabel('Your name').fill('Bob');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    expect(await page.locator('h1').textContent()).toBe('Your comment waits for a moderator.');
    const html = await (await fetch(site.address + article.path)).text();
    expect(html).not.toContain('From a guest.');
  });
  const row = await db.read.selectFrom('comments').selectAll().executeTakeFirstOrThrow();
  expect([row.state, row.guest_email]).toEqual(['held', 'bob@guests.example']);
});
