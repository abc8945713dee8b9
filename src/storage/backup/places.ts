import type { Db } from '../db.ts';
import type { BlobsConfig } from '../files/blobs.ts';
import type { DatabaseConfig } from '../open.ts';

/** Where a backup goes to. */
export type RestorePlaces = {
  readonly dataFolder: string;
  readonly database: DatabaseConfig;
  readonly media: BlobsConfig;
  /** Makes anew what is not in a backup: the search index. */
  readonly rebuild: (db: Db) => Promise<void>;
};
