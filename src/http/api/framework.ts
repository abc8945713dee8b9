import type { IncomingMessage, RequestListener, Server } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { truncatedAddress } from '../client-address.ts';
import { apiHeaders } from '../headers.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { readAddress } from '../pages/address.ts';
import { makeMatcher } from '../pages/match.ts';
import type { ApiRoute } from '../route.ts';
import { PROBLEM_JSON, problemOf } from './problem-json.ts';

export type FrameworkOptions = {
  readonly https: boolean;
  readonly routes: readonly ApiRoute<never>[];
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clientAddress: (req: IncomingMessage) => string;
  readonly makeServer: (handler: RequestListener) => Server;
};

/** The framework with our manners: JSON only, every error a problem document, nothing kept by caches, a line in the log. */
export function makeFramework(options: FrameworkOptions): FastifyInstance {
  const { https, log, metrics } = options;
  const app = Fastify({
    serverFactory: (handler) =>
      options.makeServer((req, res) => {
        const address = readAddress(req.url ?? '');
        if (address.kind !== 'bad') return handler(req, res);
        // The framework would answer what it cannot read in words of its own.
        const { body } = problemOf(new Problem('invalid', address.reason), newId());
        const headers = { ...apiHeaders(https), 'content-type': PROBLEM_JSON };
        res.writeHead(address.status, headers).end(JSON.stringify({ ...body, status: address.status }));
      }),
    genReqId: newId,
    routerOptions: { maxParamLength: 500 },
    exposeHeadRoutes: true,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(apiHeaders(https)).header('request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime } = reply;
    metrics.observe({ route, method: request.method, status, seconds: elapsedTime / 1000 });
    const network = truncatedAddress(options.clientAddress(request.raw));
    const ms = Math.round(elapsedTime);
    log.info({ requestId: request.id, route, method: request.method, status, ms, network }, 'answered');
  });
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = problemOf(error, request.id);
    if (status >= 500) log.error({ err: error, requestId: request.id }, 'a request failed');
    if (status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="Dateline"');
    if (error instanceof Problem && error.retryAfter !== undefined)
      void reply.header('Retry-After', String(error.retryAfter));
    return reply.code(status).type(PROBLEM_JSON).send(body);
  });

  const methodsAt = makeMethodFinder(options.routes);
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(request.url);
    if (allowed.length === 0) {
      const { body } = problemOf(new Problem('not-found', 'There is nothing at this address.'), request.id);
      return reply.code(404).type(PROBLEM_JSON).send(body);
    }
    const allow = allowed.join(', ');
    const { body } = problemOf(new Problem('invalid', `This address takes ${allow}.`), request.id);
    const said = { ...body, status: 405, title: 'Method Not Allowed', kind: 'method-not-allowed' };
    return reply.code(405).header('Allow', allow).type(PROBLEM_JSON).send(said);
  });
  return app;
}

/** Which methods an address takes, for 405. */
function makeMethodFinder(routes: readonly ApiRoute<never>[]): (url: string) => string[] {
  const byPattern = new Map<string, Set<string>>();
  for (const { path, method } of routes) {
    const shape = path.replace(/:\w+/g, ':name');
    const methods = byPattern.get(shape) ?? new Set<string>();
    methods.add(method);
    if (method === 'GET') methods.add('HEAD');
    byPattern.set(shape, methods);
  }
  const match = makeMatcher([...byPattern].map(([pattern, methods]) => ({ pattern, methods })));
  return (url) => {
    const address = readAddress(url);
    const found = address.kind === 'address' ? match(address.segments) : undefined;
    return [...(found?.route.methods ?? [])];
  };
}
