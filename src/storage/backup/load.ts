import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sql } from 'kysely';
import { Problem } from '../../base/problem.ts';
import type { DatabaseKind, Dialect, Reader, Tx } from '../db.ts';
import { applyMigration, beginLedger, ownTables, unknownMigrations } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import type { ReadEntry } from './archive.read.ts';
import type { Header, Summary } from './format.ts';

/** SQLite takes 32,766 parameters a statement, PostgreSQL 65,535. */
const PARAMETERS = 20_000;
const ROWS = 500;
/** A part is some megabytes, or one row that is larger. */
const PART_LIMIT = 512 << 20;
const decompress = promisify(gunzip);

/** @throws Problem `unsupported` when the backup's tables are of a newer edition. */
export function assertKnown(header: Header): void {
  const unknown = unknownMigrations(header.migrations);
  if (unknown.length === 0) return;
  throw new Problem(
    'unsupported',
    `The backup was made by a newer version of Dateline (${header.program}), with migration ${unknown.at(-1)}.`,
    'Restore it with that version.',
  );
}

/** Makes the tables as they were when the backup was made. */
export async function makeTables(kind: DatabaseKind, tx: Tx, header: Header): Promise<void> {
  const had = new Set(header.migrations);
  await beginLedger(kind, tx);
  for (const migration of migrations) if (had.has(migration.name)) await applyMigration(kind, tx, migration);
}

/** Brings restored tables up to date. */
export async function finishTables(kind: DatabaseKind, tx: Tx, header: Header): Promise<void> {
  const had = new Set(header.migrations);
  for (const migration of migrations) if (!had.has(migration.name)) await applyMigration(kind, tx, migration);
}

/** Removes our tables, and only ours. */
export async function dropTables(dialect: Dialect, tx: Tx): Promise<void> {
  const own = ownTables();
  for (const table of await dialect.catalog(tx)) {
    if (own.has(table.name)) await sql`drop table ${sql.table(table.name)} cascade`.execute(tx);
  }
}

/** Whether any row of ours would be lost. */
export async function holdsRows(dialect: Dialect, db: Reader): Promise<boolean> {
  const own = ownTables();
  for (const table of await dialect.catalog(db)) {
    if (!own.has(table.name) || table.name === 'schema_migrations') continue;
    const { rows } = await sql`select 1 as one from ${sql.table(table.name)} limit 1`.execute(db);
    if (rows.length > 0) return true;
  }
  return false;
}

/** Puts the rows of one part into their table; how many. */
export async function loadPart(
  dialect: Dialect,
  tx: Tx,
  entry: ReadEntry,
): Promise<{ table: string; rows: number }> {
  const table = /^tables\/(\w+)\//.exec(entry.name)?.[1] ?? '';
  let columns: string[] | undefined;
  let batch: unknown[][] = [];
  let rows = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0 || columns === undefined) return;
    const values = batch.map((row) => sql`(${sql.join(row)})`);
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      ${dialect.keepNumbers} values ${sql.join(values)}`.execute(tx);
    rows += batch.length;
    batch = [];
  };
  const pieces: Buffer[] = [];
  for await (const piece of entry.body) pieces.push(piece);
  const text = (await decompress(Buffer.concat(pieces), { maxOutputLength: PART_LIMIT })).toString();
  // Not by readline, which takes U+2028 within a string for an end of line too.
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const values = JSON.parse(line) as unknown[];
    if (columns === undefined) columns = values as string[];
    else {
      batch.push(values);
      if (batch.length >= Math.min(ROWS, Math.floor(PARAMETERS / columns.length))) await flush();
    }
  }
  await flush();
  return { table, rows };
}

/** @throws Problem `invalid` when not every row that the summary counts has been put back. */
export function assertComplete(loaded: ReadonlyMap<string, number>, summary: Summary): void {
  for (const [table, { rows }] of Object.entries(summary.tables)) {
    const have = loaded.get(table) ?? 0;
    if (have === rows) continue;
    throw new Problem(
      'invalid',
      `The backup has ${have} rows of ${table} and says it has ${rows}.`,
      'Use another backup.',
    );
  }
  const leaves = loaded.get('record_leaves') ?? 0;
  if (leaves !== (summary.record?.size ?? 0)) {
    throw new Problem(
      'invalid',
      `The backup's record has ${leaves} leaves and its checkpoint is of ${summary.record?.size ?? 0}.`,
      'Use another backup.',
    );
  }
}
