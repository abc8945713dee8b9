import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../../storage/db.ts';
import type { Press } from '../articles/articles.ts';
import type { ModerationRoom } from './room.ts';

/** What the routes of moderation need of the house. */
export type ModerationServices = { readonly origin: string; readonly clock: Clock; readonly press: Press };

type Context = { readonly db: Db; readonly services: ModerationServices };

export function roomOf({ db, services }: Context): ModerationRoom {
  return { db, clock: services.clock, origin: services.origin };
}

/** The language of answers: what the browser asks for first. */
export function languageOfHeaders(headers: { readonly 'accept-language'?: string | undefined }): string {
  return /^\s*([A-Za-z]{2,3})/.exec(headers['accept-language'] ?? '')?.[1]?.toLowerCase() ?? 'en';
}

/** @throws Problem `not-found` */
export function missing(what: string, id: string): Problem {
  return new Problem('not-found', `There is no ${what} ${id}.`);
}
