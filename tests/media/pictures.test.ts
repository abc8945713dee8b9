import ExifReader from 'exifreader';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { receiveBytes, createAsset, makeRenditions } from '../../src/features/media/media.ts';
import { bodyAssets, isServed, picturesOf, servedUntil } from '../../src/features/media/media.views.ts';
import type { Shape } from '../../src/contract/crops.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { upload } from '../support/uploads.ts';
import { pressPhoto, quarters } from '../support/pictures.ts';

const NOW = '2026-03-01T10:00:00.000Z';

async function bytesAt(
  blobs: { get(digest: string): Promise<AsyncIterable<Uint8Array> | undefined> },
  path: string,
) {
  const digest = /([0-9a-f]{64})/.exec(path)?.[1] ?? '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await blobs.get(digest)) ?? []) chunks.push(chunk);
  return { digest, bytes: Buffer.concat(chunks) };
}

/** The colour of the middle of a picture, as the nearest of the quarters'. */
async function middle(bytes: Buffer): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [0, 1, 2].map((i) => ((data[at + i] ?? 0) > 127 ? 'f' : '0')).join('');
}

eachDatabase('pictures', (open) => {
  test('what the file says of itself is filled in; position, camera and serial number reach nobody, credit and rights every rendition', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    const photo = await pressPhoto();
    const sent = await upload(api, token, { name: 'DSC_0001.JPG', bytes: photo });
    const asset = (await api.ask(`GET /api/v1/assets/${sent.asset}`, token)).json();
    expect(asset).toMatchObject({
      fileName: 'DSC_0001.JPG',
      caption: 'The light at Skarholm & the sea',
      alt: 'A white tower on a rock',
      credit: '© Meridian / Lucian Marin',
      creator: 'Lucian Marin',
      place: 'Skarholm, Norway',
      keywords: ['lighthouse', 'winter'],
      rightsTerms: 'Editorial use only',
      // Exif says no offset from UTC; the agency's XMP says +01:00 of the same moment.
      takenAt: '2025-03-04T04:06:07.000Z',
      width: 1600,
      height: 1000,
    });
    expect(await makeRenditions(api.media, sent.asset)).toBeGreaterThan(20);
    const rows = await db.read
      .selectFrom('renditions')
      .selectAll()
      .where('asset_id', '=', sent.asset)
      .execute();
    for (const row of rows) {
      const { bytes } = await bytesAt(api.media.blobs, row.digest);
      const said = bytes.toString('latin1');
      for (const secret of ['SecretCam', 'Serial 777', 'SN-4242', 'GPSLatitude'])
        expect(said).not.toContain(secret);
      const tags = ExifReader.load(bytes, { expanded: true });
      expect(tags.gps, `${row.name}.${row.format}`).toBeUndefined();
      const xmp = tags.xmp as Record<string, { description: string }>;
      expect(xmp['Credit']?.description).toBe('© Meridian / Lucian Marin');
      expect(xmp['UsageTerms']?.description).toBe('Editorial use only');
      expect(xmp['AltTextAccessibility']?.description).toBe('A white tower on a rock');
    }
    // The original, which says all of it, is for the house alone.
    expect(await isServed(db.read, asset.digest, NOW)).toBe(false);
    expect((await api.ask(`GET /api/v1/assets/${sent.asset}`, token)).json().path).not.toContain(
      asset.digest,
    );
  });

  test('a picture can be shown as soon as it has arrived, and never by its original', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const photo = await pressPhoto();
    const id = await db.write((tx) => createAsset(tx, api.clock, { fileName: 'a.jpg', credit: '© X' }));
    const { digest } = await receiveBytes(api.media, { id, bytes: photo, mime: 'image/jpeg' });
    const [shown] = (await picturesOf(db.read, [id], { now: NOW })).values();
    expect(shown?.src).toMatch(/^\/media\//);
    expect(shown?.src).not.toContain(digest);
    const { bytes } = await bytesAt(api.media.blobs, shown?.src ?? '');
    expect(bytes.toString('latin1')).not.toContain('SecretCam');
  });

  test('a crop sticks: each shape is cut where the editor or the focal point says, after edits too, and old files live on for pages already sent', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('editor');
    const photo = await quarters(1200, 1200).jpeg().toBuffer();
    const { asset } = await upload(api, token, { name: 'square.jpg', bytes: photo });
    const shape = async (name: Shape): Promise<{ digest: string; bytes: Buffer }> => {
      const [picture] = (await picturesOf(db.read, [asset], { now: NOW, shape: name })).values();
      return bytesAt(api.media.blobs, picture?.src ?? '');
    };
    const change = async (said: object): Promise<void> => {
      const before = await api.ask(`GET /api/v1/assets/${asset}`, token);
      const { fileName } = before.json();
      const headers = { 'if-match': String(before.headers['etag']) };
      const put = await api.ask(`PUT /api/v1/assets/${asset}`, token, {
        headers,
        payload: { fileName, ...said },
      });
      expect(put.statusCode, put.body).toBe(200);
      await makeRenditions(api.media, asset);
    };
    // Blue: the lower left. The focal point decides for every shape.
    await change({ focal: { x: 0.2, y: 0.8 } });
    const card = await shape('card');
    expect((await sharp(card.bytes).metadata()).height).toBe(640);
    expect((await sharp(card.bytes).metadata()).width).toBe(960);
    // Green: drawn by hand for one shape; the others go on following the focal point.
    const green = { x: 0.55, y: 0.05, width: 0.4, height: 0.4 };
    await change({ focal: { x: 0.2, y: 0.8 }, crops: { card: green } });
    expect(await middle((await shape('card')).bytes)).toBe('0f0');
    // The focal point moves; what was drawn stays.
    await change({ focal: { x: 0.5, y: 0.1 }, crops: { card: green }, credit: '© New' });
    const later = await shape('card');
    expect(await middle(later.bytes)).toBe('0f0');
    expect(later.bytes.toString('latin1')).toContain('New');
    expect(await isServed(db.read, card.digest, NOW)).toBe(true);
    const body = (await bodyAssets(db.read, [asset], { now: NOW })).get(asset);
    expect(body).toMatchObject({ width: 960, height: 960 });
  });

  test('when rights end the files are refused, in the very moment', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('editor');
    const { asset } = await upload(api, token, { name: 'a.jpg', bytes: await pressPhoto() });
    const { rowVersion } = (await api.ask(`GET /api/v1/assets/${asset}`, token)).json();
    const payload = { fileName: 'a.jpg', rightsExpireAt: '2026-03-01T10:00:01Z' };
    const headers = { 'if-match': `"${rowVersion}"` };
    expect((await api.ask(`PUT /api/v1/assets/${asset}`, token, { headers, payload })).statusCode).toBe(200);
    const row = await db.read.selectFrom('renditions').select('digest').executeTakeFirstOrThrow();
    expect(await isServed(db.read, row.digest, '2026-03-01T10:00:00.999Z')).toBe(true);
    expect(await isServed(db.read, row.digest, '2026-03-01T10:00:01.000Z')).toBe(false);
    // The same bytes with longer rights are given out as long as those run.
    const again = await upload(api, token, { name: 'b.jpg', bytes: await pressPhoto() });
    expect(await servedUntil(db.read, row.digest, NOW)).toBeNull();
    const second = (await api.ask(`GET /api/v1/assets/${again.asset}`, token)).json();
    await api.ask(`PUT /api/v1/assets/${again.asset}`, token, {
      headers: { 'if-match': `"${second.rowVersion}"` },
      payload: { fileName: 'b.jpg', rightsExpireAt: '2026-03-05T10:00:00Z' },
    });
    expect(await servedUntil(db.read, row.digest, NOW)).toBe('2026-03-05T10:00:00.000Z');
  });
});
