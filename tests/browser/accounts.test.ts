import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setUpLink } from '../../src/features/accounts/accounts.ts';
import { withBrowser } from '../support/chromium.ts';
import { runSite } from '../support/site.ts';

/** Passkeys are bound to the origin, so the port must be known before the site is. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A device with a user who proves who they are: CTAP 2, discoverable credentials. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('from the set-up link to a passkey, out, and in again by it', async () => {
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
