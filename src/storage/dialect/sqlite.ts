import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { Problem } from '../../base/problem.ts';
import { type Db, onCommit, runTransaction } from '../db.ts';
import type { Tables } from '../tables/index.ts';
import { sqliteCatalog } from './sqlite.catalog.ts';
import { sqliteDialect } from './sqlite.driver.ts';
import { openWakeFile } from './wake.ts';

/** Before 3.51.3 a WAL reset could lose committed data under a rare race; we refuse to run on it. */
const OLDEST = [3, 51, 3] as const;

/** Opens (and makes, where absent) the database file. Migrations are applied by `migrate`. */
export function openSqlite(file: string): Db {
  mkdirSync(dirname(file), { recursive: true, mode: 0o750 }); // It holds the record's key.
  const writer = connect(file, { readonly: false });
  const reader = connect(file, { readonly: true });
  const writing = new Kysely<Tables>({ dialect: sqliteDialect(writer, 'write') });
  const reading = new Kysely<Tables>({ dialect: sqliteDialect(reader, 'read') });
  const wake = openWakeFile(`${file}.wake`);
  return {
    kind: 'sqlite',
    read: reading,
    write: (work) => runTransaction(writing, work),
    dialect: {
      lockOutbox: async () => undefined, // BEGIN IMMEDIATE already lets one writer in at a time.
      announce: async (tx) => onCommit(tx, () => wake.announce()),
      listen: async (heard) => wake.listen(heard),
      signal: async () => undefined,
      hearSignals: async () => async () => undefined,
      snapshot: async (target) => {
        const source = connect(file, { readonly: true });
        try {
          // Without a transaction that pins the source, every write of another connection starts the copy over.
          source.exec('begin');
          source.prepare('select count(*) from sqlite_schema').get();
          await source.backup(target);
        } finally {
          source.close();
        }
      },
      readSnapshot: async (work) => {
        const source = connect(file, { readonly: true });
        const handle = new Kysely<Tables>({ dialect: sqliteDialect(source, 'read') });
        try {
          source.exec('begin');
          source.prepare('select count(*) from sqlite_schema').get(); // The snapshot begins with the first read.
          return await work(handle);
        } finally {
          await handle.destroy();
          if (source.open) source.close();
        }
      },
      skipLocked: sql``,
      headlinesCountRows: false,
      headlineHas: (words) => {
        const query = words.map((word) => (word.endsWith('*') ? `"${word.slice(0, -1)}"*` : `"${word}"`));
        return sql`articles.list_key in (select rowid from search_headlines where search_headlines match ${query.join(' ')})`;
      },
      keepNumbers: sql``,
      catalog: sqliteCatalog,
      continueOutboxAt: async (tx, seq) => {
        await sql`delete from sqlite_sequence where name = 'outbox'`.execute(tx);
        await sql`insert into sqlite_sequence (name, seq) values ('outbox', ${seq})`.execute(tx);
      },
      describe: async () => {
        const { version } = reader.prepare('select sqlite_version() as version').get() as { version: string };
        return `SQLite ${version}, WAL, synchronous=FULL, ${file}`;
      },
      serverTime: async () => new Date().toISOString(),
      settings: async () =>
        [
          { name: 'journal_mode', wanted: 'wal' },
          { name: 'synchronous', wanted: '2' },
          { name: 'foreign_keys', wanted: '1' },
        ].map((setting) => ({ ...setting, value: String(writer.pragma(setting.name, { simple: true })) })),
      integrityFaults: async () => {
        const rows = reader.prepare('pragma integrity_check').all() as { integrity_check: string }[];
        const faults = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
        for (const row of reader.prepare('pragma foreign_key_check').all() as {
          table: string;
          parent: string;
        }[]) {
          faults.push(`a row of ${row.table} points to a missing row of ${row.parent}`);
        }
        return faults;
      },
    },
    close: async () => {
      await reading.destroy();
      await writing.destroy();
      // Kysely leaves a connection alone that it has never used.
      if (reader.open) reader.close();
      if (writer.open) writer.close();
    },
  };
}

/** Whether another process has the database open. The caller has it not. */
export function sqliteInUse(file: string): boolean {
  if (!existsSync(file)) return false;
  const database = new Database(file, { timeout: 200 });
  try {
    // Leaving WAL needs the file for oneself alone.
    if (database.pragma('journal_mode', { simple: true }) !== 'wal') return false;
    const mode = database.pragma('journal_mode = delete', { simple: true });
    database.pragma('journal_mode = wal');
    return mode === 'wal';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY'))
      return true;
    return false; // No database, or a broken one: nobody can be at work with it.
  } finally {
    database.close();
  }
}

function connect(file: string, options: { readonly: boolean }): Database.Database {
  const database = new Database(file, { readonly: options.readonly });
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
  if (isOlder(version)) {
    throw new Problem(
      'unavailable',
      `SQLite ${version} is older than ${OLDEST.join('.')}.`,
      'Reinstall the packages with npm ci.',
    );
  }
  // While opening and when reading, another process is in the way only for the moment of a recovery after its crash.
  database.pragma('busy_timeout = 5000');
  if (!options.readonly) {
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 4000');
  }
  // better-sqlite3 builds SQLite with WAL's default of NORMAL, which loses acknowledged commits in a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('cache_size = -65536');
  database.pragma('mmap_size = 0');
  database.pragma('temp_store = MEMORY');
  if (database.pragma('synchronous', { simple: true }) !== 2)
    throw new Error('SQLite did not take synchronous=FULL');
  if (database.pragma('foreign_keys', { simple: true }) !== 1)
    throw new Error('SQLite did not take foreign_keys=ON');
  // SQLite's own wait blocks the event loop, and with it every reader; writers wait in the driver instead.
  if (!options.readonly) database.pragma('busy_timeout = 0');
  return database;
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (let i = 0; i < OLDEST.length; i += 1) {
    const have = parts[i] ?? 0;
    const need = OLDEST[i] ?? 0;
    if (have !== need) return have < need;
  }
  return false;
}
