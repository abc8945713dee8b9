import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe } from './axe.ts';
import { withBrowser } from './chromium.ts';
import type { NewsroomSite } from './newsroom-site.ts';

export type Walk = {
  readonly language: 'en' | 'de' | 'ar';
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
};

/** Waits until a screen shows what it was opened for. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#screen h1, #screen h2').first().waitFor();
  await page.waitForSelector('#screen .skeletons', { state: 'detached' });
}

/** Opens every screen that the navigation leads to, and some more; answers with what breaks WCAG, the width or the content policy. */
export async function walkScreens(newsroom: NewsroomSite, how: Walk): Promise<readonly string[]> {
  const at = (path = ''): string => `${newsroom.site.address}/newsroom/${path}`;
  return withBrowser(async (browser) => {
    const { page, faults } = await newsroom.open(browser, how);
    await page.goto(at());
    await settled(page);
    expect(await page.evaluate('document.documentElement.dir')).toBe(how.language === 'ar' ? 'rtl' : 'ltr');
    const paths: string[] = await page.evaluate(
      "[...document.querySelectorAll('#navigation a')].map((link) => link.getAttribute('href'))",
    );
    expect(paths.length).toBeGreaterThan(6);
    for (const path of [...paths, at('settings?part=look'), at('articles/new'), at('nowhere')]) {
      await page.goto(new URL(path, newsroom.site.address).href);
      await settled(page);
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over !== 0) faults.push(`${path} is ${String(over)} px too wide`);
      faults.push(...(await axe(page, path)));
    }
    await page.goto(at('mentions'));
    await settled(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    faults.push(...(await axe(page, 'the help sheet')));
    return faults;
  });
}
