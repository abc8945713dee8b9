import { connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, expect, test } from 'vitest';
import { apiRoutes } from '../../src/api.ts';
import { mayRole, roles } from '../../src/contract/permissions.ts';
import { beginSession, createUser } from '../../src/features/accounts/accounts.ts';
import { rawRoutes, upgradeRoutes } from '../../src/raw.ts';
import { signedIn } from '../support/signed-in.ts';
import { runSite } from '../support/site.ts';
import { openDb } from '../../src/storage/open.ts';
import { serveApi, type TestApi } from '../support/api.ts';
import { freshDatabase } from '../support/database.ts';

const disposals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const dispose of disposals.splice(0).reverse()) await dispose();
});

async function serve(): Promise<TestApi> {
  const { config, dispose } = await freshDatabase('sqlite');
  const db = await openDb(config);
  const api = await serveApi(db);
  disposals.push(
    dispose,
    () => db.close(),
    async () => api[Symbol.asyncDispose](),
  );
  return api;
}

/** A request that passes no input check, so that it changes nothing when it is let through. */
function empty(method: string, path: string, raw: boolean): { what: string; payload?: string } {
  const what = `${method} ${path.replace(/:\w+/g, 'x')}`;
  return method === 'GET' || method === 'DELETE' || raw ? { what } : { what, payload: '[]' };
}

