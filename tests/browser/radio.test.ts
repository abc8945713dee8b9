import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fillArchive } from '../../bench/fill.ts';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { stationLoop } from '../../src/cli/demo/station-loop.ts';
import { withBrowser } from '../support/chromium.ts';
import { radioSite } from '../support/radio/radio-site.ts';

/** The loudest sample of a second, as the page itself hears it. */
function energyOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept = globalThis as unknown as { analyser?: AnalyserNode };
    if (kept.analyser === undefined) {
      const audio = document.querySelector<HTMLAudioElement>('.radio-bar audio');
      if (audio === null) return -1;
      const context = new AudioContext();
      kept.analyser = context.createAnalyser();
      context.createMediaElementSource(audio).connect(kept.analyser);
      kept.analyser.connect(context.destination);
      await context.resume();
    }
    let most = 0;
    const samples = new Float32Array(2048);
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      kept.analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) most = Math.max(most, Math.abs(sample));
    }
    return most;
  });
}

const sounds = async (page: Page): Promise<void> => {
  while ((await energyOf(page)) < 0.01) await page.waitForSelector('.radio-bar');
};

test('the radio sounds on over ten changes of page and a restart of the server, and goes back', async () => {
  let radio = await radioSite();
  try {
    const { house } = radio;
    await fillArchive(house, { articles: 30 });
    const loop = await house.db.write((tx) =>
      createAsset(tx, house.clock, { kind: 'audio', fileName: 'loop.mp3', caption: 'The signal' }),
    );
    await receiveBytes(house.media, { id: loop, bytes: await stationLoop(), mime: 'audio/mpeg' });
    await radio.mount({ slug: 'live', fallback: { kind: 'files', assets: [loop] } });
    await withBrowser(async (browser) => {
      const page = await browser.newPage();
      await page.goto(`${radio.address}/`);
      await page.evaluate(() => void ((globalThis as { sameDocument?: boolean }).sameDocument = true));
      await page.click('listen-live a');
      await page.waitForSelector('.radio-bar[data-state=playing]');
      await sounds(page);
      const seen = new Set<string>();
      for (let change = 0; change < 10; change += 1) {
        const before = page.url();
        await page.evaluate((n) => {
          const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href^="/"], .sections a')];
          const pages = links.filter(({ pathname }) =>
            /^\/(?:section|storyline|tag|\w[\w-]*\/\d{4}\/)/.test(pathname),
          );
          pages.find((link, at) => at >= n % pages.length && link.href !== location.href)?.click();
        }, change);
        await page.waitForURL((url) => url.href !== before);
        await page.waitForFunction(() => document.querySelector('main h1') !== null);
        expect(await page.evaluate(() => document.querySelector('.radio-bar audio')?.isConnected)).toBe(true);
        expect(await energyOf(page), page.url()).toBeGreaterThan(0.001);
        seen.add(page.url());
      }
      expect(seen.size).toBeGreaterThan(1);
      const same = () => page.evaluate(() => (globalThis as { sameDocument?: boolean }).sameDocument);
      expect(await same(), 'the sound never had to begin anew').toBe(true);
      radio = await radio.restart();
      await page.waitForSelector('.radio-bar[data-state=playing]', { timeout: 60_000 });
      await sounds(page);
      expect(await same()).toBe(true);
      await page.click('.radio-step');
      await page.waitForSelector('.radio-live:not([hidden])');
      await page.waitForSelector('.radio-bar[data-state=playing]');
      await page.click('.radio-live');
      await page.waitForSelector('.radio-live[hidden]', { state: 'attached' });
      // A page that has to be loaded whole: the player goes on by itself.
      await page.goto(`${radio.address}/live`);
      await page.waitForSelector('.radio-bar');
    });
  } finally {
    await radio[Symbol.asyncDispose]();
  }
});
