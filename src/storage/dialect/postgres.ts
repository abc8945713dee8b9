import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { Problem } from '../../base/problem.ts';
import { type Db, onCommit, runTransaction, type Tx } from '../db.ts';
import type { Tables } from '../tables/index.ts';
import { postgresCatalog } from './postgres.catalog.ts';
import { listen } from './postgres.listen.ts';
import { isDeadlock, translated } from './postgres.errors.ts';

const OLDEST_MAJOR = 15;
const CHANNEL = 'dateline_outbox';
const SIGNALS = 'dateline_signals';
/** Any constant: the advisory lock that orders event writers. */
const OUTBOX_LOCK = 0x0da7e11e;
const TRIES = 4;
/**
 * A node that dies with its machine never closes its connection; without these its locks, the outbox's among them, would
 * stand for the two hours of TCP's own patience.
 */
const WRITER_OPTIONS =
  '-c idle_in_transaction_session_timeout=120000 -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3';
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
  const shared = {
    connectionString: url,
    max: poolSize,
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
  };
  const writers = new pg.Pool({ ...shared, application_name: 'dateline', options: WRITER_OPTIONS });
  const readers = new pg.Pool({
    ...shared,
    application_name: 'dateline read',
    options: '-c default_transaction_read_only=on',
  });
  // A connection that dies while idle is replaced by the pool at the next use; without a listener it would end the process.
  writers.on('error', () => undefined);
  readers.on('error', () => undefined);
  await assertVersion(writers);
  const writing = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: writers }) });
  const reading = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: readers }) });
  const heard = new Set<() => void>();
  return {
    kind: 'postgres',
    read: reading,
    write: (work) => writeWithPatience(writing, work),
    dialect: {
      lockOutbox: async (tx) => void (await sql`select pg_advisory_xact_lock(${OUTBOX_LOCK})`.execute(tx)),
      announce: async (tx) => {
        await sql`select pg_notify(${CHANNEL}, '')`.execute(tx);
        // This process need not wait for the message to come round.
        onCommit(tx, () => {
          for (const wake of heard) wake();
        });
      },
      listen: async (wake) => {
        heard.add(wake);
        const stop = await listen(url, { channel: CHANNEL, heard: wake });
        return async () => {
          heard.delete(wake);
          await stop();
        };
      },
      signal: async (text) => void (await sql`select pg_notify(${SIGNALS}, ${text})`.execute(writing)),
      hearSignals: (told) =>
        listen(url, {
          channel: SIGNALS,
          heard: (text) => {
            if (text !== undefined) told(text);
          },
        }),
      snapshot: async () => {
        throw new Problem('unsupported', 'A PostgreSQL database is copied by its own tools.', 'Use pg_dump.');
      },
      readSnapshot: (work) =>
        reading
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((tx) => work(tx)),
      skipLocked: sql`for update skip locked`,
      headlinesCountRows: true,
      headlineHas: (words) => {
        const query = words.map((word) => (word.endsWith('*') ? `'${word.slice(0, -1)}':*` : `'${word}'`));
        return sql`array_to_tsvector(string_to_array(articles.list_words, ' ')) @@ cast(${query.join(' & ')} as tsquery)`;
      },
      keepNumbers: sql`overriding system value`,
      catalog: postgresCatalog,
      continueOutboxAt: async (tx, seq) => {
        await sql`select setval(pg_get_serial_sequence('outbox', 'seq'), ${Math.max(seq, 1)}, ${seq > 0})`.execute(
          tx,
        );
      },
      describe: async () => {
        const { rows } = await sql<{ version: string }>`select version() as version`.execute(reading);
        return rows[0]?.version ?? 'PostgreSQL';
      },
      serverTime: async () => {
        const { rows } = await sql<{ ms: number }>`
          select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(reading);
        return new Date(rows[0]?.ms ?? Number.NaN).toISOString();
      },
      settings: async () => {
        const out = [];
        for (const { name, wanted } of WANTED) {
          const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(
            writing,
          );
          out.push({ name, wanted, value: rows[0]?.value ?? '' });
        }
        return out;
      },
      integrityFaults: async () => {
        const { rows } = await sql<{ name: string }>`
          select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
          where not i.indisvalid and c.relnamespace = current_schema()::regnamespace`.execute(reading);
        return rows.map((row) => `index ${row.name} is not valid`);
      },
    },
    close: async () => {
      await reading.destroy();
      await writing.destroy();
      // Kysely leaves a pool alone that it has never used.
      for (const pool of [readers, writers]) if (!pool.ended) await pool.end();
    },
  };
}

/** Settings that lose acknowledged data when they are otherwise. */
const WANTED = [
  { name: 'fsync', wanted: 'on' },
  { name: 'full_page_writes', wanted: 'on' },
  { name: 'synchronous_commit', wanted: 'on' },
  { name: 'server_encoding', wanted: 'UTF8' },
];

/** A deadlock's victim is begun again; other refusals get the words of a caller. */
async function writeWithPatience<T>(writing: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runTransaction(writing, work);
    } catch (cause) {
      if (!isDeadlock(cause) || attempt === TRIES) throw translated(cause);
    }
  }
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
