import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Problem } from '../../base/problem.ts';

const CACHED_STATEMENTS = 400;
const BUSY_PATIENCE_MS = 15_000;
const TURN_MS = 15;

/** A writing connection serves one transaction at a time; a reading one has none, so that a slow stream holds nobody up. */
export type SqliteUse = 'write' | 'read';

/**
 * Kysely over one better-sqlite3 connection. Unlike Kysely's own driver it keeps prepared statements, begins writing
 * transactions IMMEDIATE, and waits for another process's write without blocking the event loop.
 */
export function sqliteDialect(database: Database.Database, use: SqliteUse): Dialect {
  return {
    createAdapter: () => (use === 'write' ? new SqliteAdapter() : new SharedAdapter()),
    createDriver: () => new SqliteDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely lets one user at a time have a connection of an adapter that says it has only one. */
class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;

  constructor(database: Database.Database) {
    this.#connection = new SqliteConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = Date.now() + BUSY_PATIENCE_MS;
    for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
      try {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
        return;
      } catch (cause) {
        if (!isBusy(cause)) throw cause;
        if (Date.now() > deadline) {
          throw new Problem(
            'unavailable',
            'Another process has held the database for 15 seconds.',
            'Try again.',
            { cause },
          );
        }
        await sleep(wait * (0.5 + Math.random())); // Never in step with the other's rhythm of writes.
      }
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk or an I/O error can end the transaction by itself; a second ROLLBACK would hide the first cause.
    if (this.#connection.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    this.#connection.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await letOthersIn();
    try {
      const statement = this.#prepare(query.sql);
      const parameters = query.parameters as unknown[];
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
    } catch (cause) {
      throw translated(cause);
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // A statement of its own: a cached one could be run again while this one is half read.
    const statement = this.#database.prepare(query.sql);
    for (const row of statement.iterate(...(query.parameters as unknown[]))) yield { rows: [row as R] };
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= CACHED_STATEMENTS) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

let lastTurn = 0;

/**
 * SQLite answers within the call, so a loop of queries would run from one promise to the next and never let the process get to its
 * sockets and files. Every few milliseconds a query waits for one turn of the event loop.
 */
async function letOthersIn(): Promise<void> {
  const now = performance.now();
  if (now - lastTurn < TURN_MS) return;
  lastTurn = now;
  await turn();
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

function isBusy(cause: unknown): boolean {
  return codeOf(cause).startsWith('SQLITE_BUSY');
}

/** A full disk is a refusal that heals; everything else stays the fault it is. */
function translated(cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR_WRITE')) {
    return new Problem(
      'storage-full',
      'The disk is full, so nothing was saved.',
      'Free space and try again.',
      { cause },
    );
  }
  return cause;
}
