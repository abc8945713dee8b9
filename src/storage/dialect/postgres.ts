import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { Problem } from '../../base/problem.ts';
import { type Db, runTransaction } from '../db.ts';
import type { Tables } from '../tables/index.ts';

const OLDEST_MAJOR = 15;
const CHANNEL = 'dateline_outbox';
/** Any constant: the advisory lock that orders event writers. */
const OUTBOX_LOCK = 0x0da7e11e;
const INT8 = 20;
const NUMERIC = 1700;

/** Sums and counts are below 2^53 here, so int8 and numeric come back as numbers, as on SQLite. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? Number
      : (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
} as pg.CustomTypesConfig;

export type PostgresOptions = { readonly url: string; readonly poolSize?: number };

/** Connects to PostgreSQL ≥ 15. @throws Problem `unavailable` when it cannot be reached or is too old. */
export async function openPostgres({ url, poolSize = 10 }: PostgresOptions): Promise<Db> {
  const writers = new pg.Pool({ connectionString: url, max: poolSize, types, application_name: 'dateline' });
  const readers = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    application_name: 'dateline read',
    options: '-c default_transaction_read_only=on',
  });
  // A connection that dies while idle is replaced by the pool at the next use; without a listener it would end the process.
  writers.on('error', () => undefined);
  readers.on('error', () => undefined);
  await assertVersion(writers);
  const writing = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: writers }) });
  const reading = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: readers }) });
  return {
    kind: 'postgres',
    read: reading,
    write: (work) => runTransaction(writing, work),
    dialect: {
      lockOutbox: async (tx) => void (await sql`select pg_advisory_xact_lock(${OUTBOX_LOCK})`.execute(tx)),
      announce: async (tx) => void (await sql`select pg_notify(${CHANNEL}, '')`.execute(tx)),
      listen: (wake) => listen(url, wake),
      snapshot: async () => {
        throw new Problem('unsupported', 'A PostgreSQL database is copied by its own tools.', 'Use pg_dump.');
      },
      describe: async () => {
        const { rows } = await sql<{ version: string }>`select version() as version`.execute(reading);
        return rows[0]?.version ?? 'PostgreSQL';
      },
      integrityFaults: async () => [],
    },
    close: async () => {
      await reading.destroy();
      await writing.destroy();
    },
  };
}

async function assertVersion(pool: pg.Pool): Promise<void> {
  let major: number;
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  } catch (cause) {
    await pool.end();
    const why = cause instanceof Error ? cause.message || String(cause) : String(cause);
    throw new Problem(
      'unavailable',
      `PostgreSQL cannot be reached: ${why}.`,
      'Check DATELINE_DATABASE_URL and that the server runs.',
      {
        cause,
      },
    );
  }
  if (major < OLDEST_MAJOR) {
    await pool.end();
    throw new Problem(
      'unavailable',
      `PostgreSQL ${major} is older than ${OLDEST_MAJOR}.`,
      `Use version ${OLDEST_MAJOR} or newer.`,
    );
  }
}

/** Listens on a connection of its own and keeps it alive; wakes once after every reconnect, since messages may have been missed. */
async function listen(url: string, wake: () => void): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'dateline listen',
      keepAlive: true,
    });
    next.on('notification', wake);
    next.on('error', () => undefined);
    next.on('end', () => {
      if (!stopped) retry = setTimeout(() => void connect().catch(again), 500);
    });
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
    wake();
  };
  const again = (): void => {
    if (!stopped) retry = setTimeout(() => void connect().catch(again), 1000);
  };
  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end();
  };
}
