import type { Instant } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import { type Actor, may } from '../contract/permissions.ts';
import type { RoutePermission } from './api/route-types.ts';

/** What a route asks of who comes. */
export type Door = {
  readonly permission: RoutePermission;
  readonly fresh?: boolean;
  readonly beforeSecondFactor?: boolean;
};

/** How long a sign-in is fresh. */
export const FRESH_MS = 600_000;

/**
 * Lets somebody in, or not; answers with who came in. Somebody of the house who has no second factor yet is nobody on a public route.
 * @throws Problem `unauthenticated`, `forbidden`, `fresh-sign-in`
 */
export function enter(actor: Actor | undefined, door: Door, now: Instant): Actor | undefined {
  const { permission } = door;
  const limited = actor?.session?.limited === true && door.beforeSecondFactor !== true;
  if (permission === 'public') return limited ? undefined : actor;
  if (actor === undefined)
    throw new Problem(
      'unauthenticated',
      'This needs an account.',
      'Sign in, or send a token as Authorization: Bearer TOKEN.',
    );
  if (limited)
    throw new Problem(
      'forbidden',
      'People of the house need a passkey or a second factor before they can do anything.',
      'Set one up first.',
    );
  if (permission !== 'signed-in' && !may(actor, permission))
    throw new Problem(
      'forbidden',
      `This needs the permission ${permission}, which ${actor.name} does not have here.`,
    );
  if (door.fresh === true) checkFresh(actor, now);
  return actor;
}

/** Whether somebody proved who they are in the last ten minutes. A token cannot prove anything anew and counts as fresh. */
export function isFresh(actor: Actor, now: Instant): boolean {
  return (
    actor.session === undefined || Date.parse(now) - Date.parse(actor.session.authenticatedAt) <= FRESH_MS
  );
}

/** @throws Problem `fresh-sign-in` */
export function checkFresh(actor: Actor, now: Instant): void {
  if (!isFresh(actor, now))
    throw new Problem(
      'fresh-sign-in',
      'This asks for a sign-in of the last ten minutes.',
      'Sign in again; what you were doing goes on after it.',
    );
}
