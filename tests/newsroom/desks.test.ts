import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import {
  createArticles,
  createSection,
  publish,
  reviseArticle,
  siteOf,
} from '../../src/features/articles/articles.ts';
import { createDesk, setMember } from '../../src/features/desks/desks.ts';
import { createStoryline } from '../../src/features/storylines/storylines.ts';
import { writeSetting } from '../../src/storage/settings.store.ts';
import { withBrowser } from '../support/chromium.ts';
import { signedIn, type SignedIn } from '../support/signed-in.ts';
import { runSite, type RunningSite } from '../support/site.ts';
import { freePort } from '../support/writer.ts';

let site: RunningSite;
let editor: SignedIn;
let reporter: SignedIn;
const ids: { draft: string; first: string; second: string; line: string } = {
  draft: '',
  first: '',
  second: '',
  line: '',
};

beforeAll(async () => {
  site = await runSite({ role: 'all', port: await freePort() });
  const { house } = site;
  editor = await signedIn(house, 'editor', { name: 'Tomas Rieck' });
  reporter = await signedIn(house, 'reporter', { name: 'Salma Nadir' });
  const context = { db: house.db, clock: house.clock };
  await house.db.write(async (tx) => {
    const desk = await createDesk(tx, context, {
      name: 'News',
      slug: 'news',
      rules: {
        checks: { lede: 'block', eyes: 'block', checklist: 'block' },
        checklist: [{ key: 'names', label: 'Names and titles are checked' }],
      },
    });
    for (const person of [editor, reporter])
      await setMember(tx, context, { deskId: desk, userId: person.id, part: 'member' });
    const section = await createSection(tx, context, { name: 'World', slug: 'world' });
    ids.line = await createStoryline(tx, context, { title: 'The harbour', slug: 'harbour' });
    const write = async (headline: string, change: Record<string, unknown> = {}): Promise<string> => {
      const [row] = await createArticles(tx, { clock: house.clock, by: reporter.id }, [
        {
          content: {
            language: 'en',
            headline,
            lede: `What happened: ${headline}.`,
            section,
            storylines: [ids.line],
            body: docFromParagraphs(['It was told by two.']),
            ...change,
          },
        },
      ]);
      return row?.id ?? '';
    };
    ids.draft = await write('The council votes on the ferry');
    ids.first = await write('Boats stay in', {
      body: {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'datedFact', attrs: { date: '2014-03-06', text: 'The strike began.' } }],
          },
        ],
      },
    });
    ids.second = await write('Gulls do not');
    await publish(tx, house.press, [{ articleId: ids.first }, { articleId: ids.second }]);
  });
});
afterAll(() => site[Symbol.asyncDispose]());

async function as(person: SignedIn, work: (page: Page) => Promise<void>, zone = 'UTC'): Promise<void> {
  await withBrowser(async (browser) => {
    const viewport = { width: 1280, height: 900 };
    const context = await browser.newContext({ viewport, timezoneId: zone, locale: 'en-GB' });
    await context.addCookies([person.browserCookie(site.address)]);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await work(page);
  });
}

