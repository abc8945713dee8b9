import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../../base/problem.ts';
import { makeFrontDoor, type Outcome } from './front-door.ts';
import { makePageCache } from './page-cache.ts';
import { type PageAnswer, pageRoute } from './page-route.ts';

const html = (body: string, more: Partial<PageAnswer> = {}): PageAnswer => ({
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html><p>${body}</p>${'<p>The river rose again on Monday.</p>'.repeat(100)}`,
  tags: ['site'],
  cache: 'page',
  ...more,
});
const picture = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
const digest = 'ab'.repeat(32);
let version = 1;
let renderings = 0;
const faults: unknown[] = [];
const cache = makePageCache<Outcome>({ maxBytes: 10_000_000 });

const routes = [
  pageRoute({
    pattern: '/story/:slug',
    query: ['after', 'lang'],
    load: async (_ctx, { params, query }) => {
      renderings += 1;
      if (params.slug === 'missing') return undefined;
      if (params.slug === 'gone') return html('gone', { status: 410 });
      if (params.slug === 'broken') throw new Error('canary-fault');
      if (params.slug === 'busy')
        throw new Problem('unavailable', 'The database is away.', undefined, { retryAfter: 7 });
      const words = `${params.slug} ${query.after ?? ''} ${query.lang ?? ''} v${version}`;
      return html(words, { tags: ['site', `story:${params.slug}`] });
    },
  }),
  pageRoute({ pattern: '/old', load: async () => html('', { status: 301, location: '/story/new' }) }),
  pageRoute({
    pattern: '/feed.xml',
    load: async () => html('', { contentType: 'application/rss+xml; charset=utf-8' }),
  }),
  pageRoute({ pattern: '/fresh', load: async () => html(`${(renderings += 1)}`, { cache: 'none' }) }),
  pageRoute({
    pattern: '/asset.js',
    load: async () => html('', { contentType: 'text/javascript', cache: 'immutable' }),
  }),
  pageRoute({
    pattern: '/media/:name.jpg',
    load: async (_ctx, { params }) => ({
      file: {
        contentType: 'image/jpeg',
        size: picture.length,
        digest,
        open: async function* (range?: { start: number; end: number }) {
          if (params.name === 'torn') {
            yield picture.subarray(0, 10);
            throw new Error('disk');
          }
          yield picture.subarray(range?.start ?? 0, (range?.end ?? picture.length - 1) + 1);
        },
      },
    }),
  }),
];

let server: Server;
let port: number;
beforeAll(async () => {
  const door = makeFrontDoor({
    routes,
    sitePages: {
      notFound: async (_ctx, path) => html(`nothing at ${path}`, { status: 404 }),
      failed: async (_ctx, { status, problem }) =>
        html(`failed ${status} ${problem?.message ?? 'fault'}`, { status: 500 }),
    },
    cache,
    context: () => ({ read: undefined as never, services: undefined, now: '2026-01-01T00:00:00.000Z' }),
    https: true,
    passes: ['/api/'],
    onFault: (cause) => void faults.push(cause),
  });
  server = createServer((req, res) => door(req, res, () => res.end('framework')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Got = { status: number; headers: IncomingHttpHeaders; body: Buffer };

function get(
  path: string,
  options: { headers?: Record<string, string>; method?: string } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port, host: '127.0.0.1', path, ...options, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const stable = ({ status, headers, body }: Got): unknown => {
  const { date: _date, ...rest } = headers;
  return { status, rest, body: body.toString('base64') };
};

test('every encoding, fresh and kept, gives the same page with a tag of its own', async () => {
  const plain = await get('/story/one');
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Buffer) => bytes };
  const tags = new Set<string>();
  for (const encoding of ['br', 'gzip', 'identity'] as const) {
    for (let round = 0; round < 2; round += 1) {
      const got = await get('/story/one', { headers: { 'Accept-Encoding': encoding } });
      expect(got.headers['content-encoding'] ?? 'identity').toBe(encoding);
      expect(unpack[encoding](got.body).toString()).toBe(plain.body.toString());
      expect(Number(got.headers['content-length'])).toBe(got.body.length);
      expect(got.headers.vary).toBe('Accept-Encoding');
      const etag = got.headers.etag ?? '';
      tags.add(etag);
      const head = await get('/story/one', { method: 'HEAD', headers: { 'Accept-Encoding': encoding } });
      expect(head.body.length).toBe(0);
      expect(head.headers).toEqual({ ...got.headers, date: head.headers.date });
      for (const none of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const same = await get('/story/one', {
          headers: { 'Accept-Encoding': encoding, 'If-None-Match': none },
        });
        expect([same.status, same.body.length, same.headers.etag]).toEqual([304, 0, etag]);
        expect(same.headers).toMatchObject({
          vary: 'Accept-Encoding',
          'cache-control': got.headers['cache-control'],
        });
      }
      const other = await get('/story/one', {
        headers: { 'Accept-Encoding': encoding, 'If-None-Match': '"other"' },
      });
      expect(other.status).toBe(200);
    }
  }
  expect(tags.size).toBe(3);
});

test('cookies, unknown keys and forwarding headers change not one byte, and render nothing', async () => {
  const plain = await get('/story/two?after=x');
  const before = renderings;
  const canary = 'canary.example';
  const disguises: Record<string, string>[] = [
    { Cookie: `session=${canary}` },
    { Authorization: `Bearer ${canary}` },
    {
      'X-Forwarded-Host': canary,
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-For': '6.6.6.6',
      Forwarded: `host=${canary}`,
    },
    { Host: canary },
    { 'X-Original-URL': '/story/other', 'X-Rewrite-URL': '/story/other' },
    { 'X-HTTP-Method-Override': 'DELETE' },
    { 'Accept-Language': 'ru', 'User-Agent': canary, Referer: `https://${canary}` },
    { Range: 'bytes=0-1' },
  ];
  for (const headers of disguises) {
    expect(stable(await get('/story/two?after=x', { headers }))).toEqual(stable(plain));
  }
  for (const path of [
    `/story/two?utm_source=${canary}&after=x`,
    '/story/two?after=x&after=y&_=1',
    '/%73tory/two?after=x',
    `http://${canary}/story/two?after=x`,
  ])
    expect(stable(await get(path))).toEqual(stable(plain));
  expect(renderings).toBe(before);
  expect((await get('/story/two?after=y')).body.toString()).toContain('two y');
});

