import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newsroomArticle } from '../../src/features/articles/articles.newsroom.views.ts';
import { type EditorHouse, editorHouse, HANG } from '../support/editor-page.ts';
import type { SignedIn } from '../support/signed-in.ts';

let house: EditorHouse;
let ada: SignedIn;
beforeAll(async () => {
  house = await editorHouse();
  ada = await house.person('Ada Lovelace');
});
afterAll(() => house[Symbol.asyncDispose]());

async function paste(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const [type, value] of Object.entries(given)) transfer.setData(type, value);
    document
      .querySelector('.prose')
      ?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
  }, data);
}

describe('writing', () => {
  test('addresses become links, over words too, and what a page calls ours is looked at first', async () => {
    const id = await house.draft(['The minutes are out.', 'See']);
    const a = await house.open(id, ada);
    await a.put(0);
    await a.page.keyboard.press('Shift+Home');
    await paste(a.page, { 'text/plain': 'https://example.org/minutes?utm_source=x' });
    const links = (): Promise<(string | null)[][]> =>
      a.page
        .locator('.prose a')
        .evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.textContent]));
    await expect.poll(links, HANG).toEqual([['https://example.org/minutes', 'The minutes are out.']]);
    await a.put(1);
    // A capital letter before it makes no plain paste of it.
    await a.page.keyboard.type(' X ');
    await paste(a.page, { 'text/plain': 'https://example.org/b, now' });
    await expect.poll(async () => (await a.blocks())[1], HANG).toBe('See X https://example.org/b, now');
    expect(await links()).toContainEqual(['https://example.org/b', 'https://example.org/b']);
    const hostile = {
      content: [
        {
          type: 'paragraph',
          content: [
            {
              type: 'text',
              text: 'click',
              marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)', title: null } }],
            },
          ],
        },
      ],
    };
    await paste(a.page, {
      'application/x-dateline-slice': JSON.stringify(hostile),
      'text/plain': ' and words',
    });
    await expect.poll(async () => (await a.blocks())[1], HANG).toContain('now and words');
    expect(JSON.stringify(await links())).not.toContain('javascript');
    await a.durable();
    await a.page.getByRole('button', { name: 'Save a revision' }).click();
    await a.page.getByText('Revision 2 is saved').waitFor();
    expect(JSON.stringify(await newsroomArticle(house.site.house.db.read, id))).not.toContain('javascript');
    expect(a.faults).toEqual([]);
    await a.close();
  });
});