test('a story’s day: submitted, approved, ticked, published, corrected, killed, and its receipts', async () => {
  const at = `${site.address}/newsroom/articles/${ids.draft}/work`;
  await as(reporter, async (page) => {
    await page.goto(at);
    await page.getByLabel('Note', { exact: true }).fill('Two sources.');
    await page.getByRole('button', { name: 'Submit to the desk' }).click();
    await page.getByText('On the desk News').first().waitFor();
    await page.getByText('Editors publish.').waitFor();
  });
  await as(editor, async (page) => {
    await page.goto(at);
    const publishing = page.getByRole('region', { name: 'Publishing' });
    await publishing.getByText('2 checks stand before it:').waitFor();
    expect(await publishing.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Names and titles are checked' }).click();
    await page.getByRole('button', { name: /I have read revision 1/ }).click();
    await page.getByText('Revision 1 approved').waitFor();
    await publishing.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published', { exact: true }).first().waitFor();
    const { body } = await site.get('/');
    expect(body).toContain('The council votes on the ferry');
    // Corrected: with a type, a severity, a note, and the difference that readers will find.
    const { house } = site;
    await house.db.write(async (tx) => {
      const row = await tx
        .selectFrom('article_revisions')
        .select('content')
        .where('article_id', '=', ids.draft)
        .executeTakeFirstOrThrow();
      const content = { ...JSON.parse(row.content as string), lede: 'The vote is on Friday.' };
      const writer = { clock: house.clock, by: reporter.id };
      await reviseArticle(tx, writer, { articleId: ids.draft, content });
    });
    await page.reload();
    await page.getByRole('checkbox', { name: 'Names and titles are checked' }).click();
    await page.getByRole('button', { name: /I have read revision 2/ }).click();
    await page.getByLabel('Why there is a new version').click();
    await page.getByRole('option', { name: /^Correction/ }).click();
    await publishing.locator('ins').getByText('Friday').waitFor();
    const correct = publishing.getByRole('button', { name: 'Publish the correction' });
    expect(await correct.isDisabled()).toBe(true);
    await page.getByLabel('Note to readers').fill('The vote is on Friday, not today.');
    await correct.click();
    const receipts = page.getByRole('region', { name: 'Receipts' }).first();
    await receipts.getByText('reached them all').waitFor();
    expect((await site.get('/')).body).toContain('The vote is on Friday.');
    // Killed, with its notice, and a receipt of what it has reached.
    await page.getByRole('button', { name: 'Kill the story' }).click();
    await page.getByLabel('Notice to readers').fill('The vote was put off.');
    await page.getByRole('dialog').getByRole('button', { name: 'Kill the story' }).click();
    await receipts.getByText('Version 3').waitFor();
    await receipts.getByText('reached them all').nth(1).waitFor();
    expect((await site.get('/')).body).not.toContain('The council votes on the ferry');
  });
});

/** The last Sunday of a month of next year, when the clocks of Berlin change. */
function lastSunday(month: number): string {
  const last = new Date(Date.UTC(new Date().getUTCFullYear() + 1, month, 0));
  return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}

test('a time that does not come is refused, one that comes twice asks which, and the schedule is in the calendar', async () => {
  const { house } = site;
  const settings = await siteOf(house.db.read);
  await house.db.write((tx) => writeSetting(tx, 'site', { ...settings, timeZone: 'Europe/Berlin' }));
  const [spring, autumn] = [lastSunday(3), lastSunday(10)];
  await as(
    editor,
    async (page) => {
      await page.goto(`${site.address}/newsroom/articles/${ids.first}/work`);
      await page.getByText('At a time').click();
      const when = page.getByLabel('When');
      const schedule = page.getByRole('button', { name: 'Schedule', exact: true });
      await when.fill(`${spring}T02:30`);
      await page
        .getByText(
          /This time does not come: the clocks go forward over it. The first after it is .*03:00 GMT\+2/,
        )
        .waitFor();
      expect(await schedule.isDisabled()).toBe(true);
      await when.fill(`${autumn}T02:30`);
      await page.getByText('This time comes twice').waitFor();
      expect(await schedule.isDisabled()).toBe(true);
      await page.getByLabel(/^The first – .*02:30 GMT\+2/).waitFor();
      await page.getByLabel(/^The second.*02:30 GMT\+1/).click();
      // In the zone of the site, and in that of whoever schedules it.
      await page
        .getByText(/02:30 GMT\+1 \(Europe\/Berlin\) · Here: .*21:30 GMT-4 \(America\/New_York\)/)
        .waitFor();
      // Another thought: what was meant before is not sent.
      await page.getByText('At a time').click();
      await page.getByText('At a time').click();
      expect(await schedule.isDisabled()).toBe(true);
      await when.fill(`${autumn}T02:30`);
      await page.getByLabel(/^The second/).click();
      await schedule.click();
      await page
        .getByText(/Revision 1 is scheduled for .*02:30 GMT\+1 \(Europe\/Berlin\) · Here: .*21:30/)
        .waitFor();
      const row = await house.db.read.selectFrom('schedules').select('publish_at').executeTakeFirstOrThrow();
      expect(row.publish_at).toBe(`${autumn}T01:30:00.000Z`);
      await page.goto(`${site.address}/newsroom/schedules`);
      await page.getByRole('link', { name: 'Boats stay in' }).waitFor();
    },
    'America/New_York',
  );
});

test('an embargo that comes twice asks which, and is kept as it was meant', async () => {
  const autumn = lastSunday(10);
  await as(editor, async (page) => {
    const open = async (): Promise<void> => {
      await page.goto(`${site.address}/newsroom/articles/${ids.first}`);
      await page.locator('.savestate[data-server="saved"]').waitFor();
      await page.getByRole('tab', { name: 'Article' }).click();
    };
    await open();
    await page.getByLabel('Embargo').fill(`${lastSunday(3)}T02:30`);
    await page.getByText(/This time does not come/).waitFor();
    await page.getByLabel('Embargo').fill(`${autumn}T02:30`);
    await page.getByText('This time comes twice').waitFor();
    await page.getByLabel(/^The second/).click();
    await page.locator('.savestate[data-server="saved"]').waitFor();
    await open();
    expect(await page.getByLabel(/^The second/).isChecked()).toBe(true);
    await page.getByLabel(/^The first/).click();
    await page.locator('.savestate[data-server="saved"]').waitFor();
    await open();
    expect(await page.getByLabel(/^The first/).isChecked()).toBe(true);
    await page.getByLabel('Embargo').fill('');
    await page.locator('.savestate[data-server="saved"]').waitFor();
  });
});

test('the front page is arranged by keyboard and by pointer, put on the page, and undone', async () => {
  const leadOf = async (): Promise<string> =>
    /<h2[^>]*>.*?<\/h2>/s.exec((await site.get('/')).body)?.[0] ?? '';
  await as(editor, async (page) => {
    await page.goto(`${site.address}/newsroom/front`);
    const lead = page.locator('[data-place="lead"]');
    await lead.locator('.headline').waitFor();
    const before = await lead.locator('.headline').innerText();
    await lead.locator('.grip').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const first = page.locator('[data-place="top/0"]');
    await first.getByText(before).waitFor();
    expect(await lead.locator('.headline').innerText()).not.toBe(before);
    // What is not on the page yet is in sight from the top of the screen, and outlives a reload.
    const put = page.getByRole('button', { name: 'Put on the page' });
    const { y = Infinity, height = 0 } = (await put.boundingBox()) ?? {};
    expect(await page.evaluate('scrollY')).toBe(0);
    expect(y + height).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    await page.reload();
    await first.getByText(before).waitFor();
    await put.click();
    await page.getByText('It is on the page').waitFor();
    await page.reload();
    await first.getByText(before).waitFor();
    expect(await put.count()).toBe(0);
    expect(await leadOf()).not.toContain(before);
    await first.dragTo(lead);
    await lead.getByText(before).waitFor();
    await page.getByRole('button', { name: 'Put on the page' }).click();
    await page.getByText('Arrangement 2').waitFor();
    expect(await leadOf()).toContain(before);
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await page.getByText('Arrangement 3').waitFor();
    expect(await leadOf()).not.toContain(before);
  });
});

test('a place has an end, a section its first stories by hand, and the page is looked at on phone and desk before', async () => {
  const { house } = site;
  const settings = await siteOf(house.db.read);
  await house.db.write((tx) => writeSetting(tx, 'site', { ...settings, timeZone: 'Europe/Berlin' }));
  await as(editor, async (page) => {
    await page.goto(`${site.address}/newsroom/front`);
    const world = page.getByRole('combobox', { name: 'Put a story first in World' });
    await world.fill('gulls');
    await page.getByRole('option', { name: 'Gulls do not' }).click();
    const first = page.getByRole('list', { name: 'First in World, by hand' });
    await first.getByText('Gulls do not').waitFor();
    await first.getByRole('button', { name: 'How long Gulls do not stays' }).click();
    const until = page.getByRole('dialog').getByLabel('Until');
    // No such hour: not taken.
    await until.fill(`${lastSunday(3)}T02:30`);
    expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await until.fill(`${lastSunday(3)}T06:00`);
    await page.getByRole('button', { name: 'Apply' }).click();
    await first.getByText(/Until .*06:00/).waitFor();
    await page.getByRole('button', { name: 'Preview as it will be' }).click();
    for (const [name, width] of [
      ['a phone', 390],
      ['a desk', 1280],
    ] as const) {
      const frame = page.locator(`iframe[title$="${name}"]`);
      await frame.contentFrame().getByText('Gulls do not').first().waitFor();
      expect((await frame.boundingBox())?.width).toBe(width);
    }
    await page.getByRole('button', { name: 'Put on the page' }).click();
    await page.getByText('It is on the page').waitFor();
  });
  const { slots } = await house.db.read
    .selectFrom('front_layouts')
    .select('slots')
    .where('state', '=', 'live')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(slots as string)).toMatchObject({
    sections: [{ stories: [{ article: ids.second, until: `${lastSunday(3)}T04:00:00.000Z` }] }],
  });
  const { body } = await site.get('/');
  expect(body.slice(body.indexOf('href="/section/world"'))).toContain('Gulls do not');
});

test('a timeline is confirmed in an editor’s words, and readers see that', async () => {
  await as(editor, async (page) => {
    expect((await site.get('/storyline/harbour')).body).not.toContain('The strike began.');
    await page.goto(`${site.address}/newsroom/storylines/${ids.line}`);
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByRole('button', { name: 'Edit: The strike began.' }).click();
    await page.getByLabel('Fact').first().fill('The strike began with six crews.');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('The strike began with six crews.').waitFor();
    expect((await site.get('/storyline/harbour')).body).toContain('The strike began with six crews.');
  });
});
