import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { forgetUploads, withdrawExpired } from '../../src/features/media/media.ts';
import { createProgramme } from '../../src/features/radio/radio.ts';
import { ORIGIN, serveApi, type TestApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { pressPhoto, quarters } from '../support/pictures.ts';
import { upload } from '../support/uploads.ts';

const TUS = { 'tus-resumable': '1.0.0' };

/** One request of the protocol, by hand: what a client that breaks off sends. */
async function tus(
  api: TestApi,
  token: string,
  request: { method: string; path: string; headers?: Record<string, string>; body?: Uint8Array },
): Promise<Response> {
  const address = request.path.startsWith('http') ? '' : await api.listen();
  return fetch(address + request.path, {
    method: request.method,
    headers: { ...TUS, authorization: `Bearer ${token}`, ...request.headers },
    ...(request.body === undefined ? {} : { body: Buffer.from(request.body) }),
  });
}

async function begin(api: TestApi, token: string, file: { name: string; bytes: number }): Promise<string> {
  const metadata = `filename ${Buffer.from(file.name).toString('base64')}`;
  const headers = { 'upload-length': String(file.bytes), 'upload-metadata': metadata };
  const made = await tus(api, token, { method: 'POST', path: '/api/v1/uploads', headers });
  expect(made.status, await made.text()).toBe(201);
  return new URL(made.headers.get('location') ?? '', await api.listen()).href;
}

const send = (api: TestApi, token: string, part: { url: string; offset: number; bytes: Uint8Array }) =>
  tus(api, token, {
    method: 'PATCH',
    path: part.url,
    headers: { 'upload-offset': String(part.offset), 'content-type': 'application/offset+octet-stream' },
    body: part.bytes,
  });

async function blobsOf(api: TestApi): Promise<string[]> {
  const digests: string[] = [];
  for await (const { digest } of api.media.blobs.list()) digests.push(digest);
  return digests;
}

/** A PNG of a few bytes that says it is so many pixels wide and high. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(64));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

eachDatabase('uploads', (open) => {
  test('a cut upload goes on from where it was, is one asset however often its end is asked for, and leaves no parts', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('contributor');
    const photo = await pressPhoto(900, 600);
    const url = await begin(api, token, { name: 'cut.jpg', bytes: photo.length });
    const half = Math.floor(photo.length / 2);
    expect((await send(api, token, { url, offset: 0, bytes: photo.subarray(0, half) })).status).toBe(204);
    const head = await tus(api, token, { method: 'HEAD', path: url });
    expect(head.headers.get('upload-offset')).toBe(String(half));
    // Sent again from the start, as a client that missed the answer would: refused, and nothing is doubled.
    expect((await send(api, token, { url, offset: 0, bytes: photo.subarray(0, half) })).status).toBe(409);
    const last = await send(api, token, { url, offset: half, bytes: photo.subarray(half) });
    expect(last.status, await last.text()).toBe(204);
    const asset = last.headers.get('dateline-asset');
    const again = await api.ask(`POST /api/v1/uploads/${url.split('/').at(-1)}/asset`, token, {
      payload: {},
    });
    expect(again.json()).toMatchObject({ state: 'done', asset, received: photo.length });
    const { digest } = (await api.ask(`GET /api/v1/assets/${asset}`, token)).json();
    const kept = await blobsOf(api);
    // The original and its first rendition.
    expect(kept).toHaveLength(2);
    expect(kept).toContain(digest);
  });

  test('hostile files are refused with the reason and leave nothing behind', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('contributor');
    const whole = await quarters(64, 64).png().toBuffer();
    const hostile: Record<string, Buffer> = {
      'drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'photo.jpg': Buffer.from('<!doctype html><script>alert(1)</script>'),
      'notes.txt': Buffer.from('#!/bin/sh\nrm -rf /\n'),
      'program.pdf': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]),
      'bomb.png': png(50_000, 50_000),
      'torn.png': whole.subarray(0, whole.length - 40),
    };
    for (const [name, bytes] of Object.entries(hostile)) {
      const failed = await upload(api, token, { name, bytes }).catch((error: unknown) => String(error));
      expect(failed, name).toMatch(/response code: 4(13|15|10|22|00)/);
    }
    expect(await blobsOf(api)).toEqual([]);
    expect(await db.read.selectFrom('assets').select('id').execute()).toEqual([]);
    expect(await db.read.selectFrom('upload_chunks').select('digest').execute()).toEqual([]);
    const huge = await tus(api, token, {
      method: 'POST',
      path: '/api/v1/uploads',
      headers: { 'upload-length': String(4 * 1024 ** 3), 'upload-metadata': 'filename YQ==' },
    });
    expect(huge.status).toBe(413);
  });

  test('a refusal says in one line what is wrong and what to send, and nothing of the house', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('contributor');
    const box = (brands: string): Buffer =>
      Buffer.concat([
        Buffer.from([0, 0, 0, 8 + brands.length]),
        Buffer.from(`ftyp${brands}`),
        Buffer.alloc(900, 1),
      ]);
    const whole = await quarters(900, 900).jpeg().toBuffer();
    const said: Record<string, [bytes: Buffer, why: RegExp]> = {
      'IMG_1.HEIC': [
        box('heic\0\0\0\0mif1heic'),
        /HEIC picture, which cannot be read here\. Export it as JPEG/,
      ],
      'IMG_2.heif': [box('mif1\0\0\0\0mif1heic'), /HEIC picture/],
      'cut.avif': [box('mif1\0\0\0\0avifmif1'), /damaged or incomplete\. Send a JPEG/],
      'cut.jpg': [whole.subarray(0, whole.length / 2), /damaged or incomplete\. Send a JPEG/],
      'bomb.png': [png(50_000, 50_000), /more than 100 megapixels/],
    };
    for (const [name, [bytes, why]] of Object.entries(said)) {
      const failed = await upload(api, token, { name, bytes }).catch((error: unknown) => String(error));
      expect(failed, name).toMatch(why);
      expect(failed, name).not.toMatch(/Vips|\/tmp|original:/);
    }
  });

  test('a picture that is also a page is shown by what is drawn anew of it, which is no page', async () => {
    await using api = await serveApi(await open());
    const { token } = await api.person('contributor');
    const page = Buffer.from('<html><script>alert("polyglot")</script></html>');
    const photo = await quarters(640, 480).jpeg().toBuffer();
    const { asset } = await upload(api, token, { name: 'both.jpg', bytes: Buffer.concat([photo, page]) });
    const { path, digest } = (await api.ask(`GET /api/v1/assets/${asset}`, token)).json();
    expect(path).not.toContain(digest);
    const shown = /([0-9a-f]{64})/.exec(path)?.[1] ?? '';
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await api.media.blobs.get(shown)) ?? []) chunks.push(chunk as Uint8Array);
    expect(Buffer.concat(chunks).toString('latin1')).not.toContain('polyglot');
  });

  test('uploads are their sender’s alone, and are forgotten with their bytes when they rest for a day', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const [mine, other] = [await api.person('contributor'), await api.person('contributor')];
    const reader = await api.person('moderator');
    const photo = await pressPhoto(400, 300);
    const url = await begin(api, mine.token, { name: 'a.jpg', bytes: photo.length });
    expect((await send(api, mine.token, { url, offset: 0, bytes: photo.subarray(0, 1000) })).status).toBe(
      204,
    );
    expect((await send(api, other.token, { url, offset: 1000, bytes: photo.subarray(1000) })).status).toBe(
      404,
    );
    expect((await tus(api, reader.token, { method: 'HEAD', path: url })).status).toBe(403);
    expect(await blobsOf(api)).toHaveLength(1);
    expect(await forgetUploads(api.media)).toBe(0);
    api.clock.advance(24 * 3600_000);
    expect(await forgetUploads(api.media)).toBe(1);
    expect(await blobsOf(api)).toEqual([]);
    expect((await tus(api, mine.token, { method: 'HEAD', path: url })).status).toBe(404);
  });

  test('the library is searched by words in any order and script, batches change all or nothing, and uses are known', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('editor');
    const make = async (said: object): Promise<string> =>
      (await api.ask('POST /api/v1/assets', token, { payload: { fileName: 'x.jpg', ...said } })).json().id;
    const harbour = await make({ caption: 'The harbour at dawn', credit: '© A', keywords: ['Über uns'] });
    const market = await make({ caption: 'سوق السمك', fileName: 'night_market-02.jpg' });
    const find = async (query: string): Promise<string[]> =>
      (await api.ask(`GET /api/v1/assets?${query}`, token)).json().items.map(({ id }: { id: string }) => id);
    expect(await find('q=dawn%20harb')).toEqual([harbour]);
    expect(await find('q=uber')).toEqual([harbour]);
    expect(await find(`q=${encodeURIComponent('السمك')}`)).toEqual([market]);
    expect(await find('q=market')).toEqual([market]);
    expect(await find('q=dawn%20market')).toEqual([]);
    expect(await find('lacks=credit')).toEqual([market]);
    const none = '01890000-0000-7000-8000-000000000000';
    const batch = (payload: object) => api.ask('PATCH /api/v1/assets', token, { payload });
    expect((await batch({ ids: [market, none], set: { credit: '© B' } })).statusCode).toBe(404);
    expect(await find('lacks=credit')).toEqual([market]);
    const filled = await batch({
      ids: [harbour, market],
      set: { credit: '© B', place: 'Skarholm' },
      addKeywords: ['fish'],
      onlyEmpty: true,
    });
    expect(filled.json()).toEqual({ changed: 2 });
    const read = async (id: string) => (await api.ask(`GET /api/v1/assets/${id}`, token)).json();
    expect(await read(harbour)).toMatchObject({
      credit: '© A',
      place: 'Skarholm',
      keywords: ['Über uns', 'fish'],
    });
    expect(await read(market)).toMatchObject({ credit: '© B', caption: 'سوق السمك', keywords: ['fish'] });
    expect(await find('q=skarholm')).toEqual([market, harbour]);

    const content = {
      language: 'en',
      headline: 'Fish at night',
      body: { type: 'doc', content: [{ type: 'image', attrs: { asset: market } }] },
    };
    const article = (await api.ask('POST /api/v1/articles', token, { payload: { content } })).json();
    const uses = async () => (await api.ask(`GET /api/v1/assets/${market}/uses`, token)).json().articles;
    expect(await uses()).toMatchObject([{ article: article.id, draft: true, live: false }]);
    expect(await find('unused=1')).toEqual([harbour]);
    const body = { type: 'doc', content: [] };
    await api.ask(`PUT /api/v1/articles/${article.id}`, token, {
      headers: { 'if-match': '"1"' },
      payload: { content: { ...content, body } },
    });
    expect(await uses()).toEqual([]);
    const house = { db, clock: api.clock, origin: ORIGIN };
    const programme = await db.write((tx) =>
      createProgramme(tx, house, { title: 'Harbour talk', asset: market }),
    );
    expect((await api.ask(`GET /api/v1/assets/${market}/uses`, token)).json()).toMatchObject({
      programmes: [{ id: programme, title: 'Harbour talk' }],
      episodes: [],
    });
    expect(await withdrawExpired(api.media)).toBe(0);
  });
});
