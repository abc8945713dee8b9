import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sql } from 'kysely';
import type { Dialect, Reader, Table } from '../db.ts';
import { ownTables } from '../migrate.ts';
import { isProjection } from './format.ts';

const compress = promisify(gzip);
const PAGE = 200;
/** Of JSON, before compression. */
const PART_BYTES = 4 << 20;

/** Our tables, those that others point to first, so that rows can be put back in this order. */
export async function tablesInOrder(dialect: Dialect, db: Reader): Promise<Table[]> {
  const own = ownTables();
  const all = (await dialect.catalog(db)).filter((table) => own.has(table.name) && !isProjection(table.name));
  const out: Table[] = [];
  const placed = new Set<string>();
  const place = (table: Table, above: readonly string[]): void => {
    if (placed.has(table.name)) return;
    if (above.includes(table.name))
      throw new Error(`tables point to one another in a ring: ${above.join(', ')}`);
    for (const parent of table.references) {
      const found = all.find((other) => other.name === parent);
      if (found !== undefined) place(found, [...above, table.name]);
    }
    placed.add(table.name);
    out.push(table);
  };
  for (const table of all) place(table, []);
  return out;
}

export type Part = { readonly bytes: Buffer; readonly rows: number };

/**
 * A table's rows as gzipped JSON Lines, some megabytes a part: first the names of the columns, then each row's values. Reads by
 * primary key in small pages, so memory stays flat.
 */
export async function* dumpTable(db: Reader, table: Table): AsyncGenerator<Part> {
  if (table.primaryKey.length === 0) throw new Error(`the table ${table.name} has no primary key`);
  const key = sql.join(table.primaryKey.map((column) => sql.ref(column)));
  const heading = `${JSON.stringify(table.columns)}\n`;
  let after: unknown[] | undefined;
  let lines: string[] = [];
  let size = 0;
  for (;;) {
    const from: unknown[] | undefined = after;
    const { rows }: { rows: Record<string, unknown>[] } = await sql<Record<string, unknown>>`
      select ${sql.join(table.columns.map((column) => sql.ref(column)))} from ${sql.table(table.name)}
      ${from === undefined ? sql`` : sql`where (${key}) > (${sql.join(from)})`}
      order by ${key} limit ${sql.lit(PAGE)}`.execute(db);
    for (const row of rows) {
      const line = `${JSON.stringify(table.columns.map((column) => row[column] ?? null))}\n`;
      lines.push(line);
      size += line.length;
    }
    const last = rows.at(-1);
    const over = rows.length < PAGE || last === undefined;
    if (size > 0 && (over || size >= PART_BYTES)) {
      yield { bytes: await compress(heading + lines.join('')), rows: lines.length };
      lines = [];
      size = 0;
    }
    if (over) return;
    after = table.primaryKey.map((column) => last[column]);
  }
}