test('a change is seen by the very next request, and an unchanged page keeps its tag', async () => {
  const first = await get('/story/three');
  version += 1;
  expect((await get('/story/three')).headers.etag).toBe(first.headers.etag);
  cache.bump(['story:three']);
  const second = await get('/story/three');
  expect(second.body.toString()).toContain(`v${version}`);
  cache.bump(['site']);
  expect((await get('/story/three')).headers.etag).toBe(second.headers.etag);
});

test('what is not there is 404 and kept until something gets the address', async () => {
  const before = renderings;
  for (let round = 0; round < 3; round += 1) {
    const got = await get('/story/missing');
    expect([got.status, got.headers.etag]).toEqual([404, undefined]);
    expect(got.body.toString()).toContain('nothing at /story/missing');
  }
  expect(renderings).toBe(before + 1);
  cache.bump(['path:/story/missing']);
  await get('/story/missing');
  expect(renderings).toBe(before + 2);
  expect((await get('/story/gone')).status).toBe(410);
  expect((await get('/no/such/route')).status).toBe(404);
});

test('faults are ours to know, not the reader’s, and are not kept', async () => {
  const broken = await get('/story/broken');
  expect([broken.status, broken.headers['cache-control']]).toEqual([500, 'no-store']);
  expect(broken.body.toString()).not.toContain('canary');
  expect(faults.map(String)).toContain('Error: canary-fault');
  const busy = await get('/story/busy');
  expect([busy.status, busy.headers['retry-after']]).toEqual([503, '7']);
  expect(cache.get('/story/broken')).toBeUndefined();
});

