import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openHouse } from '../../src/app.ts';
import { configFrom } from '../../src/config/config.ts';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { createMount } from '../../src/features/radio/radio.ts';
import { stationLoop } from '../../src/cli/demo/station-loop.ts';
import { withBrowser } from '../../tests/support/chromium.ts';
import { startProgram } from './servers.ts';

/** Silences between two pages, in milliseconds: from leaving the one until the sound of the other moves. */
export type Silences = {
  readonly live: readonly number[];
  readonly rewound: readonly number[];
  /** A page that is nothing but an audio element of the same stream. */
  readonly bare: readonly number[];
};

/** Runs in every page: writes down when it was left, and when the next one's sound first moved. */
function watchSilence(): void {
  // As in a browser without the Navigation API: every link loads its page whole.
  Reflect.deleteProperty(globalThis, 'navigation');
  const kept = globalThis as unknown as { silence?: number };
  let last: number | undefined;
  const look = (): void => {
    const audio = document.querySelector('audio');
    const moves = audio !== null && !audio.paused && audio.readyState > 2;
    if (moves && last !== undefined && audio.currentTime > last) {
      kept.silence = Date.now() - Number(sessionStorage.getItem('left'));
      return;
    }
    last = moves ? audio.currentTime : undefined;
    requestAnimationFrame(look);
  };
  addEventListener('pagehide', () => sessionStorage.setItem('left', String(Date.now())));
  requestAnimationFrame(look);
}

const silenceOf = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const kept = globalThis as unknown as { silence?: number };
    while (kept.silence === undefined) await new Promise((resolve) => requestAnimationFrame(resolve));
    return kept.silence;
  });

/** Loads a page whole again and again while the radio plays in it, in a real browser. */
export async function silences(executable: string, times: number): Promise<Silences> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-silence-'));
  await prepare(folder);
  const { child, port } = await startProgram(executable, { folder, sourcePort: 0 });
  try {
    return await measured(`http://127.0.0.1:${port}`, times);
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
}

/** A mount that plays a file round and round. */
async function prepare(folder: string): Promise<void> {
  const house = await openHouse(configFrom({}, { data: folder }));
  try {
    const loop = await house.db.write((tx) =>
      createAsset(tx, house.clock, { kind: 'audio', fileName: 'loop.mp3', caption: 'A signal' }),
    );
    await receiveBytes(house.media, { id: loop, bytes: await stationLoop(), mime: 'audio/mpeg' });
    await house.db.write((tx) =>
      createMount(tx, house, {
        slug: 'live',
        name: 'Bench',
        fallback: { kind: 'files', assets: [loop] },
      }),
    );
  } finally {
    await house.close();
  }
}

function measured(address: string, times: number): Promise<Silences> {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.addInitScript(watchSilence);
    await page.route(`${address}/bare`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Bare</title><a href="/bare">Again</a><audio autoplay src="/radio/live"></audio>`,
      }),
    );
    // By a link: a browser lets a page sound by itself that somebody's click has led to.
    const follow = async (link: string): Promise<number[]> => {
      await silenceOf(page);
      const found: number[] = [];
      for (let n = 0; n < times; n += 1) {
        await Promise.all([page.waitForEvent('load'), page.click(link)]);
        found.push(await silenceOf(page));
      }
      return found;
    };
    await page.goto(`${address}/`);
    await page.click('listen-live a');
    const live = await follow('.nameplate a');
    await page.click('.radio-step');
    await page.locator('.radio-bar[data-mode=rewind][data-state=playing]').waitFor();
    const rewound = await follow('.nameplate a');
    await page.click('.radio-close');
    await page.goto(`${address}/bare`);
    await page.click('a');
    return { live, rewound, bare: await follow('a') };
  });
}
