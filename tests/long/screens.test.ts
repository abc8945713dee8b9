import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NewsroomSite, runNewsroom } from '../support/newsroom-site.ts';
import { walkScreens } from '../support/screens.ts';

let newsroom: NewsroomSite;
beforeAll(async () => {
  newsroom = await runNewsroom();
});
afterAll(() => newsroom?.[Symbol.asyncDispose]());

// 640 px are a desk of 1280 px at 200 %.
test.each([
  { language: 'de', colorScheme: 'dark', width: 820 },
  { language: 'ar', colorScheme: 'dark', width: 640 },
] as const)(
  'no screen breaks WCAG 2.2 AA, its width or the policy: $language, $colorScheme, $width px',
  async (how) => {
    expect(await walkScreens(newsroom, how)).toEqual([]);
  },
);
