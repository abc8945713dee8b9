import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
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

/** A deadline for each step that only a hang reaches, on a loaded machine too. */
const HANG_MS = 120_000;

/** A real browser with a fresh profile; whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    // Its own sandbox needs rights that root in a container lacks; the pages here are ours.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none'],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(HANG_MS);
    return context;
  };
  return browser;
}

/**
 * Waits until something holds in a page, looked at with each frame. Playwright's own `waitForFunction` does not do under a content policy: it
 * compiles its question anew each time, and only the first is exempt from the policy.
 */
export async function until<T>(page: Page, holds: (given: T) => unknown, given: T): Promise<void>;
export async function until(page: Page, holds: () => unknown): Promise<void>;
export async function until<T>(page: Page, holds: (given?: T) => unknown, given?: T): Promise<void> {
  while (!(await page.evaluate(holds as (given: unknown) => unknown, given)))
    await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(resolve)));
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
