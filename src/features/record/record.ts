/** The record's door: what other features and the program call. */
export { eraseContents } from './erase.ts';
export { ensureRecordKey } from './key.ts';
export { type AppendedLeaf, appendLeaves, type NewLeaf } from './record.store.ts';
