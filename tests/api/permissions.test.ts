import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, expect, test } from 'vitest';
import { apiRoutes } from '../../src/api.ts';
import { mayRole, roles } from '../../src/contract/permissions.ts';
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
    const token = role === undefined ? undefined : (await api.person(role)).token;
    for (const { method, path, permission, raw } of apiRoutes) {
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
  // The answers of a token and of a preview hold a secret, which is kept nowhere.
  expect(plain).toEqual(['/api/v1/previews', '/api/v1/tokens']);
  const updates = apiRoutes.filter((route) => route.method === 'PUT' && route.ifMatch !== 'required');
  expect(updates.map((route) => route.path)).toEqual([
    '/api/v1/desks/:id/members/:user',
    '/api/v1/redirects',
    '/api/v1/assets/:id/content',
  ]);
});
