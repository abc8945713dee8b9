import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EditorHouse, editorHouse, type EditorPage, HANG } from '../support/editor-page.ts';
import type { SignedIn } from '../support/signed-in.ts';

let house: EditorHouse;
let ada: SignedIn;
let ben: SignedIn;
beforeAll(async () => {
  house = await editorHouse();
  ada = await house.person('Ada Lovelace');
  ben = await house.person('Ben Bell');
});
afterAll(() => house[Symbol.asyncDispose]());

const talked = ({ page }: EditorPage): Promise<string> =>
  page
    .locator('.prose .talked')
    .allTextContents()
    .then((parts) => parts.join(''));

describe('two in one article', () => {
  test('a comment stays on its words, whatever a colleague writes, moves or removes', async () => {
    const id = await house.draft(['A quiet harbour.', 'The lighthouse keeper sleeps.', 'End.']);
    const a = await house.open(id, ada);
    const b = await house.open(id, ben);
    await a.page.locator('.prose > *').nth(1).click();
    await a.page.keyboard.press('Home');
    await a.page.keyboard.press('Shift+End');
    await a.page.keyboard.press('Control+Alt+m');
    await a.page.getByLabel('Write a comment').fill('Does he?');
    // While she thinks, he writes before it.
    await b.put(0);
    await b.page.keyboard.type(' Nobody is awake.');
    await expect.poll(() => a.blocks(), HANG).toContain('A quiet harbour. Nobody is awake.');
    await a.page.getByRole('button', { name: 'Send' }).first().click();
    await expect.poll(() => talked(a), HANG).toBe('The lighthouse keeper sleeps.');
    // It is marked for him too, with whatever panel beside the text.
    await expect.poll(() => talked(b), HANG).toBe('The lighthouse keeper sleeps.');
    await b.put(0);
    await b.page.keyboard.type(' At all.');
    await expect.poll(() => a.blocks(), HANG).toContain('A quiet harbour. Nobody is awake. At all.');
    expect(await talked(a)).toBe('The lighthouse keeper sleeps.');
    await b.put(1);
    await b.page.keyboard.press('Alt+ArrowUp');
    await expect.poll(async () => (await a.blocks())[0], HANG).toBe('The lighthouse keeper sleeps.');
    await expect.poll(() => talked(a), HANG).toBe('The lighthouse keeper sleeps.');
    expect(await a.page.getByText('The passage is gone.').count()).toBe(0);
    expect([...a.faults, ...b.faults]).toEqual([]);
    await a.close();
    await b.close();
  });

  test('a comment whose words are gone says so, keeps them to read, and can be resolved', async () => {
    const id = await house.draft(['A quiet harbour.', 'The lighthouse keeper sleeps.']);
    const a = await house.open(id, ada);
    const b = await house.open(id, ben);
    await a.put(1);
    await a.page.keyboard.press('Shift+Home');
    await a.page.keyboard.press('Control+Alt+m');
    await a.page.getByLabel('Write a comment').fill('Does he?');
    await a.page.getByRole('button', { name: 'Send' }).first().click();
    await expect.poll(() => talked(b), HANG).toBe('The lighthouse keeper sleeps.');
    await b.put(1);
    await b.page.keyboard.press('Shift+Home');
    await b.page.keyboard.press('Delete');
    const entry = a.page.locator('.side .entry');
    await entry.getByText('The passage is gone.').waitFor();
    expect(await entry.getByText('The lighthouse keeper sleeps.').count()).toBe(1);
    await a.page.getByRole('button', { name: 'Resolve' }).click();
    await a.page.getByText('No comments.').waitFor();
    expect([...a.faults, ...b.faults]).toEqual([]);
    await a.close();
    await b.close();
  });

  test('what a colleague wrote since the last look is told apart and never denied, while it is being written too', async () => {
    const id = await house.draft(['One.', 'Two.']);
    const before = await house.open(id, ada);
    await before.page.getByText('You have not looked at this article before.').waitFor();
    await before.page.goto('about:blank');
    await before.close();
    const b = await house.open(id, ben);
    await b.put(0);
    await b.page.keyboard.type(' By Ben.');
    await b.durable();
    const a = await house.open(id, ada);
    const nothing = a.page.getByText('Nothing has changed since you last looked.');
    await a.page.getByRole('switch', { name: 'Changes since I last looked' }).click();
    const fresh = a.page.locator('.prose .fresh');
    await expect.poll(() => fresh.allTextContents(), HANG).toEqual([' By Ben.']);
    expect(await nothing.count()).toBe(0);
    await a.put(1);
    await a.page.keyboard.type(' By Ada.');
    await b.put(0);
    await b.page.keyboard.type(' More.');
    await expect.poll(async () => (await fresh.allTextContents()).join(''), HANG).toBe(' By Ben. More.');
    expect(await fresh.last().getAttribute('title')).toContain('Ben Bell');
    expect([...a.faults, ...b.faults]).toEqual([]);
    await a.close();
    await b.close();
  });
});
