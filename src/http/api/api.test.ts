import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Writable } from 'node:stream';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openDb } from '../../storage/open.ts';
import { Problem } from '../../base/problem.ts';
import { Doc } from '../../contract/document.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Db } from '../../storage/db.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { makeLog } from '../log.ts';
import type { PageAnswer } from '../pages/page-route.ts';
import { type ApiRoute, route } from '../route.ts';
import { type HttpServer, makeServer } from '../server.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from './paging.ts';

const people: Record<string, Actor> = {
  editor: { userId: 'u1', name: 'Ed', role: 'editor' },
  reader: { userId: 'u2', name: 'Rea', role: 'reader' },
};
const Note = z.object({ id: z.string(), text: z.string() });
const position = cursorOf(z.object({ id: z.int() }));

const routes: ApiRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/notes/:id',
    summary: 'Reads a note',
    tags: ['notes'],
    permission: 'public',
    input: { params: z.object({ id: z.string() }) },
    output: Note,
    handler: async (ctx, { params }) => {
      const text = await readSetting<string>(ctx.db.read, `note ${params.id}`);
      if (text === undefined) throw new Problem('not-found', `There is no note ${params.id}.`);
      return { body: { id: params.id, text }, etag: text.length };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/notes/:id',
    summary: 'Writes a note',
    tags: ['notes'],
    permission: 'articles:write',
    ifMatch: 'required',
    input: { params: z.object({ id: z.string() }), body: z.strictObject({ text: z.string().max(10) }) },
    output: { 200: z.object({ expected: z.number().nullable() }) },
    handler: async (ctx) => ({ status: 200, body: { expected: ctx.expected ?? null } }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/numbers',
    summary: 'Lists numbers',
    tags: ['numbers'],
    permission: 'signed-in',
    input: { query: PageQuery },
    output: pageOf(z.object({ id: z.int() })),
    handler: async (_ctx, { query }) => {
      const after = query.after === undefined ? 0 : position.decode(query.after).id;
      const rows = [1, 2, 3, 4, 5].filter((id) => id > after).map((id) => ({ id }));
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: position,
        position: (row) => row,
        path: '/api/v1/numbers',
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/files',
    summary: 'Takes bytes',
    tags: ['files'],
    permission: 'public',
    raw: { contentTypes: ['image/png'], maxBytes: 5 },
    input: {},
    output: z.object({ size: z.int(), type: z.string() }),
    handler: async (_ctx, { raw }) => {
      let size = 0;
      for await (const chunk of raw.bytes) size += chunk.length;
      return { body: { size, type: raw.contentType } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/documents',
    summary: 'Takes a tree',
    tags: ['documents'],
    permission: 'public',
    input: { body: z.strictObject({ doc: Doc }) },
    output: z.object({ doc: Doc }),
    handler: async (_ctx, { body }) => ({ body }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/broken',
    summary: 'Fails',
    tags: ['x'],
    permission: 'public',
    input: {},
    output: Note,
    handler: async () => {
      throw new Error('canary-of-a-fault');
    },
  }),
];

const page: PageAnswer = { status: 404, contentType: 'text/plain', body: 'none', tags: [], cache: 'page' };

const disposals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function open(): Promise<Db> {
  const { config, dispose } = await freshDatabase('sqlite');
  const db = await openDb(config);
  disposals.push(dispose, () => db.close());
  return db;
}

async function serve(db: Db, log = makeLog('silent')): Promise<HttpServer> {
  return makeServer({
    db,
    services: undefined,
    api: routes,
    pages: [],
    sitePages: { notFound: async () => page, failed: async () => page },
    authenticate: async ({ authorization }) => people[authorization?.replace('Bearer ', '') ?? ''],
    ready: async () => undefined,
    origin: 'https://news.example',
    version: '0.1.0',
    trustProxy: { kind: 'none' },
    cacheBytes: 1_000_000,
    log,
  });
}

const editor = { authorization: 'Bearer editor' };
const json = { ...editor, 'content-type': 'application/json' };

test('who may, what is taken, and how it is refused', async () => {
  const lines: string[] = [];
  const sink = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const db = await open();
  const { app } = await serve(db, makeLog('info', sink));
  await db.write((tx) => writeSetting(tx, 'note 7', 'hello'));

  const read = await app.inject('/api/v1/notes/7');
  expect(read.json()).toEqual({ id: '7', text: 'hello' });
  expect(read.headers).toMatchObject({
    etag: '"5"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await app.inject({ url: '/api/v1/notes/7', headers: { 'if-none-match': '"5"' } })).statusCode).toBe(
    304,
  );
  expect((await app.inject({ method: 'HEAD', url: '/api/v1/notes/7' })).body).toBe('');

  const put = (headers: Record<string, string>, payload: string | object = { text: 'x' }) =>
    app.inject({ method: 'PUT', url: '/api/v1/notes/7', headers, payload });
  const stranger = await put({ 'content-type': 'application/json', 'if-match': '"1"' });
  expect(stranger.statusCode).toBe(401);
  expect(stranger.headers['www-authenticate']).toContain('Bearer');
  expect((await put({ ...json, authorization: 'Bearer wrong' })).statusCode).toBe(401);
  expect((await put({ ...json, authorization: 'Bearer reader', 'if-match': '"1"' })).statusCode).toBe(403);
  expect((await put(json)).statusCode).toBe(428);
  expect((await put({ ...json, 'if-match': 'W/"1"' })).statusCode).toBe(412);
  expect((await put({ ...json, 'if-match': '"12"' })).json()).toEqual({ expected: 12 });
  expect((await put({ ...json, 'if-match': '*' })).json()).toEqual({ expected: null });
  expect(
    (await put({ ...editor, 'content-type': 'text/plain', 'if-match': '*' }, '{"text":"x"}')).statusCode,
  ).toBe(415);
  expect(
    (await put({ ...editor, 'content-type': 'application/x-www-form-urlencoded', 'if-match': '*' }, 'text=x'))
      .statusCode,
  ).toBe(415);
  expect((await put({ ...json, 'if-match': '*' }, '{"text":')).statusCode).toBe(400);
  expect((await put({ ...json, 'if-match': '*' }, '{"__proto__":{"text":"x"}}')).statusCode).toBe(400);
  expect((await put({ ...json, 'if-match': '*' }, { text: 'x'.repeat(2_000_000) })).statusCode).toBe(413);
  const faulty = await put({ ...json, 'if-match': '*' }, { text: 'longer than ten', more: 1 });
  expect(faulty.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(faulty.json()).toMatchObject({
    status: 400,
    kind: 'invalid',
    errors: [{ pointer: '/text' }, { pointer: '/' }],
    instance: `urn:uuid:${String(faulty.headers['request-id'])}`,
  });

  const cookie = { ...json, cookie: 's=1', 'if-match': '*' };
  expect((await put(cookie)).statusCode).toBe(403);
  expect(
    (await put({ ...cookie, 'sec-fetch-site': 'cross-site', origin: 'https://news.example' })).statusCode,
  ).toBe(403);
  expect((await put({ ...cookie, origin: 'https://evil.example' })).statusCode).toBe(403);
  expect((await put({ ...cookie, 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  expect((await put({ ...cookie, origin: 'https://news.example' })).statusCode).toBe(200);

  const none = await app.inject('/api/v1/nothing');
  expect([none.statusCode, none.json().kind]).toEqual([404, 'not-found']);
  const method = await app.inject({ method: 'DELETE', url: '/api/v1/notes/7' });
  expect([method.statusCode, method.headers.allow]).toEqual([405, 'GET, HEAD, PUT']);

  const broken = await app.inject('/api/v1/broken');
  expect(broken.statusCode).toBe(500);
  expect(broken.body).not.toContain('canary');
  expect(lines.join('')).toContain('canary-of-a-fault');
  expect(lines.join('')).not.toMatch(/127\.0\.0\.1|Bearer|s=1/);
  await app.close();
});

test('bytes are taken up to the limit and of the types that are named', async () => {
  const { app } = await serve(await open());
  const post = (type: string, payload: Buffer, more = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/files',
      headers: { 'content-type': type, ...more },
      payload,
    });
  expect((await post('image/png; x=1', Buffer.from('12345'))).json()).toEqual({
    size: 5,
    type: 'image/png',
  });
  expect((await post('image/png', Buffer.from('123456'))).statusCode).toBe(413);
  expect((await post('application/json', Buffer.from('{}'))).statusCode).toBe(415);
  await app.close();
});

test('a list is paged to its end, and a made-up cursor is refused', async () => {
  const { app } = await serve(await open());
  const seen: number[] = [];
  let url = '/api/v1/numbers?limit=2';
  for (let pages = 0; url !== '' && pages < 9; pages += 1) {
    const answer = await app.inject({ url, headers: editor });
    seen.push(...answer.json().items.map((item: { id: number }) => item.id));
    url = /<(.+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1] ?? '';
  }
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  for (const after of ['x', 'bnVsbA', Buffer.from('{"id":"1 or 1"}').toString('base64url')])
    expect((await app.inject({ url: `/api/v1/numbers?after=${after}`, headers: editor })).statusCode).toBe(
      400,
    );
  await app.close();
});

test('too many requests get 429 with Retry-After', async () => {
  const { app } = await serve(await open());
  const statuses = new Set<number>();
  let last = await app.inject('/api/v1/notes/1');
  for (let count = 0; count < 400 && last.statusCode !== 429; count += 1) {
    last = await app.inject('/api/v1/notes/1');
    statuses.add(last.statusCode);
  }
  expect([...statuses]).toEqual([404, 429]);
  expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  await app.close();
});

test('the OpenAPI document is valid and has every route', async () => {
  const { app } = await serve(await open());
  const document = (await app.inject('/api/v1/openapi.json')).json();
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  const listed = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(listed.sort()).toEqual(routes.map((each) => `${each.method} ${each.path}`).sort());
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((found) => found[1] ?? '');
  for (const ref of refs) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    if (target === undefined) throw new Error(`${ref} leads nowhere`);
  }
  await app.close();
});

test('a process that drains says so, and ends', async () => {
  const server = await serve(await open());
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect(await (await ask('/readyz')).text()).toBe('ready\n');
  expect(await (await ask('/healthz')).text()).toBe('ok\n');
  expect((await ask('/%zz')).status).toBe(400);
  expect((await ask('/api/v1/%zz')).status).toBe(400);
  await server.close(1000);
  await expect(ask('/healthz')).rejects.toThrow('fetch failed');
});