test('redirects, methods, and what goes to the framework', async () => {
  expect((await get('/old')).headers.location).toBe('/story/new');
  const moved = await get('/story//one/?after=1');
  expect([moved.status, moved.headers.location]).toEqual([308, '/story/one?after=1']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const got = await get('/story/one', { method });
    expect([got.status, got.headers.allow, got.headers['cache-control']]).toEqual([
      405,
      'GET, HEAD',
      'no-store',
    ]);
  }
  expect((await get('/api/v1/x')).body.toString()).toBe('framework');
});

test('a page that is made every time is not stored by anybody', async () => {
  const one = await get('/fresh');
  const two = await get('/fresh');
  expect(one.body.toString()).not.toBe(two.body.toString());
  expect([one.headers['cache-control'], one.headers.etag]).toEqual(['no-store', undefined]);
});

test('security headers by kind of answer', async () => {
  const page = (await get('/story/one')).headers;
  expect(page['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
  expect(page['content-security-policy']).not.toContain('unsafe');
  expect(page).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': expect.stringContaining('max-age='),
    'surrogate-key': 'site story:one path:/story/one',
    'cache-control': 'public, max-age=0, s-maxage=10',
  });
  expect(page['set-cookie']).toBeUndefined();
  const feed = (await get('/feed.xml')).headers;
  expect(feed).toMatchObject({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  expect((await get('/asset.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('files: whole, in part, unchanged, and not beyond their end', async () => {
  const whole = await get('/media/a.jpg');
  expect(whole.body.equals(picture)).toBe(true);
  expect(whole.headers).toMatchObject({
    etag: `"${digest}"`,
    'accept-ranges': 'bytes',
    'content-length': '1000',
  });
  const part = await get('/media/a.jpg', { headers: { Range: 'bytes=10-19' } });
  expect([part.status, part.headers['content-range'], part.body.equals(picture.subarray(10, 20))]).toEqual([
    206,
    'bytes 10-19/1000',
    true,
  ]);
  const same = await get('/media/a.jpg', { headers: { Range: 'bytes=990-', 'If-Range': `"${digest}"` } });
  expect([same.status, same.body.length]).toEqual([206, 10]);
  expect((await get('/media/a.jpg', { headers: { Range: 'bytes=0-1', 'If-Range': '"old"' } })).status).toBe(
    200,
  );
  const beyond = await get('/media/a.jpg', { headers: { Range: 'bytes=1000-' } });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */1000']);
  expect(
    (await get('/media/a.jpg', { headers: { 'If-None-Match': `"${digest}"`, Range: 'bytes=0-1' } })).status,
  ).toBe(304);
  const head = await get('/media/a.jpg', { method: 'HEAD' });
  expect([head.headers['content-length'], head.body.length]).toEqual(['1000', 0]);
  await expect(get('/media/torn.jpg')).rejects.toThrow('aborted');
});

/** Sends bytes as they are and reads until the other side closes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from(text, 'latin1')));
    let got = '';
    socket.on('data', (chunk) => (got += chunk.toString('latin1')));
    socket.on('close', () => resolve(got));
    socket.on('error', reject);
  });
}

test.each([
  ['GET /story/%zz HTTP/1.1', 400],
  ['GET /story/%2e%2e%2fetc HTTP/1.1', 400],
  ['GET /story/a%00b HTTP/1.1', 400],
  ['GET /../../etc/passwd HTTP/1.1', 308],
  ['GET //evil.example/%2e%2e HTTP/1.1', 308],
  [`GET /${'a'.repeat(4000)} HTTP/1.1`, 414],
  ['GET story/one HTTP/1.1', 400],
  ['GET /story/\xe9 HTTP/1.1', 400],
  ['GET /story/one#x HTTP/1.1', 400],
  ['OPTIONS * HTTP/1.1', 405],
  ['G\0T / HTTP/1.1', 400],
  ['GET / HTTP/9.9', 400],
])('the request line %j is answered with %i', async (line, status) => {
  const got = await raw(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(/^location: (.*)$/im.exec(got)?.[1] ?? '/a').toMatch(/^\/(?![/\\])/);
});

test('two requests in one packet are answered in order, the second from memory', async () => {
  const got = await raw(
    'GET /story/p HTTP/1.1\r\nHost: x\r\n\r\nGET /story/p HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  );
  expect(got.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});
