import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillArchive } from '../../bench/fill.ts';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { stationLoop } from '../../src/cli/demo/station-loop.ts';
import { until, withBrowser } from '../support/chromium.ts';
import { type RadioSite, radioSite } from '../support/radio/radio-site.ts';

let radio: RadioSite;

beforeAll(async () => {
  radio = await radioSite();
  const { house } = radio;
  await fillArchive(house, { articles: 30 });
  const loop = await house.db.write((tx) =>
    createAsset(tx, house.clock, { kind: 'audio', fileName: 'loop.mp3', caption: 'The signal' }),
  );
  await receiveBytes(house.media, { id: loop, bytes: await stationLoop(), mime: 'audio/mpeg' });
  await radio.mount({ slug: 'live', fallback: { kind: 'files', assets: [loop] } });
});
afterAll(() => radio[Symbol.asyncDispose]());

const PLAYING = '.radio-bar[data-state=playing]';

/** Waits until the page itself hears something: samples of the element, not what the player says. */
async function sounds(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const kept = globalThis as unknown as { analyser?: AnalyserNode };
    if (kept.analyser === undefined) {
      const audio = document.querySelector<HTMLAudioElement>('.radio-bar audio');
      if (audio === null) throw new Error('there is no player');
      const context = new AudioContext();
      kept.analyser = context.createAnalyser();
      context.createMediaElementSource(audio).connect(kept.analyser);
      kept.analyser.connect(context.destination);
      await context.resume();
    }
    const samples = new Float32Array(2048);
    let loudest = 0;
    while (loudest < 0.01) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      kept.analyser.getFloatTimeDomainData(samples);
      loudest = Math.max(...samples.map(Math.abs));
    }
  });
}

/** Follows some link of the page, another one each time. */
async function turnPage(page: Page, n: number): Promise<void> {
  const before = page.url();
  await page.evaluate((nth) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="/"], .sections a')];
    const pages = links.filter(({ pathname }) =>
      /^\/(?:section|storyline|tag|\w[\w-]*\/\d{4}\/)/.test(pathname),
    );
    pages.find((link, at) => at >= nth % pages.length && link.href !== location.href)?.click();
  }, n);
  await page.waitForURL((url) => url.href !== before);
  await until(page, () => document.querySelector('main h1') !== null);
}

/** When what is heard was on the air, as the page keeps it for the next one; undefined for what is on now. */
async function heardAt(page: Page): Promise<number | undefined> {
  const kept = await page.evaluate(() => sessionStorage.getItem('dateline.radio'));
  return kept === null || kept === 'live' ? undefined : Number(kept);
}

test('the radio sounds on over ten changes of page and a restart of the server', async () => {
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.goto(`${radio.address}/`);
    await page.evaluate(() => void ((globalThis as { sameDocument?: boolean }).sameDocument = true));
    await page.click('listen-live a');
    await page.waitForSelector(PLAYING);
    await sounds(page);
    const seen = new Set<string>();
    for (let change = 0; change < 10; change += 1) {
      const time = await page.$eval('.radio-bar audio', (audio) => (audio as HTMLAudioElement).currentTime);
      await turnPage(page, change);
      expect(await page.isVisible('.radio-bar')).toBe(true);
      await sounds(page);
      // The element itself never stopped: its time runs on.
      await until(
        page,
        (before) => (document.querySelector<HTMLAudioElement>('.radio-bar audio')?.currentTime ?? 0) > before,
        time,
      );
      seen.add(page.url());
    }
    expect(seen.size).toBeGreaterThan(1);
    const same = () => page.evaluate(() => (globalThis as { sameDocument?: boolean }).sameDocument);
    expect(await same(), 'the sound never had to begin anew').toBe(true);
    const source = () => page.$eval('.radio-bar audio', (audio) => (audio as HTMLAudioElement).currentSrc);
    const stream = await source();
    radio = await radio.restart();
    // What had come before the restart is played out first; then the player asks anew by itself.
    while ((await source()) === stream) await page.waitForSelector('.radio-bar');
    await page.waitForSelector(PLAYING);
    await sounds(page);
    expect(await same()).toBe(true);
  });
});

test('a listener goes back, stays there over a restart and over a page that is loaded whole, and returns', async () => {
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    // A browser without the Navigation API: every link loads its page whole.
    await page.addInitScript(() => void Reflect.deleteProperty(globalThis, 'navigation'));
    await page.goto(`${radio.address}/`);
    await page.click('listen-live a');
    await page.waitForSelector(PLAYING);
    await turnPage(page, 0);
    await page.waitForSelector(PLAYING);
    await sounds(page);
    expect(await heardAt(page)).toBeUndefined();

    await page.click('.radio-step');
    await page.waitForSelector('.radio-bar[data-mode=rewind][data-state=playing]');
    await sounds(page);
    await until(page, () => Number(sessionStorage.getItem('dateline.radio')) > 0);
    const began = (await heardAt(page)) ?? 0;
    expect(Date.now() - began).toBeGreaterThan(8000);
    await turnPage(page, 3);
    await page.waitForSelector('.radio-bar[data-mode=rewind][data-state=playing]');
    await sounds(page);
    const onNext = (await heardAt(page)) ?? 0;
    expect(onNext, 'not again from the beginning').toBeGreaterThanOrEqual(began - 1000);

    radio = await radio.restart();
    await until(page, (before) => Number(sessionStorage.getItem('dateline.radio')) > before + 10_000, onNext);
    expect(await page.getAttribute('.radio-bar', 'data-mode')).toBe('rewind');

    // The place is moved with the keyboard: to the oldest there is, and to what is on now.
    const reached = (await heardAt(page)) ?? 0;
    await page.focus('.radio-seek');
    await page.keyboard.press('Home');
    await until(page, (before) => Number(sessionStorage.getItem('dateline.radio')) < before - 3000, reached);
    await sounds(page);
    expect(await page.getAttribute('.radio-live', 'aria-label')).toContain('min behind');
    await page.click('.radio-live');
    await page.waitForSelector('.radio-bar[data-mode=live][data-state=playing]');
    await sounds(page);
    expect(await heardAt(page)).toBeUndefined();
    expect(await page.isHidden('.radio-seek')).toBe(true);
    await page.click('.radio-close');
    expect(await page.evaluate(() => document.activeElement?.closest('listen-live') !== null)).toBe(true);
    await turnPage(page, 1);
    expect(await page.isHidden('.radio-bar'), 'who has closed it is not sent it again').toBe(true);
  });
});
