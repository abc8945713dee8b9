/** What features are written against: routes of the API and public pages, as values. */
export { actor, deedOf, route } from './api/define.ts';
export * from './api/route-types.ts';
export * from './pages/page-route.ts';
export type * from './raw/raw-route.ts';
export { checkFresh, isFresh } from './entry.ts';
