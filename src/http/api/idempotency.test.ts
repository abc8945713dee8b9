import { expect, test } from 'vitest';
import { z } from 'zod';
import { eachDatabase } from '../../../tests/support/database.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { makeLog } from '../log.ts';
import type { PageAnswer } from '../pages/page-route.ts';
import { actor, type ApiRoute, route } from '../route.ts';
import { type HttpServer, makeServer } from '../server.ts';
import { forgetKeys } from './idempotency.store.ts';

const routes: ApiRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/notes',
    summary: 'Makes a note',
    tags: ['notes'],
    permission: 'articles:write',
    idempotent: true,
    input: { body: z.strictObject({ text: z.string(), fail: z.boolean().default(false) }) },
    output: { 201: z.object({ count: z.int(), by: z.string() }) },
    handler: async (ctx, { body }) => {
      const count = await ctx.db.write(async (tx) => {
        const before = (await readSetting<number>(tx, 'count')) ?? 0;
        await writeSetting(tx, 'count', before + 1);
        return before + 1;
      });
      if (body.fail) throw new Problem('conflict', 'Told to fail.');
      return {
        status: 201,
        body: { count, by: actor(ctx).name },
        headers: { Location: `/api/v1/notes/${count}` },
      };
    },
  }),
];

const page: PageAnswer = { status: 404, contentType: 'text/plain', body: 'none', tags: [], cache: 'page' };

async function serve(db: Db): Promise<HttpServer> {
  return makeServer({
    db,
    services: undefined,
    api: routes,
    pages: [],
    sitePages: { notFound: async () => page, failed: async () => page },
    authenticate: async () => ({ userId: 'u1', name: 'Ed', role: 'editor' }),
    ready: async () => undefined,
    origin: 'https://news.example',
    version: '0.1.0',
    trustProxy: { kind: 'none' },
    cacheBytes: 1_000_000,
    log: makeLog('silent'),
  });
}

eachDatabase('Idempotency-Key', (open) => {
  test('an Idempotency-Key gets the first answer again, and the work is done once', async () => {
    const db = await open();
    const { app } = await serve(db);
    const post = (key: string, body: object) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/notes',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        payload: body,
      });
    const first = await post('k1', { text: 'a' });
    const again = await post('k1', { text: 'a' });
    expect([first.statusCode, first.json(), first.headers.location]).toEqual([
      201,
      { count: 1, by: 'Ed' },
      '/api/v1/notes/1',
    ]);
    expect([again.statusCode, again.json(), again.headers.location]).toEqual([
      201,
      { count: 1, by: 'Ed' },
      '/api/v1/notes/1',
    ]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(await readSetting(db.read, 'count')).toBe(1);
    expect((await post('k1', { text: 'other' })).statusCode).toBe(422);
    expect((await post('k2', { text: 'a' })).json()).toMatchObject({ count: 2 });
    await app.close();
  });

  test('a refusal under a key leaves nothing behind and may be tried again', async () => {
    const db = await open();
    const { app } = await serve(db);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const ask = (fail: boolean) =>
      app.inject({ method: 'POST', url: '/api/v1/notes', headers, payload: { text: 'a', fail } });
    expect((await ask(true)).statusCode).toBe(409);
    expect(await readSetting(db.read, 'count')).toBeUndefined();
    expect((await ask(false)).statusCode).toBe(201);
    await app.close();
  });

  test('of many requests with one key at once, one does the work', async () => {
    const db = await open();
    const one = await serve(db);
    const other = await serve(db);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        (index % 2 === 0 ? one : other).app.inject({
          method: 'POST',
          url: '/api/v1/notes',
          headers,
          payload: { text: 'a' },
        }),
      ),
    );
    expect(answers.filter((answer) => answer.statusCode === 201).length).toBeGreaterThanOrEqual(1);
    const done = answers.filter((answer) => answer.statusCode === 201);
    expect(done.map((answer) => answer.json().count)).toEqual(done.map(() => 1));
    expect(answers.filter((answer) => answer.statusCode !== 201 && answer.statusCode !== 409)).toEqual([]);
    expect(await readSetting(db.read, 'count')).toBe(1);
    await one.app.close();
    await other.app.close();
  });

  test('keys are forgotten by age', async () => {
    const db = await open();
    const { app } = await serve(db);
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    const ask = () => app.inject({ method: 'POST', url: '/api/v1/notes', headers, payload: { text: 'a' } });
    await ask();
    expect(await db.write((tx) => forgetKeys(tx, '2020-01-01T00:00:00.000Z'))).toBe(0);
    expect(await db.write((tx) => forgetKeys(tx, '2999-01-01T00:00:00.000Z'))).toBe(1);
    expect((await ask()).json()).toMatchObject({ count: 2 });
    await app.close();
  });
});
