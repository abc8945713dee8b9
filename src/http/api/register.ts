import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Db } from '../../storage/db.ts';
import { matchesTag } from '../pages/conditional.ts';
import { limitKey } from '../client-address.ts';
import type { AnyAnswer, ApiContext, ApiRoute, RawInput } from '../route.ts';
import { expectedVersion, type GateOptions, passGate } from './gate.ts';
import { makeIdempotency } from './idempotency.ts';
import { type KeptAnswer, requestDigest } from './idempotency.store.ts';

export type ApiOptions<S> = GateOptions & {
  readonly routes: readonly ApiRoute<S>[];
  readonly db: Db;
  readonly services: S;
};

/** Puts the routes into the framework: the gate, bodies, idempotency, answers. */
export function registerApi<S>(app: FastifyInstance, options: ApiOptions<S>): void {
  const actors = new WeakMap<FastifyRequest, Actor>();
  const idempotency = makeIdempotency(options.db);

  function context(request: FastifyRequest, route: ApiRoute<S>, db: Db): ApiContext<S> {
    return {
      db,
      services: options.services,
      actor: actors.get(request),
      now: options.clock.now(),
      requestId: request.id,
      headers: request.headers,
      addressKey: limitKey(options.clientAddress(request.raw)),
      expected: route.ifMatch === undefined ? undefined : expectedVersion(request.headers['if-match']),
    };
  }

  async function answer(
    route: ApiRoute<S>,
    request: FastifyRequest,
  ): Promise<KeptAnswer & { replayed?: boolean }> {
    const body = route.raw === undefined ? (request.body ?? {}) : undefined;
    const raw = route.raw === undefined ? undefined : rawInput(request, route.raw);
    const call = route.prepare({ params: request.params, query: request.query, body, raw });
    if (call.limitTarget !== undefined) options.limiter.account(route.limit, `target ${call.limitTarget}`);
    const key = request.headers['idempotency-key'];
    if (!route.idempotent || key === undefined)
      return packed(await call.run(context(request, route, options.db)));
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
      throw new Problem('invalid', 'An Idempotency-Key has 1 to 255 visible characters.');
    const scope = `${actors.get(request)?.userId ?? 'public'} ${route.method} ${route.path}`;
    const digest = requestDigest([request.url, request.headers['if-match'] ?? '', JSON.stringify(body)]);
    return idempotency.run({ scope, key, digest, now: options.clock.now() }, async (db) =>
      packed(await call.run(context(request, route, db))),
    );
  }

  function add(scope: FastifyInstance, route: ApiRoute<S>): void {
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.raw?.maxBytes ?? route.maxBytes,
      onRequest: async (request) => {
        const actor = await passGate(request.raw, route, options);
        if (actor !== undefined) actors.set(request, actor);
      },
      handler: async (request, reply) => send(request, reply, await answer(route, request)),
    });
  }

  for (const route of options.routes) if (route.raw === undefined) add(app, route);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of options.routes) if (route.raw !== undefined) add(scope, route);
  });
}

function packed(answer: AnyAnswer): KeptAnswer {
  const headers: Record<string, string | string[]> = { ...answer.headers };
  if (answer.etag !== undefined) headers['ETag'] = `"${answer.etag}"`;
  const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
  return { status: answer.status ?? 200, headers, body };
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: KeptAnswer & { replayed?: boolean },
): FastifyReply {
  void reply.headers(answer.headers);
  if (answer.replayed === true) void reply.header('Idempotent-Replayed', 'true');
  const tag = answer.headers['ETag']?.toString();
  const none = request.headers['if-none-match'];
  if (request.method === 'GET' && tag !== undefined && none !== undefined && matchesTag(none, tag))
    return reply.code(304).send();
  void reply.code(answer.status);
  if (answer.body === '') return reply.send();
  return reply.type('application/json; charset=utf-8').send(answer.body);
}

function rawInput(
  request: FastifyRequest,
  allowed: { readonly contentTypes: readonly string[]; readonly maxBytes: number },
): RawInput {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!allowed.contentTypes.includes(contentType)) {
    throw new Problem(
      'unsupported',
      `"${contentType}" is not taken here.`,
      `Send one of ${allowed.contentTypes.join(', ')}.`,
    );
  }
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > allowed.maxBytes) throw tooLarge(allowed.maxBytes);
  const stream = request.body instanceof Readable ? request.body : Readable.from([]);
  return { contentType, bytes: bounded(stream, allowed.maxBytes) };
}

async function* bounded(stream: Readable, maxBytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    seen += chunk.length;
    if (seen > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('too-large', `The body is larger than ${maxBytes} bytes, the most that is taken here.`);
}
