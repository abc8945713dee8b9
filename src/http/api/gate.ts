import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import { limitKey } from '../client-address.ts';
import { checkSameOrigin } from '../csrf.ts';
import { enter } from '../entry.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { ApiRoute } from '../route.ts';

/** Who bears these headers; undefined for nobody. Looks at Authorization and the session's cookie. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Actor | undefined>;

export type GateOptions = {
  readonly authenticate: Authenticate;
  readonly limiter: RateLimiter;
  readonly clientAddress: (req: IncomingMessage) => string;
  readonly clock: Clock;
  /** The site's own, for requests that bear a cookie. */
  readonly origin: string;
};

/**
 * Everything that is asked before a body is read: the address's allowance, same origin, who it is, whether they may, their allowance, and
 * whether a required If-Match is there. Answers with the actor. @throws Problem
 */
export async function passGate(
  req: IncomingMessage,
  route: ApiRoute<never>,
  options: GateOptions,
): Promise<Actor | undefined> {
  const { headers } = req;
  options.limiter.address(route.limit, limitKey(options.clientAddress(req)));
  checkSameOrigin({ method: route.method, headers }, options.origin);
  const actor = await options.authenticate(headers);
  if (actor === undefined && headers.authorization !== undefined)
    throw new Problem(
      'unauthenticated',
      'The token is unknown, expired or revoked.',
      'Make a new one: dateline token create.',
    );
  if (actor !== undefined) options.limiter.account(route.limit, `user ${actor.userId}`);
  const entered = enter(actor, route, options.clock.now());
  if (route.ifMatch === 'required' && headers['if-match'] === undefined)
    throw new Problem(
      'precondition-required',
      'A change must say which version it changes.',
      'Send the ETag that was read as If-Match.',
    );
  return entered;
}

/**
 * The row version of `If-Match: "7"`; undefined when absent or `*`. A tag that was never ours, or a weak one, matches nothing
 * (RFC 9110 §13.1.1). @throws Problem `precondition-failed`
 */
export function expectedVersion(header: string | undefined): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '*') return undefined;
  const version = /^"(\d{1,15})"$/.exec(text)?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem(
    'precondition-failed',
    'If-Match is not the ETag of a version of this.',
    'Read it again and send its ETag as it is.',
  );
}
