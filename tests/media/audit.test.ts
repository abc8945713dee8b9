import { expect, test } from 'vitest';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { pressPhoto } from '../support/pictures.ts';
import { upload } from '../support/uploads.ts';

eachDatabase('the audit log', (open) => {
  test('has who brought a picture and who changed what is said of it, alone and of many at once', async () => {
    await using api = await serveApi(await open());
    const [reporter, editor] = [await api.person('reporter'), await api.person('editor')];
    const admin = await api.person('admin');
    const sent = await upload(api, reporter.token, { name: 'bridge.jpg', bytes: await pressPhoto(900, 600) });
    const other = await upload(api, reporter.token, { name: 'quay.jpg', bytes: await pressPhoto(900, 601) });
    const ids = [sent.asset, other.asset];
    const path = `/api/v1/assets/${sent.asset}`;
    const read = await api.ask(`GET ${path}`, editor.token);
    const said = { kind: 'picture', fileName: 'bridge.jpg', credit: 'Ada', rightsHolder: 'Agency' };
    const changed = await api.ask(`PUT ${path}`, editor.token, {
      payload: said,
      headers: { 'if-match': read.headers['etag'] as string },
    });
    expect(changed.statusCode, changed.body).toBe(200);
    const batch = { ids, set: { credit: 'Ben' } };
    expect((await api.ask('PATCH /api/v1/assets', editor.token, { payload: batch })).json()).toEqual({
      changed: 2,
    });
    // What changes nothing is no deed.
    await api.ask('PATCH /api/v1/assets', editor.token, { payload: batch });
    const log = (await api.ask('GET /api/v1/audit', admin.token)).json() as {
      items: { action: string; by: string; object: { kind: string; id: string }; details: object }[];
    };
    const deeds = (id: string) =>
      log.items.filter(({ object }) => object.id === id).map(({ action, by }) => [action, by]);
    expect(deeds(sent.asset).toReversed()).toEqual([
      ['asset.upload', reporter.id],
      ['asset.change', editor.id],
      ['asset.change', editor.id],
    ]);
    expect(deeds(other.asset).toReversed()).toEqual([
      ['asset.upload', reporter.id],
      ['asset.change', editor.id],
    ]);
    expect(log.items.map(({ details }) => details)).toContainEqual(expect.objectContaining(said));
  });

  test('has who registered a file, and who sent its bytes', async () => {
    await using api = await serveApi(await open());
    const [reporter, admin] = [await api.person('reporter'), await api.person('admin')];
    const payload = { kind: 'picture', fileName: 'bridge.jpg' };
    const { id } = (await api.ask('POST /api/v1/assets', reporter.token, { payload })).json();
    const sent = await fetch(`${await api.listen()}/api/v1/assets/${id}/content`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${reporter.token}`, 'content-type': 'image/jpeg' },
      body: Buffer.from(await pressPhoto(900, 600)),
    });
    expect(sent.status, await sent.text()).toBe(200);
    const { items } = (await api.ask('GET /api/v1/audit', admin.token)).json() as {
      items: { action: string; by: string; object: { id: string } }[];
    };
    const own = items.filter(({ object }) => object.id === id).toReversed();
    expect(own.map(({ action, by }) => [action, by])).toEqual([
      ['asset.create', reporter.id],
      ['asset.content', reporter.id],
    ]);
  });
});
