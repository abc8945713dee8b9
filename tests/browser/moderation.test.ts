import type { Page } from 'playwright-core';
import { parseRssFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { makeModerator } from '../../src/features/moderation/moderation.ts';
import { submitComment } from '../../src/features/discussion/discussion.ts';
import { createUser } from '../../src/features/accounts/accounts.ts';
import { putSettings } from '../../src/features/moderation/rules.store.ts';
import { ModerationSettings } from '../../src/contract/moderation.ts';
import type { House } from '../../src/app.ts';
import { withBrowser } from '../support/chromium.ts';
import { newsroomOn } from '../support/newsroom.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';
import { XSS_CORPUS } from '../support/xss-corpus.ts';
import { XSS } from '../discussion/xss.ts';

/** Everything that anybody types to have it run, by whichever name it would be noticed. */
const ATTACKS = [
  ...XSS_CORPUS,
  ...XSS.map((text) =>
    text.replaceAll('window.hit=1', 'attacked()').replaceAll('parent.hit=1', 'parent.attacked()'),
  ),
];

const shots = process.env['DATELINE_SHOTS'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
};

/** A person whose comments wait, and what they wrote under one article. */
async function wait(
  house: House,
  texts: readonly string[],
  articleId: string,
  settings: object,
): Promise<string[]> {
  const { db, clock } = house;
  await db.write((tx) =>
    putSettings(
      tx,
      { kind: 'site', id: '', settings: ModerationSettings.parse(settings) },
      { by: null, at: clock.now() },
    ),
  );
  const ids: string[] = [];
  for (const [n, text] of texts.entries()) {
    const name = `Reader ${n}`;
    const email = `reader-${n}-${crypto.randomUUID()}@readers.example`;
    const userId = await db.write((tx) => createUser(tx, clock, { email, name, role: 'reader' }));
    const writer = { kind: 'account' as const, userId, name, role: 'reader' as const };
    const moderator = makeModerator({ db, clock });
    ids.push((await submitComment({ db, clock, moderator }, { articleId, writer, text })).id);
  }
  return ids;
}

const counter = (page: Page, queue: string) => page.locator(`.counter[data-queue=${queue}]`);

test('a moderator’s hour: by keyboard, with a colleague beside, and a way back', async () => {
  await withBrowser(async (browser) => {
    let articleId = '';
    let ids: string[] = [];
    await using site = await runSite({
      fill: async (house) => {
        const paper = await newsroomOn(house.db);
        articleId = await paper.story({ headline: 'The harbour wall is to be raised' });
        ids = await wait(
          house,
          [
            'The wall is far too low already',
            'Nobody asked the fishermen about it',
            'What will it cost us in the end',
            'A very good idea, at last',
          ],
          articleId,
          { newcomer: { approved: 3 } },
        );
      },
    });
    const open = async (name: string): Promise<Page> => {
      const person = await signedIn(site.house, 'moderator', { name });
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addCookies([person.browserCookie(site.address)]);
      const page = await context.newPage();
      await page.goto(`${site.address}/newsroom/moderation?queue=pending`);
      await page.locator('.mod-list > li').first().waitFor();
      return page;
    };
    const first = await open('Mira');
    const second = await open('Sam');
    expect(await first.locator('.mod-list > li').count()).toBe(4);
    await shoot(first, 'queue-1280');
    // A claim is seen at once by the colleague.
    await first.keyboard.press('c');
    await second.getByText('Mira is at it').waitFor();
    await second.keyboard.press('a');
    await second.getByText('1 left as they are').first().waitFor();
    // Approve, and take it back.
    await first.keyboard.press('a');
    await first.locator('.mod-list > li').nth(3).waitFor({ state: 'detached' });
    await counter(first, 'pending').filter({ hasText: '3' }).waitFor();
    await counter(second, 'pending').filter({ hasText: '3' }).waitFor();
    const state = async (id: string): Promise<string | undefined> =>
      (
        await site.house.db.read
          .selectFrom('comments')
          .select('state')
          .where('id', '=', id)
          .executeTakeFirst()
      )?.state;
    await expect.poll(() => state(ids[0] ?? ''), { timeout: 60_000 }).toBe('visible');
    await first.keyboard.press('u');
    await first.locator('.mod-list > li').nth(3).waitFor();
    await expect.poll(() => state(ids[0] ?? ''), { timeout: 60_000 }).toBe('held');
    // Move on, and reject with the third paragraph.
    await first.keyboard.press('j');
    const refused =
      (await first.locator('.mod-list > li[aria-current=true]').getAttribute('data-comment')) ?? '';
    await first.keyboard.press('r');
    await first.locator('.dialog').waitFor();
    await first.keyboard.press('3');
    await shoot(first, 'reject-1280');
    await first.locator('.dialog').getByRole('button', { name: 'Reject' }).click();
    await counter(first, 'pending').filter({ hasText: '3' }).waitFor();
    await expect.poll(() => state(refused), { timeout: 60_000 }).toBe('rejected');
    const ground = await site.house.db.read
      .selectFrom('moderation_decisions')
      .select('standard_paragraph')
      .where('comment_id', '=', refused)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    expect(ground?.standard_paragraph).toBe('subject');
    // The rest in one go.
    for (const key of ['k', 'k', 'k', 'x', 'j', 'x', 'j', 'x']) await first.keyboard.press(key);
    await first.getByText('3 chosen').first().waitFor();
    await first.keyboard.press('a');
    await counter(first, 'pending').filter({ hasText: '0' }).waitFor();
    for (const id of ids.filter((each) => each !== refused))
      await expect.poll(() => state(id), { timeout: 60_000 }).toBe('visible');
    // What is in the rules, and what they would do.
    await first.goto(`${site.address}/newsroom/moderation/rules?part=test`);
    await first
      .getByRole('textbox')
      .first()
      .fill('Look at https://a.example/1 and https://b.example/2 and https://c.example/3');
    await first.getByRole('button', { name: 'Test', exact: true }).click();
    await first.getByText('It holds 3 links; 2 are allowed.').waitFor();
    await shoot(first, 'test-1280');
    if (shots !== undefined) await tour(first, site.address, refused);
  });
});

/** Every screen, small and large, in the dark and from right to left: for those who look at them. */
async function tour(page: Page, address: string, commentId: string): Promise<void> {
  const screens = {
    queue: 'moderation?queue=new',
    comment: `moderation/comments/${commentId}`,
    rules: 'moderation/rules',
    phases: 'moderation/rules?part=phases',
    classifier: 'moderation/classifier',
    standards: 'moderation/standards',
    notices: 'moderation/notices',
    transparency: 'moderation/transparency',
  };
  for (const [name, path] of Object.entries(screens))
    for (const [width, dark] of [
      [1280, false],
      [820, true],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await page.goto(`${address}/newsroom/${path}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      await shoot(page, `${name}-${width}${dark ? '-dark' : ''}`);
    }
}

test.each([false, true])(
  'an attacker’s hour: nothing that is written runs in page, queue, mail or feed (policy off: %s)',
  async (bypassCSP) => {
    await withBrowser(async (browser) => {
      // A feed has fifty comments: each of these stories has fewer.
      const stories: { id: string; path: string; texts: readonly string[] }[] = [];
      let held: string[] = [];
      await using site = await runSite({
        fill: async (house) => {
          const paper = await newsroomOn(house.db);
          for (let at = 0; at < ATTACKS.length; at += 40) {
            const id = await paper.story({ headline: 'A story under attack', slug: `attacked-${at}` });
            const row = await house.db.read
              .selectFrom('articles')
              .select('path')
              .where('id', '=', id)
              .executeTakeFirstOrThrow();
            stories.push({ id, path: row.path ?? '', texts: ATTACKS.slice(at, at + 40) });
          }
          const lenient = {
            length: { capitals: 100 },
            links: { most: 100, newcomerMost: 100, shorteners: 'publish' },
            repeats: { own: 'publish', others: 0, near: 100 },
          };
          for (const { id, texts } of stories) await wait(house, texts, id, lenient);
          held = await wait(
            house,
            ATTACKS.slice(0, 100).map((text) => `${text} again`),
            stories[0]?.id ?? '',
            { ...lenient, premoderation: { on: true } },
          );
        },
      });
      const person = await signedIn(site.house, 'moderator', { name: 'Mira <img src=x onerror=attacked()>' });
      const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 900 } });
      await context.addCookies([person.browserCookie(site.address)]);
      let attacks = 0;
      await context.exposeFunction('attacked', () => void (attacks += 1));
      const page = await context.newPage();
      page.on('dialog', (dialog) => void dialog.dismiss());
      const look = async (address: string): Promise<void> => {
        await page.goto(site.address + address);
        await page.waitForLoadState('networkidle');
        // Whoever can be pointed at, focused or clicked by accident is.
        await page.evaluate(() => {
          for (const element of document.querySelectorAll<HTMLElement>('main *, #newsroom *'))
            for (const type of ['mouseover', 'focus', 'toggle', 'load', 'error'])
              element.dispatchEvent(new Event(type, { bubbles: true }));
        });
      };
      /** Nothing that could run stands there, and no link leads anywhere but to the web or a letter. */
      const inert = async (): Promise<void> => {
        const forbidden = page.locator(
          ':is(main, .feed) :is(iframe, object, embed, script, base, meta, link, style, form form, svg[onload]), [onerror], [onclick], [onmouseover], [onfocus], [ontoggle]',
        );
        expect(await forbidden.count()).toBe(0);
        const links = page.locator('a[href]');
        for (const href of await links.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)))
          expect(href).toMatch(/^(https?:|mailto:)/);
      };
      for (const { id, path } of stories) {
        await look(path);
        await inert();
        await look(`/discussion/${id}`);
        await inert();
        // As a program shows the feed that takes all it reads for markup, and has no policy at all.
        const feed = parseRssFeed(await (await fetch(`${site.address}${path}/comments.xml`)).text());
        const items = (feed.items ?? []).map(
          ({ title, description, content }) => `<h2>${title}</h2>${description}<hr>${content?.encoded}`,
        );
        expect(items.length).toBeGreaterThan(20);
        await page.goto('about:blank');
        await page.setContent(`<div class="feed">${items.join('')}</div>`, { waitUntil: 'load' });
        await inert();
      }
      for (const queue of ['new', 'pending']) await look(`/newsroom/moderation?queue=${queue}`);
      expect(await page.locator('.mod-list > li').count()).toBeGreaterThan(20);
      await look(`/newsroom/moderation/comments/${held[0]}`);
      await inert();
      expect(attacks).toBe(0);
      // Removed ones are quoted to their authors: as text.
      const api = await browser.newContext({
        extraHTTPHeaders: { cookie: person.cookie, 'sec-fetch-site': 'same-origin' },
      });
      const decided = await api.request.post(`${site.address}/api/v1/moderation/decisions`, {
        data: { comments: held.slice(0, 100), action: 'reject', standard: 'subject' },
      });
      expect(decided.status()).toBe(200);
      const mails = await site.house.db.read
        .selectFrom('mails')
        .select(['body_html', 'subject', 'headers'])
        .execute();
      expect(mails.length).toBeGreaterThan(20);
      for (const mail of mails) expect([mail.body_html, /[\r\n]/.test(mail.subject)]).toEqual([null, false]);
    });
  },
);
