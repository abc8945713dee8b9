import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setUpLink } from '../../src/features/accounts/accounts.ts';
import { withBrowser } from '../support/chromium.ts';
import { withAuthenticator } from '../support/passkeys.ts';
import { runSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

const durable = (page: Page): Promise<void> =>
  page.locator('.savestate[data-server="saved"][data-unsent="false"]').waitFor();

/** Puts a passkey into an account that has just been opened by a link. */
async function addPasskey(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  const again = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await again;
}

test('a newsroom’s day: from the set-up link and a colleague’s invitation to a story that is written, published, corrected and killed', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  await using site = await runSite({ role: 'all', port, origin });
  const { db, clock } = site.house;
  const link = (await setUpLink(db, clock, { origin })) ?? '';
  await withBrowser(async (browser) => {
    const open = async (): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
      const page = await context.newPage();
      await withAuthenticator(page);
      return page;
    };
    // The first of the house comes by the link that the first start printed.
    const ines = await open();
    await ines.goto(link);
    await ines.getByLabel('E-mail address').fill('ines@news.example');
    await ines.getByLabel('Name').fill('Ines Aldermann');
    await ines.getByRole('button', { name: 'Go on' }).click();
    await addPasskey(ines);
    // She asks a colleague in, and hands the link over.
    await ines.goto(`${origin}/newsroom/people`);
    await ines.getByRole('button', { name: 'Invite somebody' }).click();
    const asking = ines.getByRole('dialog');
    await asking.getByLabel('E-mail address').fill('tomas@news.example');
    await asking.getByLabel('Name').fill('Tomas Rieck');
    await asking.getByRole('combobox', { name: 'Role' }).click();
    await ines.getByRole('option', { name: 'Editor' }).click();
    await asking.getByRole('button', { name: 'Make an invitation link' }).click();
    const given = ines.getByRole('dialog', { name: 'A link to hand over' });
    const invitation = await given
      .locator('input, code')
      .first()
      .evaluate((element) => (element instanceof HTMLInputElement ? element.value : element.textContent));
    const tomas = await open();
    await tomas.goto(invitation);
    await tomas.getByRole('button', { name: 'Go on' }).click();
    await addPasskey(tomas);

    // He begins a story and writes it.
    await tomas.goto(`${origin}/newsroom/articles/new`);
    await tomas.getByLabel('Headline').fill('The council votes on the ferry');
    await tomas.getByRole('button', { name: 'Begin' }).click();
    await tomas.locator('.prose').click();
    await tomas.keyboard.type('The council voted on Tuesday.');
    await tomas.keyboard.press('Enter');
    await tomas.keyboard.type('The ferry stays, it said.');
    await tomas.getByLabel('Lede').fill('The ferry stays for a year.');
    await durable(tomas);
    const articleId = new URL(tomas.url()).pathname.split('/').at(-1) ?? '';
    // He publishes it beside the text.
    await tomas.getByRole('tab', { name: 'Publishing' }).click();
    const publishing = tomas.getByRole('tabpanel');
    await publishing.getByRole('button', { name: 'Publish', exact: true }).click();
    await tomas.getByText('Published', { exact: true }).first().waitFor();
    const path = async (): Promise<string> =>
      (await db.read.selectFrom('articles').select('path').where('id', '=', articleId).executeTakeFirst())
        ?.path ?? '';
    const reader = await open();
    await reader.goto(origin + (await path()));
    expect(await reader.locator('h1').innerText()).toBe('The council votes on the ferry');
    expect(await reader.locator('main').innerText()).toContain('The ferry stays, it said.');

    // A correction, with its note, reaches whoever reads at that moment.
    await tomas.getByLabel('Lede').fill('The ferry stays for two years.');
    await durable(tomas);
    await publishing.getByLabel('Why there is a new version').click();
    await tomas.getByRole('option', { name: /^Correction/ }).click();
    await publishing.getByLabel('Note to readers').fill('It is two years, not one.');
    await publishing.getByRole('button', { name: 'Publish the correction' }).click();
    await reader.getByText('It is two years, not one.').first().waitFor();
    await reader.reload();
    expect(await reader.locator('main').innerText()).toContain('The ferry stays for two years.');

    // A kill, with its notice, takes it away.
    await tomas.getByRole('link', { name: 'Preview, withdraw, receipts' }).click();
    await tomas.getByRole('button', { name: 'Kill the story' }).click();
    await tomas.getByLabel('Notice to readers').fill('The vote was put off.');
    await tomas.getByRole('dialog').getByRole('button', { name: 'Kill the story' }).click();
    await tomas.getByText(/kill\s*reached them all/).waitFor();
    const gone = await reader.goto(origin + (await path()));
    expect(gone?.status()).toBe(410);
    expect(await reader.locator('main').innerText()).toContain('The vote was put off.');
    expect(await reader.locator('main').innerText()).not.toContain('The ferry stays');
    // And the log has what each of them did.
    await ines.goto(`${origin}/newsroom/audit`);
    await ines.getByText('article.kill').first().waitFor();
  });
});
