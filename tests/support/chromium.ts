import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { aptInstall } from './apt.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];

/** Debian's chromium, installed where it is missing and may be. @throws Error in one line when there is none. */
export function findChromium(): string {
  const found = PLACES.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const failure =
    process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
      ? aptInstall('chromium')
      : 'only root can install it, by apt-get install chromium';
  const installed = PLACES.find((place) => existsSync(place));
  if (installed !== undefined) return installed;
  throw new Error(`No Chromium for the browser tests: ${failure ?? 'the package brought no program'}.`);
}

/** A real browser with a fresh profile; whoever opens it closes it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Its own sandbox needs rights that root in a container lacks; the pages here are ours.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none'],
  });
}

/** Runs `work` with a real browser, and closes it however `work` ends. */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await openBrowser();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
