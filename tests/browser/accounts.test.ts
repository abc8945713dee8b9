import { expect, test } from 'vitest';
import { setUpLink } from '../../src/features/accounts/accounts.ts';
import { withBrowser } from '../support/chromium.ts';
import { withAuthenticator } from '../support/passkeys.ts';
import { runSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

test('from the set-up link to a passkey, out, and in again by it', async () => {
  // Passkeys are bound to the origin, so the port must be known before the site is.
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  await using site = await runSite({ port, origin });
  const { db, clock } = site.house;
  const link = (await setUpLink(db, clock, { origin })) ?? '';
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ locale: 'en' });
    const page = await context.newPage();
    await withAuthenticator(page);
    await page.goto(link);
    await page.getByLabel('E-mail address').fill('ines@news.example');
    await page.getByLabel('Name').fill('Ines Aldermann');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('People of the house need a passkey').waitFor();
    const forbidden = await page.request.get(`${origin}/api/v1/users`);
    expect(forbidden.status()).toBe(403);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page
      .getByText('Dateline', { exact: false })
      .and(page.locator('.own-list li span'))
      .first()
      .waitFor();
    expect((await page.request.get(`${origin}/api/v1/users`)).status()).toBe(200);
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.waitForURL(`${origin}/`);
    expect((await page.request.get(`${origin}/api/v1/users`)).status()).toBe(401);
    await page.goto(`${origin}/account/sign-in?to=/account/security`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${origin}/account/security`);
    expect((await page.request.get(`${origin}/api/v1/users`)).status()).toBe(200);
    const [key] = await db.read.selectFrom('passkeys').selectAll().execute();
    expect(Number(key?.sign_count)).toBeGreaterThan(0);
    // The link has been used.
    expect((await page.request.get(link)).status()).toBe(410);
  });
});
