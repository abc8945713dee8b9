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

  test('keys work from the fields too, and the sheet of keys opens while one writes', async () => {
    const id = await house.draft(['One fish.']);
    const a = await house.open(id, ada);
    await a.page.getByLabel('Headline').fill('A bridge of keys');
    await a.durable();
    await a.page.keyboard.press('Control+s');
    await a.page.getByText('Revision 2 is saved').waitFor();
    await a.page.keyboard.press('Control+f');
    await a.page.getByRole('textbox', { name: 'Find', exact: true }).waitFor();
    await a.page.keyboard.press('Escape');
    await a.page.getByLabel('Lede').click();
    await a.page.keyboard.press('Control+Shift+e');
    await a.page.getByText('the other fields are changed at once').waitFor();
    await a.page.keyboard.press('Control+Alt+p');
    await a.page.getByRole('tab', { name: 'Comments' }).waitFor({ state: 'detached' });
    await a.put(0);
    await a.page.keyboard.press('Control+/');
    const sheet = a.page.getByRole('dialog', { name: 'The keys of the newsroom' });
    await sheet.getByText('Move the block up').waitFor();
    expect(await sheet.innerText()).not.toContain('arrow');
    expect(await sheet.innerText()).toContain('Deeper in the list');
    expect(a.faults).toEqual([]);
    await a.close();
  });

  test('what one may write in a block can be kept, and days that never were are refused', async () => {
    const id = await house.draft(['One.']);
    const a = await house.open(id, ada);
    await a.put(0);
    await a.page.keyboard.press('Enter');
    await a.page.keyboard.type('> Said so.');
    await a.page.getByLabel('Speaker').click();
    await a.page.keyboard.insertText('x'.repeat(400));
    await a.put(0);
    await a.page.keyboard.type(' /dated');
    await a.page.keyboard.press('Enter');
    const form = a.page.getByRole('dialog', { name: 'Dated fact' });
    await form.getByLabel('What happened').fill('It opened.');
    for (const day of ['2026-02-30', '2026-13', '2026-00-01', '26']) {
      await form.getByLabel('Date').fill(day);
      expect(await form.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    }
    await form.getByLabel('Date').fill('2024-02-29');
    await form.getByRole('button', { name: 'Apply' }).click();
    await a.page.locator('.prose .inline-datedFact').waitFor();
    await a.durable();
    await a.page.getByRole('button', { name: 'Save a revision' }).click();
    await a.page.getByText('Revision 2 is saved').waitFor();
    expect(a.faults).toEqual([]);
    await a.close();
  });

  test.each([1280, 820])('every member of a block can be seen and written at %i px', async (width) => {
    const image = { type: 'image' as const, attrs: { asset: '0197a0de-0000-7000-8000-000000000001' } };
    const id = await house.draft({
      type: 'doc',
      content: [image, { type: 'gallery', content: [image, image, image] }],
    });
    const a = await house.open(id, ada, { width });
    const members = a.page.locator('.prose .members :is(input, textarea, select)');
    expect(await members.count()).toBe(17);
    for (const member of await members.all()) expect((await member.boundingBox())?.width).toBeGreaterThan(90);
    // There is no such picture; its members are written all the same.
    expect(a.faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await a.close();
  });
});
