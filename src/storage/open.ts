import { join } from 'node:path';
import type { Db } from './db.ts';
import { openPostgres } from './dialect/postgres.ts';
import { openSqlite } from './dialect/sqlite.ts';
import { migrate } from './migrate.ts';

/** Where the data is: the database of the folder, or a PostgreSQL server. */
export type DatabaseConfig =
  | { kind: 'sqlite'; file: string }
  | { kind: 'postgres'; url: string; poolSize?: number };

/** The embedded database's place in a data folder. */
export function sqliteFile(dataFolder: string): string {
  return join(dataFolder, 'dateline.sqlite');
}

/** Opens the database and brings its tables up to date. */
export async function openDb(config: DatabaseConfig): Promise<Db> {
  const db = await openAsIs(config);
  try {
    await migrate(db);
    return db;
  } catch (cause) {
    await db.close();
    throw cause;
  }
}

/** Opens the database as it is, whatever edition its tables are of: for `doctor` and `restore`. */
export async function openAsIs(config: DatabaseConfig): Promise<Db> {
  return config.kind === 'sqlite' ? openSqlite(config.file) : openPostgres(config);
}
