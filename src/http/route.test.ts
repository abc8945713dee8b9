import { expect, test } from 'vitest';
import { z } from 'zod';
import { actor, type ApiContext, type ApiRoute, pageRoute, type PageRoute, route } from './route.ts';

const noCtx: ApiContext<{ greet(name: string): string }> = {
  db: undefined as never,
  services: { greet: (name) => `hello ${name}` },
  actor: undefined,
  now: '2026-01-01T00:00:00.000Z',
  headers: {},
  addressKey: '127.0.0.1',
  requestId: 'r',
  expected: undefined,
};

const hello = route({
  method: 'PUT',
  path: '/api/v1/hello/:name',
  summary: 'Greets',
  tags: ['test'],
  permission: 'public',
  input: {
    params: z.object({ name: z.string() }),
    query: z.object({ times: z.coerce.number().int().default(1) }),
    body: z.strictObject({ loud: z.boolean(), tone: z.object({ a: z.number() }).optional() }),
  },
  output: { 200: z.object({ text: z.string() }), 204: null },
  handler: async (ctx: ApiContext<{ greet(name: string): string }>, input) => {
    if (input.query.times === 0) return { status: 204 };
    const text = ctx.services.greet(input.params.name).repeat(input.query.times);
    const answer = { text: input.body.loud ? text.toUpperCase() : text, secret: 'canary' };
    return { status: 200, body: answer, etag: 3 };
  },
});

test('a route parses its input, runs, and sends only what its schema names', async () => {
  const call = hello.prepare({
    params: { name: 'ann' },
    query: { times: '2' },
    body: { loud: true },
    raw: undefined,
  });
  expect(await call.run(noCtx)).toEqual({ status: 200, body: { text: 'HELLO ANNHELLO ANN' }, etag: 3 });
});

test('every faulty field is named', () => {
  const request = {
    params: { name: 'ann' },
    query: { times: 'x' },
    body: { loud: 1, tone: { a: 'b' } },
    raw: undefined,
  };
  expect(() => hello.prepare(request)).toThrow(
    expect.objectContaining({
      kind: 'invalid',
      fields: {
        '?times': expect.any(String),
        '/loud': expect.any(String),
        '/tone/a': expect.any(String),
      },
    }),
  );
});

test('a mutation without an input schema is not a route', () => {
  const make = (): ApiRoute =>
    route({
      method: 'POST',
      path: '/api/v1/x',
      summary: 'x',
      tags: [],
      permission: 'public',
      input: {},
      output: z.object({}),
      handler: async () => ({ body: {} }),
    });
  expect(make).toThrow('no input schema');
});

test('actor() refuses a stranger', () => {
  expect(() => actor(noCtx)).toThrow(expect.objectContaining({ kind: 'unauthenticated' }));
});

test('a page route gets the names of its pattern', async () => {
  const page = pageRoute({
    pattern: '/:section/:slug.json',
    query: ['after'],
    load: async (_ctx, { params, query }) => ({
      status: 200,
      contentType: 'text/plain',
      body: `${params.section} ${params.slug} ${query.after ?? 'first'}`,
      tags: [],
      cache: 'page',
    }),
  });
  const all: PageRoute[] = [page];
  expect(all[0]?.query).toEqual(['after']);
  const ctx = { read: undefined as never, services: undefined, now: noCtx.now };
  const answer = await page.load(ctx, { params: { section: 'a', slug: 'b' }, query: {}, path: '/a/b.json' });
  expect(answer).toMatchObject({ body: 'a b first' });
});
