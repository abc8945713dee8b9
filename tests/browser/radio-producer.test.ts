import { expect, test } from 'vitest';
import { defaultSite, SiteSettings } from '../../src/contract/site.ts';
import { createProgramme, createSlot } from '../../src/features/radio/radio.ts';
import { writeSetting } from '../../src/storage/settings.store.ts';
import { axe } from '../support/axe.ts';
import { withBrowser } from '../support/chromium.ts';
import { connectEncoder } from '../support/radio/clients.ts';
import { radioSite, until } from '../support/radio/radio-site.ts';
import { mp3Bytes } from '../support/radio/sounds.ts';
import { signedIn } from '../support/signed-in.ts';

test('producers see what is on the air and mark a moment, at both widths, in both lights and from right to left', async () => {
  await using radio = await radioSite({ newsroom: true, env: { DATELINE_ROLE: 'all' } });
  const { house, address } = radio;
  const mount = await radio.mount({ slug: 'live' });
  const reserve = await radio.mount({ slug: 'reserve', name: 'Reserve' });
  const context = { db: house.db, clock: house.clock, origin: address };
  await house.db.write(async (tx) => {
    const programme = await createProgramme(tx, context, { title: 'Morning Courier', hosts: ['Salma'] });
    for (const weekday of [1, 3, 5, 7])
      await createSlot(tx, context, { programme, mount, weekday, starts: '06:00', minutes: 180 });
  });
  const encoder = await connectEncoder(radio.sourcePort);
  encoder.play(mp3Bytes(30), 16_000);
  await until(() => radio.station.find('live')?.mount.onAir.origin === 'encoder');
  const producer = await signedIn(house, 'producer');
  await withBrowser(async (browser) => {
    for (const how of [
      { width: 1280, colorScheme: 'light', locale: 'en' },
      { width: 820, colorScheme: 'dark', locale: 'ar' },
    ] as const) {
      const faults: string[] = [];
      const { width, ...rest } = how;
      const browsing = await browser.newContext({
        ...rest,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      await browsing.addCookies([producer.browserCookie(address)]);
      const page = await browsing.newPage();
      page.on('pageerror', (error) => faults.push(error.message));
      for (const screen of ['radio', 'radio/schedule', 'radio/programmes']) {
        await page.goto(`${address}/newsroom/${screen}`);
        await page.locator('#screen h1, #screen h2').first().waitFor();
        await page.waitForSelector('#screen .skeletons', { state: 'detached' });
        await page
          .getByText(screen === 'radio' ? 'live' : 'Morning Courier')
          .first()
          .waitFor();
        const over = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (over !== 0) faults.push(`${screen} is ${String(over)} px too wide at ${width}`);
        faults.push(...(await axe(page, screen)));
      }
      // Who speaks in a programme, and when it is on.
      await page.goto(`${address}/newsroom/radio/programmes`);
      await page.locator('#screen li', { hasText: 'Morning Courier' }).locator('button').click();
      await page.locator('.sheet textarea').nth(1).fill(`Salma\nTomas ${width}`);
      faults.push(...(await axe(page, 'a programme')));
      await page.locator('.sheet button[type=submit]').click();
      await page.locator('#screen li', { hasText: `Tomas ${width}` }).waitFor();
      await page.goto(`${address}/newsroom/radio/schedule`);
      await page.locator('#screen section').first().locator('li button').first().click();
      await page.locator('.sheet input[type=time]').fill('05:30');
      await page.locator('.sheet input[type=number]').fill(String(width));
      faults.push(...(await axe(page, 'a place in the schedule')));
      await page.locator('.sheet button[type=submit]').click();
      await page.locator('#screen li', { hasText: width === 1280 ? '05:30–02:50' : '05:30–19:10' }).waitFor();
      await page.goto(`${address}/newsroom/radio`);
      await page.locator('#screen form').nth(1).locator('input').fill(`Goal at ${width}`);
      await page.locator('#screen form').nth(1).locator('button').click();
      await page.locator('#screen li', { hasText: `Goal at ${width}` }).waitFor();
      // An episode of a file, its chapters, and a further bit rate of the mount.
      await page
        .locator('#screen details', { has: page.locator('input[type=file]') })
        .locator('summary')
        .click();
      const upload = page.locator('#screen form', { has: page.locator('input[type=file]') });
      await upload.locator('input[type=file]').setInputFiles({
        name: `Take ${width}.mp3`,
        mimeType: 'audio/mpeg',
        buffer: mp3Bytes(20, width),
      });
      await upload.locator('button[type=submit]:enabled').click();
      const item = page.locator('#screen li', { hasText: `Take ${width}` });
      await item.locator('button').first().click();
      const sheet = page.locator('.sheet');
      await sheet.locator('textarea').nth(1).fill('0:00 Hello\n0:12 The bridge');
      faults.push(...(await axe(page, 'an episode')));
      await sheet.locator('button[type=submit]').click();
      await sheet.waitFor({ state: 'detached' });
      const episode = await house.db.read
        .selectFrom('radio_episodes')
        .select(['chapters', 'duration_ms'])
        .where('title', '=', `Take ${width}`)
        .executeTakeFirstOrThrow();
      expect(episode.chapters).toContain('"startMs":12000');
      expect(Math.round((episode.duration_ms ?? 0) / 1000)).toBe(20);
      const settings = page.locator('#screen details', { has: page.locator('input[type=url]') }).first();
      await settings.locator('summary').click();
      await settings.locator('input[pattern]').fill(`64 ${width === 1280 ? 32 : 48}`);
      await settings.getByRole('combobox').click();
      await page.getByRole('option', { name: 'Reserve' }).click();
      await settings.locator('button[type=submit]').click();
      await until(
        () => (radio.station.byId(mount)?.mount.config.bitRates[1] ?? 0) === (width === 1280 ? 32 : 48),
      );
      expect(radio.station.byId(mount)?.mount.config.fallback).toEqual({ kind: 'mount', mount: reserve });
      faults.push(...(await axe(page, 'the desk with everything open')));
      expect(faults).toEqual([]);
      await browsing.close();
    }
  });
  encoder.drop();
});

test('an episode is cut by times that come, and of two equal ones by the one that is meant', async () => {
  await using radio = await radioSite({ newsroom: true, env: { DATELINE_ROLE: 'all' } });
  const { house, address } = radio;
  await radio.mount({ slug: 'live' });
  const context = { db: house.db, clock: house.clock, origin: address };
  await house.db.write(async (tx) => {
    await writeSetting(tx, 'site', SiteSettings.parse({ ...defaultSite, timeZone: 'Europe/Berlin' }));
    await createProgramme(tx, context, { title: 'Night shift', hosts: [] });
  });
  const producer = await signedIn(house, 'producer');
  await withBrowser(async (browser) => {
    const browsing = await browser.newContext({ viewport: { width: 820, height: 900 }, locale: 'en' });
    await browsing.addCookies([producer.browserCookie(address)]);
    const page = await browsing.newPage();
    await page.goto(`${address}/newsroom/radio`);
    const form = page.locator('#screen form', { has: page.locator('input[type=datetime-local]') });
    const [from, to] = [0, 1].map((at) => form.locator('input[type=datetime-local]').nth(at));
    await form.getByLabel('Title').fill('The hour that comes twice');
    await to?.fill('2026-03-29T02:30:00');
    await form.getByText('This time does not come').waitFor();
    expect(await form.locator('button[type=submit]').isDisabled()).toBe(true);
    await from?.fill('2026-10-25T02:30:10');
    await to?.fill('2026-10-25T02:45:20');
    expect(await form.locator('button[type=submit]').isDisabled()).toBe(true);
    await form
      .getByLabel(/^The first/)
      .first()
      .click();
    await form
      .getByLabel(/^The second/)
      .last()
      .click();
    const asked = page.waitForRequest(
      (request) => request.url().endsWith('/episodes') && request.method() === 'POST',
    );
    await form.locator('button[type=submit]:enabled').click();
    expect((await asked).postDataJSON()).toMatchObject({
      from: '2026-10-25T00:30:10.000Z',
      to: '2026-10-25T01:45:20.000Z',
    });
  });
});
