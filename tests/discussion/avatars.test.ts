import { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setAvatar } from '../../src/features/accounts/accounts.ts';
import { submitComment } from '../../src/features/discussion/discussion.ts';
import { makeModerator } from '../../src/features/moderation/moderation.ts';
import { until, withBrowser } from '../support/chromium.ts';
import { newsroomOn } from '../support/newsroom.ts';
import { quarters } from '../support/pictures.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';

const shots = process.env['DATELINE_SHOTS'];

/** What stands before the names, in order: the width of the picture that came, or the letters. */
const faces = (page: Page, where: string): Promise<(number | string)[]> =>
  page
    .locator(where)
    .evaluateAll((found) =>
      found.map((face) => (face instanceof HTMLImageElement ? face.naturalWidth : (face.textContent ?? ''))),
    );

test('people have their pictures beside their names, or their letters, on the page, live, and in the queue', async () => {
  let articleId = '';
  let path = '';
  await using site = await runSite({
    fill: async ({ db }) => {
      const paper = await newsroomOn(db);
      articleId = await paper.story({ headline: 'The harbour wall is to be raised' });
      path = (await db.read.selectFrom('articles').select('path').executeTakeFirstOrThrow()).path ?? '';
    },
  });
  const { db, clock, blobs } = site.house;
  const room = { db, clock, moderator: makeModerator(site.house) };
  const picture = await quarters(192, 192).webp().toBuffer();
  const { digest } = await blobs.put(Readable.from([picture]));
  const say = async (name: string, text: string, pictured = false): Promise<string> => {
    const { id: userId } = await signedIn(site.house, 'reader', { name });
    if (pictured) await db.write((tx) => setAvatar(db, tx, { userId, digest, clock }));
    const writer = { kind: 'account' as const, userId, name, role: 'reader' as const };
    await submitComment(room, { articleId, writer, text });
    return userId;
  };
  const ann = await say('Ann of the Harbour', 'The wall is far too low already', true);
  await say('Бенджамин Невис', 'Nobody asked the fishermen about it');
  await say('ليلى حداد', 'وماذا عن الميناء');

  await withBrowser(async (browser) => {
    const open = async (colorScheme: 'light' | 'dark', width: number): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const page = await context.newPage();
      await page.goto(`${site.address}/discussion/${articleId}?sort=oldest`);
      await page.locator('img.cm-face').first().scrollIntoViewIfNeeded();
      await until(page, () => document.querySelector<HTMLImageElement>('img.cm-face')?.complete);
      return page;
    };
    const page = await open('light', 1280);
    expect(await faces(page, '.threads .cm-face')).toEqual([192, 'БН', 'ل']);
    const face = page.locator('img.cm-face').first();
    expect(await face.getAttribute('alt')).toBe('');
    expect(await face.getAttribute('loading')).toBe('lazy');
    // Its place is kept before it comes: nothing that one reads moves.
    expect(await face.boundingBox()).toMatchObject({ width: 28, height: 28 });
    if (shots !== undefined)
      for (const scheme of ['light', 'dark'] as const)
        for (const width of [390, 1280]) {
          const shown = await open(scheme, width);
          await shown.screenshot({ path: `${shots}/faces-${scheme}-${width}.png` });
          await shown.context().close();
        }

    const live = await (await browser.newContext({ viewport: { width: 390, height: 900 } })).newPage();
    await live.goto(site.address + path);
    await live.locator('.discussion, #discussion').first().scrollIntoViewIfNeeded();
    await live.locator('.cm-face').first().waitFor();
    await say('Dora Keen', 'It would be seen from the island', true);
    await live.locator('.cm-new').click();
    await live.locator('.cm', { hasText: 'from the island' }).waitFor();
    await live.locator('.cm', { hasText: 'from the island' }).locator('img.cm-face').scrollIntoViewIfNeeded();
    await until(
      live,
      () =>
        [...document.querySelectorAll<HTMLImageElement>('img.cm-face')].filter(
          (each) => each.naturalWidth > 0,
        ).length === 2,
    );

    const moderator = await signedIn(site.house, 'moderator');
    const desk = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await desk.addCookies([moderator.browserCookie(site.address)]);
    const queue = await desk.newPage();
    await queue.goto(`${site.address}/newsroom/moderation?queue=new`);
    await queue.locator('img.mod-face').first().waitFor();
    await until(
      queue,
      () =>
        [...document.querySelectorAll<HTMLImageElement>('img.mod-face')].filter(
          (each) => each.naturalWidth > 0,
        ).length === 2,
    );
    // The newest first.
    expect(await faces(queue, '.mod-face')).toEqual([192, 'ل', 'БН', 192]);
    if (shots !== undefined) await queue.screenshot({ path: `${shots}/faces-queue.png` });

    // Taken back, it is on no page at the next request.
    await db.write((tx) => setAvatar(db, tx, { userId: ann, digest: null, clock }));
    await page.reload();
    expect((await faces(page, '.threads .cm-face'))[0]).toBe('AH');
  });
});
