import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOutbound } from './outbound.ts';
import { isPublicAddress } from './public-address.ts';

let server: Server;
let port: number;
const asked: { path: string; headers: IncomingMessage['headers'] }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'outbound-'));

const answers: Record<string, (res: ServerResponse) => void> = {
  '/plain': (res) => res.setHeader('content-type', 'text/plain').end('hello'),
  '/gzip': (res) => res.setHeader('content-encoding', 'gzip').end(gzipSync('hello')),
  '/br': (res) => res.setHeader('content-encoding', 'br').end(brotliCompressSync('hello')),
  '/bomb': (res) => res.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000))),
  '/torn': (res) => {
    res.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => res.destroy());
  },
  '/torn-gzip': (res) => {
    res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello'.repeat(1000)).subarray(0, 20));
  },
  '/silent': () => undefined,
  '/drip': (res) => {
    res.writeHead(200).write('a');
    const drip = setInterval(() => res.write('a'), 20);
    res.on('close', () => clearInterval(drip));
  },
  '/loop': (res) => res.writeHead(302, { location: '/loop' }).end(),
  '/3': (res) => res.writeHead(302, { location: '/2' }).end(),
  '/2': (res) => res.writeHead(301, { location: '/1' }).end(),
  '/1': (res) => res.writeHead(308, { location: '/plain' }).end(),
  '/to-metadata': (res) => res.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-file': (res) => res.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/to-other': (res) => res.writeHead(302, { location: `http://other.example:${port}/plain` }).end(),
  '/to-inner': (res) => res.writeHead(302, { location: `http://inner.example:${port}/plain` }).end(),
  '/to-port': (res) => res.writeHead(302, { location: 'http://news.example:22/' }).end(),
};

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push({ path: req.url ?? '', headers: req.headers });
    const answer = answers[req.url ?? ''];
    if (answer === undefined) res.writeHead(404).end('none');
    else answer(res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** May ask the test server by 127.0.0.1 alone; names are what the test says they are. */
const guarded = (names: Record<string, string[][]> = {}) =>
  makeOutbound({
    allow: (address, at) => address === '127.0.0.1' && at === port,
    resolve: async (name) => {
      const list = names[name];
      return (list !== undefined && list.length > 1 ? list.shift() : list?.[0]) ?? [];
    },
  });
const here = (path: string): string => `http://127.0.0.1:${port}${path}`;

test.each(['/plain', '/gzip', '/br', '/3'])('%s is read', async (path) => {
  const answer = await guarded().fetch(here(path));
  expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, 'hello']);
  expect(answer.url).toBe(here(path === '/3' ? '/plain' : path));
});

test('a status is an answer, not a fault', async () => {
  expect((await guarded().fetch(here('/none'))).status).toBe(404);
});

test.each([
  ['/loop', 'unavailable', 'more than 3 times'],
  ['/bomb', 'too-large', 'larger than'],
  ['/torn', 'unavailable', 'could not be read'],
  ['/torn-gzip', 'unavailable', 'could not be read'],
  ['/to-metadata', 'invalid', 'public internet'],
  ['/to-file', 'invalid', 'neither http nor https'],
  ['/to-inner', 'invalid', 'public internet'],
  ['/to-port', 'invalid', 'public internet'],
])('%s fails as %s', async (path, kind, message) => {
  const outbound = guarded({ 'inner.example': [['10.0.0.7']], 'news.example': [['93.184.216.34']] });
  await expect(outbound.fetch(here(path))).rejects.toMatchObject({
    kind,
    message: expect.stringContaining(message),
  });
});

test.each(['/silent', '/drip'])('%s ends when its time is over', async (path) => {
  await expect(guarded().fetch(here(path), { timeoutMs: 150 })).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('within 0.15 s'),
  });
});

test('a name is judged by what it leads to in the very connection', async () => {
  const count = asked.length;
  const outbound = guarded({
    'rebind.example': [['127.0.0.1'], ['192.168.1.1']],
    'mixed.example': [['10.0.0.1', '127.0.0.1']],
  });
  expect((await outbound.fetch(`http://rebind.example:${port}/plain`)).status).toBe(200);
  await expect(outbound.fetch(`http://rebind.example:${port}/plain`)).rejects.toMatchObject({
    kind: 'invalid',
  });
  expect((await outbound.fetch(`http://mixed.example:${port}/plain`)).status).toBe(200);
  expect(asked.length).toBe(count + 2);
  await expect(makeOutbound().fetch('http://localhost/')).rejects.toMatchObject({ kind: 'invalid' });
});

test('headers of the caller stay with the origin they were meant for', async () => {
  const outbound = guarded({ 'other.example': [['127.0.0.1']] });
  await outbound.fetch(here('/to-other'), { headers: { authorization: 'canary' } });
  expect(asked.at(-2)?.headers.authorization).toBe('canary');
  expect(asked.at(-1)?.headers.authorization).toBeUndefined();
  expect(asked.at(-1)?.headers.host).toBe(`other.example:${port}`);
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://127.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://169.254.169.254/',
  'http://0/',
  'ftp://news.example/',
  'file:///etc/passwd',
  'http://a:b@news.example/',
  'http://93.184.216.34:22/',
  'http://news.example:6379/',
  'no address',
])('%s is not asked', async (url) => {
  await expect(makeOutbound().fetch(url)).rejects.toMatchObject({ kind: 'invalid' });
});

test('a download is whole or not there', async () => {
  const file = join(folder, 'a');
  expect(await guarded().download(here('/gzip'), { file })).toMatchObject({ status: 200, size: 5 });
  expect(readFileSync(file, 'utf8')).toBe('hello');
  for (const path of ['/torn', '/bomb']) {
    const part = join(folder, path.slice(1));
    await expect(guarded().download(here(path), { file: part })).rejects.toMatchObject({ name: 'Problem' });
    expect(existsSync(part)).toBe(false);
  }
  const mine = join(folder, 'mine');
  writeFileSync(mine, 'mine');
  await expect(guarded().download(here('/plain'), { file: mine })).rejects.toMatchObject({
    kind: 'unavailable',
  });
  expect(readFileSync(mine, 'utf8')).toBe('mine');
  const large = join(folder, 'large');
  expect(await guarded().download(here('/bomb'), { file: large, maxBytes: 60_000_000 })).toMatchObject({
    size: 50_000_000,
  });
});

test.each([
  ['93.184.216.34', true],
  ['8.8.8.8', true],
  ['2606:2800:220:1::1', true],
  ['100.64.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::808:808', false],
  ['2002:0808:0808::1', false],
  ['2001:0:1::1', false],
  ['2001:db8::1', false],
  ['fc00::1', false],
  ['fd12::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['news.example', false],
  ['', false],
])('%s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
