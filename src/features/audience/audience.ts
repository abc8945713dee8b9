/** The door of the audience: what pages, the front door and the command line use. */
export { mostListed } from './audience.views.ts';
export { foldAll, recountAudience, tendLog } from './recount.ts';
export { type Audience, databaseLedger, openAudience } from './room.ts';
export { type Measure, type Period } from './scores.ts';
export { shelvesSubscriber } from './shelves.ts';
export { openSpool } from './spool.ts';
export { makeNumbersTeller } from './tell.ts';
