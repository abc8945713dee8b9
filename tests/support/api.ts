import { type Moderator, noRules } from '../../src/features/discussion/discussion.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type ApiServices, apiRoutes } from '../../src/api.ts';
import { type Clock, manualClock } from '../../src/base/clock.ts';
import { type Permission, type Role } from '../../src/contract/permissions.ts';
import {
  createToken,
  createUser,
  makeAuthenticate,
  makeOidcClient,
} from '../../src/features/accounts/accounts.ts';
import { databaseLedger, openAudience } from '../../src/features/audience/audience.ts';
import { articleCounts } from '../../src/features/articles/articles.ts';
import { makeHub } from '../../src/features/collaboration/collaboration.ts';
import { conceptLists } from '../../src/features/concepts/concepts.ts';
import { publishGate } from '../../src/features/desks/desks.ts';
import { ensureRecordKey } from '../../src/features/record/record.ts';
import { searchIndex } from '../../src/features/search/search.ts';
import { shortCodes } from '../../src/features/short-links/short-links.ts';
import { storylineLists } from '../../src/features/storylines/storylines.ts';
import { makeLiveHub, mapperOf } from '../../src/http/live/live.ts';
import { makeLog } from '../../src/http/log.ts';
import { makeOutbound } from '../../src/http/outbound.ts';
import { type HttpServer, makeServer } from '../../src/http/server.ts';
import { rawRoutes, upgradeRoutes } from '../../src/raw.ts';
import type { MediaRoom } from '../../src/features/media/media.ts';
import type { Db } from '../../src/storage/db.ts';
import { openBlobs } from '../../src/storage/files/blobs.ts';

export const ORIGIN = 'https://news.example';

type Ask = Omit<InjectOptions, 'url' | 'method' | 'headers'> & { headers?: Record<string, string> };

/** The API of a house, answered by the real server, and people with real tokens. */
export type TestApi = {
  readonly http: HttpServer;
  readonly media: MediaRoom;
  /** Listens on a free port, for clients that speak to a socket; the address without a path. */
  listen(): Promise<string>;
  readonly clock: Clock & { advance(ms: number): void };
  /** A new person of a role with a token. */
  person(role: Role, scopes?: readonly Permission[]): Promise<{ id: string; token: string }>;
  /** `ask('POST /api/v1/articles', token, { payload })`; every request comes from an address of its own. */
  ask(what: string, token?: string, options?: Ask): Promise<LightMyRequestResponse>;
} & AsyncDisposable;

export async function serveApi(
  db: Db,
  options: { readonly moderator?: (house: { db: Db; clock: Clock }) => Moderator } = {},
): Promise<TestApi> {
  const clock = manualClock('2026-03-01T10:00:00.000Z');
  const folder = await mkdtemp(join(tmpdir(), 'dateline-api-'));
  const blobs = openBlobs({ kind: 'disk', folder });
  await ensureRecordKey(db, ORIGIN);
  const projections = [articleCounts, storylineLists, conceptLists, shortCodes, searchIndex(db.kind)];
  const page = {
    status: 404 as const,
    contentType: 'text/plain',
    body: 'none',
    tags: [],
    cache: 'page' as const,
  };
  const collaboration = await makeHub({
    db,
    clock,
    fault: (cause) => {
      throw cause;
    },
  });
  const http = await makeServer<ApiServices>({
    db,
    services: {
      kind: db.kind,
      origin: ORIGIN,
      assets: { css: '/assets/x.css', js: '/assets/x.js', fonts: [] } as never,
      assetFolder: folder,
      blobs,
      press: { db, clock, projections, gate: publishGate(clock) },
      media: { db, blobs, clock },
      clock,
      signIn: { facebook: undefined, oidc: [] },
      oidcClient: makeOidcClient(),
      accountParts: [],
      moderator: options.moderator?.({ db, clock }) ?? noRules,
      collaboration,
      outbound: makeOutbound(),
      live: makeLiveHub({ read: db.read, map: mapperOf([]) }),
      audience: openAudience({
        db,
        clock,
        ledger: databaseLedger(db),
        gapMs: 0,
        origin: ORIGIN,
        onFault: () => undefined,
      }),
    },
    api: apiRoutes,
    pages: [],
    raw: rawRoutes,
    upgrades: upgradeRoutes,
    sitePages: { notFound: async () => page, failed: async () => page },
    authenticate: makeAuthenticate(db, clock, { https: true }),
    ready: async () => undefined,
    origin: ORIGIN,
    version: '0.0.0',
    trustProxy: { kind: 'none' },
    cacheBytes: 1_000_000,
    log: makeLog('silent'),
    clock,
  });
  let listening: ReturnType<HttpServer['listen']> | undefined;
  let people = 0;
  let requests = 0;
  return {
    http,
    media: { db, blobs, clock },
    listen: async () => {
      listening ??= http.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${(await listening).port}`;
    },
    clock,
    person: (role, scopes) =>
      db.write(async (tx) => {
        people += 1;
        const email = `person${people}@news.example`;
        const id = await createUser(tx, clock, { email, name: `Person ${people}`, role });
        const { secret } = await createToken(tx, clock, { userId: id, name: 'test', scopes });
        return { id, token: secret };
      }),
    ask: async (what, token, options = {}) => {
      requests += 1;
      const [method, url] = what.split(' ') as [InjectOptions['method'] & string, string];
      const headers = {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...options.headers,
      };
      const remoteAddress = `10.${requests >> 16}.${(requests >> 8) & 255}.${requests & 255}`;
      return http.app.inject({ remoteAddress, ...options, method, url, headers });
    },
    [Symbol.asyncDispose]: async () => {
      await collaboration.close();
      await http.close(0);
      await rm(folder, { recursive: true });
    },
  };
}
