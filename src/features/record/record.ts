/** The record's door: what other features and the program call. */
export { eraseContents, eraseVersion } from './erase.ts';
export { exportRecord } from './export.ts';
export { ensureRecordKey } from './key.ts';
export { type AppendedLeaf, appendLeaves, type NewLeaf } from './record.store.ts';
export type { Fault, Progress, RecordReport } from './report.ts';
export { folderSource, openSource, type RecordSource, siteSource } from './sources.ts';
export { verifyDatabase } from './verify.database.ts';
export type { Expected } from './verify.published.ts';
export { verifyRecord, type VerifyOptions } from './verify.ts';
export { entriesPath } from './tiles.ts';
