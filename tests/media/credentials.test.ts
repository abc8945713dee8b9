import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeCredential } from '../../src/features/media/credentials/certificate.ts';
import { makeRenditions } from '../../src/features/media/media.ts';
import { serveApi } from '../support/api.ts';
import { cameraPhoto, credentialsOf } from '../support/credentials.ts';
import { eachDatabase } from '../support/database.ts';
import { quarters } from '../support/pictures.ts';
import { upload } from '../support/uploads.ts';

test('a house’s own certificates are a chain that others can follow', () => {
  const { chain } = makeCredential('The Harbour Gazette — الميناء', new Date('2049-12-31T00:00:00Z'));
  const [leaf, root] = chain.map((der) => new X509Certificate(Buffer.from(der, 'base64')));
  if (leaf === undefined || root === undefined) throw new Error('two certificates are a chain');
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(root.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIssued(root)).toBe(true);
  expect([leaf.ca, root.ca]).toEqual([false, true]);
  expect(leaf.subject).toContain('The Harbour Gazette — الميناء');
});

eachDatabase('Content Credentials', (open) => {
  test('go from the camera into every rendition, whole, without the place; broken ones are told', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    const photo = await cameraPhoto(await quarters(420, 300).jpeg().toBuffer());
    const { asset } = await upload(api, token, { name: 'DSC_0001.JPG', bytes: photo });
    const read = async (id: string) => (await api.ask(`GET /api/v1/assets/${id}`, token)).json();
    expect(await read(asset)).toMatchObject({ credentials: 'valid' });
    await makeRenditions(api.media, asset);
    const rows = await db.read
      .selectFrom('renditions')
      .select(['name', 'format', 'digest'])
      .where('asset_id', '=', asset)
      .execute();
    expect(rows.length).toBeGreaterThan(10);
    for (const { name, format, digest } of rows) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await api.media.blobs.get(digest)) ?? []) chunks.push(chunk as Uint8Array);
      const bytes = Buffer.concat(chunks);
      const { state, active, labels } = await credentialsOf(bytes, format);
      expect(state, `${name}.${format}`).toBe('Valid');
      expect(active.ingredients.map(({ relationship }) => relationship)).toEqual(['parentOf']);
      expect(labels).toContain(active.ingredients[0]?.active_manifest);
      const done = active.assertions.flatMap(({ data }) => data.actions ?? []).map(({ action }) => action);
      expect(done).toContain('c2pa.resized');
      expect(done.includes('c2pa.cropped')).toBe(name.includes('-'));
      expect(bytes.includes('SECRETPLACE')).toBe(false);
    }
    const changed = Buffer.from(photo);
    const at = changed.length - 200;
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const broken = await upload(api, token, { name: 'changed.jpg', bytes: changed });
    expect(await read(broken.asset)).toMatchObject({ credentials: 'invalid' });
    const plain = await upload(api, token, {
      name: 'plain.jpg',
      bytes: await quarters(90, 60).jpeg().toBuffer(),
    });
    expect(await read(plain.asset)).toMatchObject({ credentials: null });
    expect(await db.read.selectFrom('credential_keys').select('id').execute()).toEqual([{ id: 1 }]);
  });
});
