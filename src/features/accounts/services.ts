import type { Clock } from '../../base/clock.ts';

/** What the routes of accounts need of the house, beside the database. */
export type AccountServices = { readonly clock: Clock; readonly origin: string };
