import { sql } from 'kysely';
import { Problem } from '../base/problem.ts';
import type { DatabaseKind, Db, Reader, Tx } from './db.ts';
import { ddl } from './dialect/ddl.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

const LEDGER = 'schema_migrations';

/**
 * Applies the migrations that the database has not seen, each in a transaction of its own, in the order of the list.
 * @throws Problem `conflict` when the database is newer than this program.
 */
export async function migrate(db: Db): Promise<string[]> {
  await db.write(async (tx) => {
    await lockSchema(db, tx);
    await beginLedger(db.kind, tx);
  });
  const done = new Set(await appliedMigrations(db.read));
  const unknown = unknownMigrations([...done]);
  if (unknown.length > 0) {
    throw new Problem(
      'conflict',
      `The database has migration ${unknown.at(-1)}, which this version of Dateline does not know.`,
      'Run the newer version, or restore a backup made by this one.',
    );
  }
  const applied: string[] = [];
  for (const migration of migrations) {
    if (done.has(migration.name)) continue;
    const fresh = await db.write(async (tx) => {
      await lockSchema(db, tx);
      const seen = await sql`select 1 from schema_migrations where name = ${migration.name}`.execute(tx);
      if (seen.rows.length > 0) return false;
      await applyMigration(db.kind, tx, migration);
      return true;
    });
    if (fresh) applied.push(migration.name);
  }
  return applied;
}

/** The migrations that a database has had, in the order of their names. */
export async function appliedMigrations(db: Reader): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** Those of the names that this program has no migration for. */
export function unknownMigrations(names: readonly string[]): string[] {
  const known = new Set(migrations.map((migration) => migration.name));
  return names.filter((name) => !known.has(name)).sort();
}

/** Makes the table that remembers what was applied. */
export async function beginLedger(kind: DatabaseKind, tx: Tx): Promise<void> {
  await run(
    kind,
    tx,
    `create table if not exists ${LEDGER} (name text primary key, applied_at text not null)`,
  );
}

/** Applies one migration in the caller's transaction. */
export async function applyMigration(kind: DatabaseKind, tx: Tx, migration: Migration): Promise<void> {
  for (const statement of [...migration.statements, ...(migration.only?.[kind] ?? [])])
    await run(kind, tx, statement);
  await sql`insert into schema_migrations (name, applied_at) values (${migration.name}, ${new Date().toISOString()})`.execute(
    tx,
  );
}

/** The tables that migrations make: in a shared PostgreSQL schema there may be others, which are not ours to copy or drop. */
export function ownTables(): Set<string> {
  const names = new Set([LEDGER]);
  for (const migration of migrations)
    for (const statement of [
      ...migration.statements,
      ...(migration.only?.sqlite ?? []),
      ...(migration.only?.postgres ?? []),
    ]) {
      const name = /^\s*create (?:virtual )?table (?:if not exists )?(\w+)/i.exec(statement)?.[1];
      if (name !== undefined) names.add(name);
    }
  return names;
}

async function run(kind: DatabaseKind, tx: Tx, statement: string): Promise<void> {
  await sql.raw(ddl(kind, statement)).execute(tx);
}

/** Two nodes that start at once must not both migrate. */
async function lockSchema(db: Db, tx: Tx): Promise<void> {
  await db.dialect.lockOutbox(tx);
}
