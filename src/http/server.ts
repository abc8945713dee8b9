import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type Clock, systemClock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { TrustProxy } from '../config/config.ts';
import type { Db } from '../storage/db.ts';
import { makeFramework } from './api/framework.ts';
import type { Authenticate } from './api/gate.ts';
import { openApiDocument } from './api/openapi.ts';
import { registerApi } from './api/register.ts';
import { limitKey, makeClientAddress } from './client-address.ts';
import type { Logger } from './log.ts';
import { makeMetrics, type Metrics } from './metrics.ts';
import { makeFrontDoor, type Outcome, type SitePages } from './pages/front-door.ts';
import { makePageCache, type PageCache } from './pages/page-cache.ts';
import type { PageRoute } from './pages/page-route.ts';
import { makeRateLimiter } from './rate-limit.ts';
import type { RawRoute, UpgradeRoute } from './raw/raw-route.ts';
import { makeRawServer, type RawServer } from './raw/serve-raw.ts';
import type { ApiRoute } from './route.ts';

export type ServerOptions<S> = {
  readonly db: Db;
  readonly services: S;
  readonly api: readonly ApiRoute<S>[];
  readonly pages: readonly PageRoute<S>[];
  /** Streams, forms, pages that read the session, sockets. */
  readonly raw?: readonly RawRoute<S>[];
  readonly upgrades?: readonly UpgradeRoute<S>[];
  readonly sitePages: SitePages<S>;
  readonly authenticate: Authenticate;
  /** Rejects while this process should get no requests. */
  readonly ready: () => Promise<void>;
  readonly origin: string;
  readonly version: string;
  readonly trustProxy: TrustProxy;
  readonly cacheBytes: number;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly surrogateKeys?: boolean;
  /** Told of every page and redirect that is counted, with the caller's key for whoever needs it. */
  readonly served?: (request: {
    readonly subject: string;
    readonly headers: IncomingHttpHeaders;
    readonly addressKey: () => string;
  }) => void;
};

export type HttpServer = {
  readonly cache: PageCache<Outcome>;
  readonly metrics: Metrics;
  /** The framework, for `inject` in tests; the front door is not in it. */
  readonly app: FastifyInstance;
  /** Throws away pages with these tags. */
  bump(tags: readonly string[]): void;
  /** Starts to listen; answers with the address that it got. */
  listen(at: { readonly host: string; readonly port: number }): Promise<AddressInfo>;
  /**
   * Drains: says on /readyz that it goes, takes no new connection, lets requests end for so many milliseconds, then breaks what is left.
   */
  close(graceMs?: number): Promise<void>;
};

/** A request line with its headers, the time for them, for a whole request (uploads), and between requests. */
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
};

/** Puts the front door before the framework on one listener. */
export async function makeServer<S>(options: ServerOptions<S>): Promise<HttpServer> {
  const clock = options.clock ?? systemClock;
  const https = options.origin.startsWith('https:');
  const clientAddress = makeClientAddress(options.trustProxy);
  const limiter = makeRateLimiter();
  const cache = makePageCache<Outcome>({ maxBytes: options.cacheBytes });
  const metrics = makeMetrics(() => cache.stats());
  const door = makeFrontDoor<S>({
    routes: options.pages,
    sitePages: options.sitePages,
    cache,
    context: () => ({ read: options.db.read, services: options.services, now: clock.now() }),
    https,
    ...(options.surrogateKeys === undefined ? {} : { surrogateKeys: options.surrogateKeys }),
    passes: ['/api/', '/healthz', '/readyz'],
    isRaw: (url) => raw.takes(url),
    limit: (req, route) => {
      if (route.limit !== undefined) limiter.address(route.limit, limitKey(clientAddress(req)));
    },
    ...(options.served === undefined
      ? {}
      : {
          served: (subject, req) =>
            options.served?.({
              subject,
              headers: req.headers,
              addressKey: () => limitKey(clientAddress(req)),
            }),
        }),
    onFault: (cause, path) => options.log.error({ err: cause, path: path.split('?')[0] }, 'a page failed'),
  });

  const gate = { authenticate: options.authenticate, limiter, clientAddress, clock, origin: options.origin };
  const raw: RawServer = makeRawServer<S>({
    ...gate,
    routes: options.raw ?? [],
    upgrades: options.upgrades ?? [],
    db: options.db,
    services: options.services,
    https,
    log: options.log,
    failedPage: (req, res, cause) => door.failed(req, res, cause),
  });
  let server: Server | undefined;
  let draining = false;
  const app = makeFramework({
    https,
    routes: options.api,
    log: options.log,
    metrics,
    clientAddress,
    makeServer: (handler) => {
      server = createServer(LIMITS, (req, res) =>
        door(req, res, () => (raw.takes(req.url ?? '') ? raw.answer(req, res) : handler(req, res))),
      );
      server.on('upgrade', (req, socket, head) => raw.upgrade(req, socket, head));
      server.on('clientError', refuseGarbage);
      return server;
    },
  });
  registerApi(app, { ...gate, routes: options.api, db: options.db, services: options.services });
  const document = JSON.stringify(
    openApiDocument(options.api, { title: 'Dateline', version: options.version, origin: options.origin }),
  );
  app.get('/api/v1/openapi.json', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .type('application/json')
      .send(document),
  );
  app.get('/healthz', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    if (draining) throw new Problem('unavailable', 'This process is about to end.');
    await options.ready();
    return reply.type('text/plain').send('ready\n');
  });
  await app.ready();

  return {
    cache,
    metrics,
    app,
    bump: (tags) => cache.bump(tags),
    listen: async ({ host, port }) => {
      await app.listen({ host, port, exclusive: false });
      const address = server?.address();
      if (address === null || address === undefined || typeof address === 'string')
        throw new Error('no address');
      return address;
    },
    close: async (graceMs = 10_000) => {
      draining = true;
      // Kept connections fall idle one by one as their requests end.
      const idle = setInterval(() => server?.closeIdleConnections(), 50);
      const late = setTimeout(() => server?.closeAllConnections(), graceMs);
      try {
        await app.close();
      } finally {
        clearInterval(idle);
        clearTimeout(late);
      }
    },
  };
}

/** What is no HTTP, or too much of it, gets a plain word and a closed door. */
function refuseGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
