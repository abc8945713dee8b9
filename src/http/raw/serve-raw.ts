import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import type { GateOptions } from '../api/gate.ts';
import { PROBLEM_JSON, problemOf } from '../api/problem-json.ts';
import { limitKey } from '../client-address.ts';
import { checkSameOrigin } from '../csrf.ts';
import { type Door, enter } from '../entry.ts';
import { apiHeaders } from '../headers.ts';
import type { Logger } from '../log.ts';
import { readAddress } from '../pages/address.ts';
import { makeMatcher, type Match } from '../pages/match.ts';
import type { RawContext, RawAddress, RawRoute, UpgradeRoute } from './raw-route.ts';

export type RawOptions<S> = GateOptions & {
  readonly routes: readonly RawRoute<S>[];
  readonly upgrades: readonly UpgradeRoute<S>[];
  readonly db: Db;
  readonly services: S;
  readonly https: boolean;
  readonly log: Logger;
  /** Sends the site's page of an error to who asked for HTML. */
  readonly failedPage: (req: IncomingMessage, res: ServerResponse, cause: unknown) => Promise<void>;
};

export type RawServer = {
  /** Whether an address is a raw route's, whatever the method. */
  takes(url: string): boolean;
  /** Answers an address that it takes. */
  answer(req: IncomingMessage, res: ServerResponse): void;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** Serves raw routes and upgrades: matching, permission, limits, same origin, and faults. */
export function makeRawServer<S>(options: RawOptions<S>): RawServer {
  const routes = byPattern(options.routes);
  const match = makeMatcher(routes);
  const matchUpgrade = makeMatcher(options.upgrades);
  const firsts = new Set(routes.map(({ pattern }) => pattern.split('/')[1] ?? ''));

  async function contextOf(
    req: IncomingMessage,
    route: Door & Pick<RawRoute<S>, 'limit'>,
  ): Promise<RawContext<S>> {
    const addressKey = limitKey(options.clientAddress(req));
    if (route.limit !== undefined) options.limiter.address(route.limit, addressKey);
    checkSameOrigin({ method: req.method ?? 'GET', headers: req.headers }, options.origin);
    const known = await options.authenticate(req.headers);
    if (known !== undefined && route.limit !== undefined)
      options.limiter.account(route.limit, `user ${known.userId}`);
    const now = options.clock.now();
    const actor = enter(known, route, now);
    return {
      db: options.db,
      services: options.services,
      actor,
      now,
      actorNow: () => options.authenticate(req.headers),
      addressKey,
      limitTarget: (name, target) => options.limiter.account(name, `target ${target}`),
      https: options.https,
      origin: options.origin,
      log: options.log,
    };
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const found = find(match, req.url ?? '');
    if (found === undefined) throw new Problem('not-found', 'There is nothing at this address.');
    const { route, input } = found;
    const { method = 'GET' } = req;
    const chosen = route.of.find(({ methods }) => (methods as readonly string[]).includes(method));
    if (chosen === undefined) {
      res.setHeader('Allow', route.of.flatMap(({ methods }) => methods).join(', '));
      throw Object.assign(new Error('method'), { statusCode: 405 });
    }
    await chosen.handle(await contextOf(req, chosen), input, { req, res });
  }

  async function recover(req: IncomingMessage, res: ServerResponse, cause: unknown): Promise<void> {
    const requestId = newId();
    const { status, body } = problemOf(cause, requestId);
    if (status >= 500) options.log.error({ err: cause, requestId }, 'a request failed');
    if (res.headersSent) return void res.destroy();
    if (/\btext\/html\b/.test(req.headers.accept ?? '') && status !== 405)
      return options.failedPage(req, res, cause);
    if (cause instanceof Problem && cause.retryAfter !== undefined)
      res.setHeader('Retry-After', String(cause.retryAfter));
    res.writeHead(status, { ...apiHeaders(options.https), 'content-type': PROBLEM_JSON });
    res.end(JSON.stringify(body));
  }

  return {
    takes: (url) => {
      const first = url.slice(1).split(/[/?]/, 1)[0] ?? '';
      return firsts.has(first) && find(match, url) !== undefined;
    },
    answer: (req, res) => {
      serve(req, res)
        .catch((cause: unknown) => recover(req, res, cause))
        .catch(() => res.destroy());
    },
    upgrade: (req, socket, head) => {
      const refuse = (cause: unknown): void => {
        const { status } = problemOf(cause, newId());
        if (status >= 500) options.log.error({ err: cause }, 'an upgrade failed');
        if (socket.writable)
          socket.end(
            `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
          );
        else socket.destroy();
      };
      // A socket that breaks before anyone owns it must not take the process with it.
      socket.on('error', () => socket.destroy());
      const found = find(matchUpgrade, req.url ?? '');
      if (found === undefined) return refuse(new Problem('not-found', 'There is nothing at this address.'));
      if (!isOwnPage(req, options.origin))
        return refuse(new Problem('forbidden', 'The socket is opened by a page of another site.'));
      contextOf(req, found.route)
        .then((ctx) => found.route.handle(ctx, found.input, { req, socket, head }))
        .catch(refuse);
    },
  };
}

/** Routes of one pattern with different methods are one entry of the matcher. */
function byPattern<S>(routes: readonly RawRoute<S>[]): { pattern: string; of: RawRoute<S>[] }[] {
  const found = new Map<string, RawRoute<S>[]>();
  for (const route of routes) found.set(route.pattern, [...(found.get(route.pattern) ?? []), route]);
  return [...found].map(([pattern, of]) => ({ pattern, of }));
}

function find<R>(
  match: (segments: readonly string[]) => Match<R> | undefined,
  url: string,
): { route: R; input: RawAddress } | undefined {
  const address = readAddress(url);
  // The first address of a raw room may end with a slash (`/newsroom/`); its route sees to which of the two is the right one.
  const bare = url.replace(/^(\/[a-z-]+)\/(?=\?|$)/, '$1');
  if (address.kind === 'moved' && bare !== url) return find(match, bare);
  if (address.kind !== 'address') return undefined;
  const found = match(address.segments);
  if (found === undefined) return undefined;
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  return { route: found.route, input: { params: found.params, query, path: address.path } };
}

/**
 * Whether a socket is opened by a page of this site: of its public address, or of the very host that was asked, by which a house is reached
 * on its own machine. A page of another host can say neither (RFC 6455 §10.2), and has no cookie of ours.
 */
function isOwnPage({ headers }: IncomingMessage, own: string): boolean {
  const { origin, host } = headers;
  return origin === undefined || origin === own || (host !== undefined && URL.parse(origin)?.host === host);
}
