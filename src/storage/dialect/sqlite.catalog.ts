import { sql } from 'kysely';
import type { Reader, Table } from '../db.ts';

/** The tables, without SQLite's own and without virtual ones (search indexes), which are rebuilt. */
export async function sqliteCatalog(db: Reader): Promise<Table[]> {
  const tables = await sql<{ name: string }>`
    select name from pragma_table_list
    where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\'
    order by name`.execute(db);
  const out: Table[] = [];
  for (const { name } of tables.rows) {
    const columns = await sql<{ name: string; pk: number }>`
      select name, pk from pragma_table_info(${name}) order by cid`.execute(db);
    const references = await sql<{ parent: string }>`
      select distinct "table" as parent from pragma_foreign_key_list(${name})`.execute(db);
    out.push({
      name,
      columns: columns.rows.map((column) => column.name),
      primaryKey: columns.rows
        .filter((column) => column.pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map((column) => column.name),
      references: references.rows.map((row) => row.parent).filter((parent) => parent !== name),
    });
  }
  return out;
}
