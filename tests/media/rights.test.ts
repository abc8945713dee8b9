import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { manualClock } from '../../src/base/clock.ts';
import { createAsset, receiveBytes, withdrawExpired } from '../../src/features/media/media.ts';
import { paths } from '../../src/contract/routes.ts';
import { bodyAssets } from '../../src/features/media/media.views.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { pressPhoto } from '../support/pictures.ts';
import { runSite } from '../support/site.ts';
import { upload } from '../support/uploads.ts';

test('browsers and caches may keep a picture only as long as its rights run, and get none of it afterwards', async () => {
  const clock = manualClock('2026-03-01T10:00:00.000Z');
  await using site = await runSite({ clock });
  const { db, media } = site.house;
  const photo = await pressPhoto(300, 200);
  const put = async (rightsExpireAt: string | null): Promise<string> => {
    const id = await db.write((tx) =>
      createAsset(tx, clock, { fileName: 'a.jpg', credit: `© ${rightsExpireAt}`, rightsExpireAt }),
    );
    await receiveBytes(media, { id, bytes: Readable.from([photo]), mime: 'image/jpeg' });
    const { digest } = await db.read
      .selectFrom('renditions')
      .select('digest')
      .where('asset_id', '=', id)
      .executeTakeFirstOrThrow();
    return paths.media(digest, 'jpg');
  };
  const [brief, lasting] = [await put('2026-03-01T11:00:00Z'), await put(null)];
  const caching = async (path: string): Promise<string> =>
    (await fetch(site.address + path)).headers.get('cache-control') ?? '';
  expect(await caching(lasting)).toBe('public, max-age=31536000, immutable');
  expect(await caching(brief)).toMatch(/^public, max-age=3600,/);
  clock.advance(3_590_000);
  expect(await caching(brief)).toMatch(/^public, max-age=10,/);
  clock.advance(10_000);
  expect((await site.get(brief)).status).toBe(404);
  expect((await site.get(lasting)).status).toBe(200);
});

eachDatabase('rights that end', (open) => {
  test('take a picture back though nothing ran when they ended, and give it again when they are prolonged', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('editor');
    const { asset } = await upload(api, token, { name: 'a.jpg', bytes: await pressPhoto(300, 200) });
    const say = async (rightsExpireAt: string): Promise<void> => {
      const { rowVersion } = (await api.ask(`GET /api/v1/assets/${asset}`, token)).json();
      const headers = { 'if-match': `"${rowVersion}"` };
      const payload = { fileName: 'a.jpg', rightsExpireAt };
      expect((await api.ask(`PUT /api/v1/assets/${asset}`, token, { headers, payload })).statusCode).toBe(
        200,
      );
    };
    const state = async (): Promise<[shown: boolean, withdrawn: boolean]> => [
      (await bodyAssets(db.read, [asset], { now: api.clock.now() })).has(asset),
      (await api.ask(`GET /api/v1/assets/${asset}`, token)).json().withdrawn,
    ];
    await say('2026-03-01T11:00:00Z');
    expect(await withdrawExpired(api.media)).toBe(0);
    expect(await state()).toEqual([true, false]);
    // The house is down for three days; pages that are asked for at once do not wait for the first turn.
    api.clock.advance(3 * 24 * 3600_000);
    expect(await state()).toEqual([false, false]);
    expect(await withdrawExpired(api.media)).toBe(1);
    expect(await withdrawExpired(api.media)).toBe(0);
    expect(await state()).toEqual([false, true]);
    await say('2026-04-01T11:00:00Z');
    expect(await state()).toEqual([true, false]);
  });
});
