import { expect, test } from 'vitest';
import { createMount } from '../../src/features/radio/radio.ts';
import { writeState } from '../../src/features/radio/states.store.ts';
import { withBrowser } from '../support/chromium.ts';
import { openStream } from '../support/live.ts';
import { runSite } from '../support/site.ts';

test('what is on the air is told on the channel, and said in the masthead of every page', async () => {
  await using site = await runSite();
  const { db, clock } = site.house;
  const mountId = await db.write((tx) => createMount(tx, { db, clock }, { name: 'Live', slug: 'live' }));
  const play = (origin: 'encoder' | 'off', title: string): Promise<void> =>
    db.write((tx) => {
      const at = clock.now();
      const state = { mount_id: mountId, origin, title, artist: origin === 'off' ? '' : 'The Gulls' };
      const rest = { format: 'mp3' as const, kbits: 128, listeners: 0, since: at, updated_at: at };
      return writeState(db, tx, { state: { ...state, ...rest }, tell: true });
    });
  const stream = await openStream(site.site.address.port, 'radio');
  await stream.until((got) => got.length > 0);
  await play('encoder', 'Harbour');
  const told = await stream.until((got) => got.some(({ data }) => data.type === 'on-air'));
  expect(told.at(-1)?.data).toMatchObject({
    topic: 'radio',
    type: 'on-air',
    data: { title: 'The Gulls – Harbour' },
  });
  expect(JSON.parse((await site.get('/now/numbers?ids=')).body)).toHaveProperty('onAir');
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.goto(`${site.address}/`);
    const title = page.locator('.listen.on-air .listen-title');
    await title.waitFor();
    expect(await title.textContent()).toBe('The Gulls – Harbour');
    await play('encoder', 'Low Tide');
    await title.getByText('The Gulls – Low Tide').waitFor();
    await play('off', '');
    await title.waitFor({ state: 'detached' });
    expect(await page.locator('.listen.on-air').count()).toBe(0);
  });
  stream.close();
  expect(stream.messages.at(-1)?.data.data).toEqual({});
});
