import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Instant } from '../../base/clock.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Db } from '../../storage/db.ts';
import type { RoutePermission } from '../api/route-types.ts';
import type { LimitName } from '../limits.ts';
import type { Logger } from '../log.ts';

/** What a raw route gets of the house and of who asks. Nothing it answers is kept by the page cache. */
export type RawContext<S = unknown> = {
  readonly db: Db;
  readonly services: S;
  /** Who asks, by token or session; undefined on a public route for strangers. */
  readonly actor: Actor | undefined;
  /** Asks again who it is, for what stays open after the request: undefined once the session or the token has ended. */
  actorNow(): Promise<Actor | undefined>;
  readonly now: Instant;
  /** What limits count as one caller: an IPv4 address, or an IPv6 /64. Never stored. */
  readonly addressKey: string;
  /** Takes one from an account's or a target's allowance. @throws Problem `rate-limited` */
  limitTarget(name: LimitName, target: string): void;
  readonly https: boolean;
  readonly origin: string;
  readonly log: Logger;
};

/** What a raw route reads of the address: parameters of its pattern, percent-decoded; the query as it came. */
export type RawAddress = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly path: string;
};

/**
 * An address whose answer is neither JSON of the API nor a public page: a stream, a form, a page that reads the session's cookie, an
 * upload in pieces. It answers by itself with node's request and response; what it throws becomes a problem document, or the site's
 * page of the error where HTML was asked for. Unsafe methods with a cookie must come from the same origin, as everywhere.
 */
export type RawRoute<S = unknown> = {
  readonly methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[];
  /** As page routes write it: text, `:name`, `:name.ext`, a last `*`. */
  readonly pattern: `/${string}`;
  readonly permission: RoutePermission;
  /** As with routes of the API. */
  readonly fresh?: boolean;
  readonly beforeSecondFactor?: boolean;
  /** Taken from the address's allowance at every request, and from the account's where somebody is signed in. */
  readonly limit?: LimitName;
  handle(
    ctx: RawContext<S>,
    input: RawAddress,
    io: { req: IncomingMessage; res: ServerResponse },
  ): Promise<void>;
};

/** An address that becomes a WebSocket. `handle` owns the socket; what it throws before it has answered closes it with a status. */
export type UpgradeRoute<S = unknown> = {
  readonly pattern: `/${string}`;
  readonly permission: RoutePermission;
  handle(
    ctx: RawContext<S>,
    input: RawAddress,
    io: { req: IncomingMessage; socket: Duplex; head: Buffer },
  ): Promise<void>;
};
