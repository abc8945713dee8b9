import { expect, test } from 'vitest';
import { createArticles, publish } from '../../src/features/articles/articles.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { noticesSubscriber } from '../../src/features/discussion/notices.events.ts';
import { noRules, submitComment } from '../../src/features/discussion/discussion.ts';
import { readEvents } from '../../src/storage/outbox.ts';
import { withBrowser } from '../support/chromium.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';
import { XSS } from './xss.ts';

test('what is typed to be run is text on pages, in feeds, in e-mail and in the API, with the policy and without', async () => {
  await using site = await runSite();
  const { db, clock, press } = site.house;
  const { id, path } = await db.write(async (tx) => {
    const [row] = await createArticles(tx, { clock, by: null }, [
      { content: { language: 'en', headline: 'Words', body: docFromParagraphs(['Some.']) } },
    ]);
    const [published] = await publish(tx, press, [{ articleId: row?.id ?? '' }]);
    return { id: row?.id ?? '', path: published?.path ?? '' };
  });
  const ada = await signedIn(site.house, 'reader', { name: 'Ada "><img src=x onerror=window.hit=1>' });
  const ben = await signedIn(site.house, 'reader', { name: 'Ben' });
  const room = { db, clock, moderator: noRules };
  const write = (who: typeof ada, text: string, parentId?: string) =>
    submitComment(room, {
      articleId: id,
      text,
      parentId,
      writer: { kind: 'account', userId: who.id, name: who.name, role: 'reader' },
    });
  const mine = await write(ben, 'Go on.');
  for (const text of XSS) await write(ada, text, mine.id);
  const notices = noticesSubscriber({ db, clock, origin: site.address });
  await notices.handle(await readEvents(db.read, { after: 0, limit: 1000 }));

  const mails = await db.read.selectFrom('mails').selectAll().execute();
  expect(mails.length).toBe(XSS.length);
  const together = new Set<string>();
  for (const mail of mails) {
    const { References, 'In-Reply-To': answers } = JSON.parse(mail.headers) as Record<string, string>;
    expect(References).toBe(answers);
    together.add(References ?? '');
    expect(mail.body_html).toBeNull();
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(JSON.parse(mail.headers)).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
  }
  // Mails of one discussion are one conversation.
  expect([...together]).toEqual([`<discussion.${id}@127.0.0.1>`]);
  const feed = await (await fetch(`${site.address}${path}/comments.xml`)).text();
  expect(feed).not.toMatch(/<script|onerror=(?!window)|<img/i);
  const api = await fetch(`${site.address}/api/v1/discussions/${id}/threads/${mine.id}`);
  expect(api.headers.get('content-type')).toContain('application/json');
  expect(api.headers.get('content-security-policy')).toContain('sandbox');

  await withBrowser(async (browser) => {
    for (const policy of [true, false]) {
      const context = await browser.newContext({ bypassCSP: !policy });
      await context.addCookies([ben.browserCookie(site.address)]);
      const page = await context.newPage();
      const outside: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(site.address)) outside.push(request.url());
      });
      for (const address of [
        path,
        `/discussion/${id}?thread=${mine.id}`,
        `/discussion/${id}/write?to=${mine.id}`,
      ]) {
        await page.goto(site.address + address);
        await page.locator('.cm').first().waitFor();
        for (const node of await page.locator('.cm-text a[href]').all())
          expect(await node.getAttribute('href')).toMatch(/^https?:/);
        expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
        expect(
          await page
            .locator('.cm :is(script, img, iframe, svg, object, style, base, meta, form form)')
            .count(),
        ).toBe(0);
      }
      expect(outside).toEqual([]);
      await context.close();
    }
  });
});
