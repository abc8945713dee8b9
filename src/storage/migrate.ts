import { sql } from 'kysely';
import { Problem } from '../base/problem.ts';
import type { Db, Tx } from './db.ts';
import { ddl } from './dialect/ddl.ts';
import { migrations } from './migrations/index.ts';

/**
 * Applies the migrations that the database has not seen, each in a transaction of its own, in the order of the list.
 * @throws Problem `conflict` when the database is newer than this program.
 */
export async function migrate(db: Db): Promise<string[]> {
  await db.write(async (tx) => {
    await lockSchema(db, tx);
    await run(
      db,
      tx,
      'create table if not exists schema_migrations (name text primary key, applied_at text not null)',
    );
  });
  const done = await db.write(async (tx) => {
    const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(tx);
    return new Set(rows.map((row) => row.name));
  });
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Problem(
      'conflict',
      `The database has migration ${unknown.sort().at(-1)}, which this version of Dateline does not know.`,
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
      const statements = [...migration.statements, ...(migration.only?.[db.kind] ?? [])];
      for (const statement of statements) await run(db, tx, statement);
      await sql`insert into schema_migrations (name, applied_at) values (${migration.name}, ${new Date().toISOString()})`.execute(
        tx,
      );
      return true;
    });
    if (fresh) applied.push(migration.name);
  }
  return applied;
}

async function run(db: Db, tx: Tx, statement: string): Promise<void> {
  await sql.raw(ddl(db.kind, statement)).execute(tx);
}

/** Two nodes that start at once must not both migrate. */
async function lockSchema(db: Db, tx: Tx): Promise<void> {
  await db.dialect.lockOutbox(tx);
}
