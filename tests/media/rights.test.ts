import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { manualClock } from '../../src/base/clock.ts';
import { createAsset, receiveBytes } from '../../src/features/media/media.ts';
import { paths } from '../../src/contract/routes.ts';
import { pressPhoto } from '../support/pictures.ts';
import { runSite } from '../support/site.ts';

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