test('every role at every route: 403 exactly where the map says so, and 401 for strangers', async () => {
  const api = await serve();
  expect(apiRoutes.length).toBeGreaterThan(50);
  const faults: string[] = [];
  for (const role of [...roles, undefined]) {
    let token: string | undefined;
    for (const [n, { method, path, permission, raw }] of apiRoutes.entries()) {
      // Another person from time to time: one alone would come to the limit of what an account may ask.
      if (n % 80 === 0 && role !== undefined) ({ token } = await api.person(role));
      const { what, payload } = empty(method, path, raw !== undefined);
      const headers = { 'if-match': '*', 'content-type': 'application/json' };
      const { statusCode } = await api.ask(what, token, {
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      const open = permission === 'public';
      const allowed =
        open || (role !== undefined && (permission === 'signed-in' || mayRole(role, permission)));
      const refused = role === undefined ? statusCode === 401 : statusCode === 403;
      if (refused === allowed || statusCode >= 500) faults.push(`${role ?? 'nobody'} ${what}: ${statusCode}`);
    }
  }
  expect(faults).toEqual([]);
});

test('the OpenAPI document is valid and has every route with its permission', async () => {
  const api = await serve();
  const document = (await api.ask('GET /api/v1/openapi.json')).json();
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  const paths = document.paths as Record<string, Record<string, { 'x-permission': string }>>;
  const listed = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(
      ([method, operation]) =>
        `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')} ${operation['x-permission']}`,
    ),
  );
  expect(listed.sort()).toEqual(
    apiRoutes.map(({ method, path, permission }) => `${method} ${path} ${permission}`).sort(),
  );
  const content = document.paths['/api/v1/articles'].post.requestBody.content['application/json'].schema;
  expect(Object.keys(content.properties.content.properties ?? {})).toContain('headline');
});

test('lists are paged by cursor, changes of what has a version take If-Match, and creations a key', () => {
  const creations = apiRoutes.filter((route) => route.method === 'POST' && route.outputs.has(201));
  const plain = creations.filter((route) => !route.idempotent).map((route) => route.path);
  // The answers of a token, a preview and an encoder hold a secret, which is kept nowhere; a comment carries its key in its body; an
  // episode is cut from the recording, which is no work of one transaction.
  expect(plain).toEqual([
    '/api/v1/previews',
    '/api/v1/discussions/:article/comments',
    '/api/v1/tokens',
    '/api/v1/radio/mounts/:id/encoders',
    '/api/v1/radio/programmes/:id/episodes',
  ]);
  // What is set to a value by whoever comes last has no version: one's own things, switches, and files that are put whole.
  const updates = apiRoutes.filter((route) => route.method === 'PUT' && route.ifMatch === undefined);
  expect(updates.map((route) => route.path)).toEqual([
    '/api/v1/articles/:id/shared/look',
    '/api/v1/desks/:id/members/:user',
    '/api/v1/redirects',
    '/api/v1/assets/:id/content',
    '/api/v1/discussions/:article/follow',
    '/api/v1/comments/:id',
    '/api/v1/comments/:id/reactions/:kind',
    '/api/v1/ignored/:id',
    '/api/v1/comments/:id/featured',
    '/api/v1/discussions/:article',
    '/api/v1/moderation/comments/:id/featured',
    '/api/v1/moderation/transparency/page',
    '/api/v1/radio/episodes/:id/transcript',
    '/api/v1/radio/mounts/:id/title',
  ]);
});

test('every role at every route by its session, fresh and stale, and before a second factor', async () => {
  const { config, dispose } = await freshDatabase('sqlite');
  const db = await openDb(config);
  const api = await serveApi(db);
  disposals.push(
    dispose,
    () => db.close(),
    async () => api[Symbol.asyncDispose](),
  );
  const faults: string[] = [];
  // One account may ask so much in a minute: each walks a part of the way.
  const PART = 60;
  const parts = Array.from({ length: Math.ceil(apiRoutes.length / PART) }, (_, n) => n);
  const walk = async (
    who: string,
    each: readonly Record<string, string>[],
    expected: (route: (typeof apiRoutes)[number]) => 'in' | 'forbidden' | 'fresh-sign-in',
  ): Promise<void> => {
    for (const [n, one] of apiRoutes.entries()) {
      // Signing out ends the session that walks.
      if (one.path === '/api/v1/sign-out' || one.path === '/api/v1/me/sessions') continue;
      const { what, payload } = empty(one.method, one.path, one.raw !== undefined);
      const answer = await api.ask(what, undefined, {
        headers: {
          'if-match': '*',
          'content-type': 'application/json',
          ...each[Math.floor(n / PART)],
        },
        ...(payload === undefined ? {} : { payload }),
      });
      // One person's allowance of sign-ins ends before the walk does.
      if (answer.statusCode === 429 && one.limit === 'sign-in') continue;
      const kind = answer.statusCode === 403 ? String(answer.json().kind) : 'in';
      if (
        kind !== expected(one) ||
        answer.statusCode === 429 ||
        answer.statusCode >= 500 ||
        (answer.statusCode === 401 && one.permission !== 'public')
      )
        faults.push(`${who} ${what}: ${answer.statusCode} ${kind}`);
    }
  };
  const allowed = (role: (typeof roles)[number], { permission }: (typeof apiRoutes)[number]): boolean =>
    permission === 'public' || permission === 'signed-in' || mayRole(role, permission);
  const people = (role: (typeof roles)[number]) =>
    Promise.all(parts.map(() => signedIn({ db, clock: api.clock }, role, { https: true })));
  for (const role of roles) {
    const each = await people(role);
    await walk(
      role,
      each.map(({ headers }) => headers),
      (one) => (allowed(role, one) ? 'in' : 'forbidden'),
    );
  }
  const admins = await people('admin');
  api.clock.advance(600_001);
  await walk(
    'stale admin',
    admins.map(({ headers }) => headers),
    (one) => (one.fresh ? 'fresh-sign-in' : 'in'),
  );
  const bare = await db.write(async (tx) => {
    const made: Record<string, string>[] = [];
    for (const n of parts) {
      const email = `bare${n}@news.example`;
      const userId = await createUser(tx, api.clock, { email, name: `Bare ${n}`, role: 'admin' });
      const { secret } = await beginSession(tx, api.clock, { userId, role: 'admin', method: 'password' });
      made.push({ cookie: `__Host-dateline=${secret}`, 'sec-fetch-site': 'same-origin' });
    }
    return made;
  });
  await walk('admin without a second factor', bare, (one) =>
    one.permission === 'public' || one.beforeSecondFactor ? 'in' : 'forbidden',
  );
  // A page of another site has the reader's cookie and nothing else.
  for (const each of apiRoutes.filter((one) => one.method !== 'GET')) {
    const { what } = empty(each.method, each.path, each.raw !== undefined);
    const answer = await api.ask(what, undefined, {
      headers: { cookie: admins[0]?.cookie ?? '', 'sec-fetch-site': 'cross-site' },
    });
    if (answer.statusCode !== 403) faults.push(`another site ${what}: ${answer.statusCode}`);
  }
  expect(faults).toEqual([]);
});

test('raw routes and sockets: strangers and readers are let in where the map says so, and nowhere else', async () => {
  await using site = await runSite();
  const reader = await signedIn(site.house, 'reader');
  const faults: string[] = [];
  const status = async (
    pattern: string,
    method: string,
    headers: Record<string, string>,
  ): Promise<number> => {
    const path = pattern.replace(/:\w+/g, 'x').replace('*', 'x');
    const response = await fetch(site.address + path, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    });
    await response.body?.cancel();
    return response.status;
  };
  for (const { pattern, methods, permission } of rawRoutes) {
    if (permission === 'public') continue;
    const [method = 'GET'] = methods;
    const stranger = await status(pattern, method, {});
    if (stranger !== 401 && stranger !== 429) faults.push(`nobody ${method} ${pattern}: ${stranger}`);
    if (permission === 'signed-in') continue;
    const asReader = await status(pattern, method, reader.headers);
    if (asReader !== 403 && asReader !== 429) faults.push(`reader ${method} ${pattern}: ${asReader}`);
  }
  for (const { pattern, permission } of upgradeRoutes) {
    if (permission === 'public') continue;
    const path = pattern.replace(/:\w+/g, 'x');
    const { port } = new URL(site.address);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString().slice(9, 12))).once('error', reject);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
    });
    if (answer !== '401') faults.push(`nobody upgrades ${pattern}: ${answer}`);
  }
  expect(faults).toEqual([]);
});
