import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openDb } from '../../storage/open.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { Problem } from '../../base/problem.ts';
import { makeLog } from '../log.ts';
import { type HttpServer, makeServer } from '../server.ts';
import type { RawRoute, UpgradeRoute } from './raw-route.ts';

const disposals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

const routes: RawRoute[] = [
  {
    methods: ['GET'],
    pattern: '/account',
    permission: 'public',
    handle: async (ctx, { query }, { res }) => {
      if (query.get('fail') === 'fault') throw new Error('a secret of ours');
      if (query.get('fail') === 'wait')
        throw new Problem('rate-limited', 'Too many.', undefined, { retryAfter: 7 });
      res.end(`hello ${ctx.actor?.name ?? 'stranger'}`);
    },
  },
  {
    methods: ['POST'],
    pattern: '/account',
    permission: 'signed-in',
    handle: async (_ctx, _address, { res }) => void res.end('posted'),
  },
];
const upgrades: UpgradeRoute[] = [
  {
    pattern: '/api/v1/socket/:id',
    permission: 'public',
    handle: async (_ctx, { params }, { socket }) =>
      void socket.end(`HTTP/1.1 101 Switching Protocols\r\nConnection: close\r\n\r\n${params['id']}`),
  },
];

async function serve(): Promise<{ address: string; port: number; http: HttpServer }> {
  const { config, dispose } = await freshDatabase('sqlite');
  const db = await openDb(config);
  const page = (status: 404 | 500) => ({
    status,
    contentType: 'text/html',
    body: `<p>${status}`,
    tags: [],
    cache: 'none' as const,
  });
  const http = await makeServer({
    db,
    services: {},
    api: [],
    pages: [],
    raw: routes,
    upgrades,
    sitePages: { notFound: async () => page(404), failed: async () => page(500) },
    authenticate: async ({ cookie }) =>
      cookie === 'me' ? { userId: 'u', name: 'Ada', role: 'reader' } : undefined,
    ready: async () => undefined,
    origin: 'https://news.example',
    version: '0',
    trustProxy: { kind: 'none' },
    cacheBytes: 1000,
    log: makeLog('silent'),
  });
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  disposals.push(
    dispose,
    () => db.close(),
    () => http.close(0),
  );
  return { address: `http://127.0.0.1:${port}`, port, http };
}

test('raw routes: who asks, what is refused, and how faults are told', async () => {
  const { address } = await serve();
  const get = (path: string, init?: RequestInit) => fetch(address + path, init);
  expect(await (await get('/account')).text()).toBe('hello stranger');
  expect(await (await get('/account', { headers: { cookie: 'me' } })).text()).toBe('hello Ada');
  const foreign = await get('/account', { method: 'POST', headers: { cookie: 'me' } });
  expect(foreign.status).toBe(403);
  const own = { cookie: 'me', origin: 'https://news.example' };
  expect((await get('/account', { method: 'POST', headers: own })).status).toBe(200);
  expect((await get('/account', { method: 'POST' })).status).toBe(401);
  const put = await get('/account', { method: 'PUT' });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  const late = await get('/account?fail=wait');
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '7']);
  const fault = await get('/account?fail=fault');
  expect(fault.status).toBe(500);
  expect(await fault.text()).not.toContain('secret');
  const page = await get('/account?fail=fault', { headers: { accept: 'text/html' } });
  expect(await page.text()).toBe('<p>500');
  expect((await get('/accounting')).status).toBe(404);
});

test('upgrades reach their route; others and those of other sites are refused', async () => {
  const { port } = await serve();
  const ask = (path: string, origin?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let said = '';
      socket.on('data', (chunk) => (said += chunk.toString()));
      socket.on('end', () => resolve(said)).on('error', reject);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${origin === undefined ? '' : `Origin: ${origin}\r\n`}\r\n`,
      );
    });
  expect(await ask('/api/v1/socket/seven')).toMatch(/^HTTP\/1.1 101[^]*seven$/);
  expect(await ask('/api/v1/elsewhere')).toMatch(/^HTTP\/1.1 404/);
  expect(await ask('/api/v1/socket/seven', 'https://evil.example')).toMatch(/^HTTP\/1.1 403/);
});
