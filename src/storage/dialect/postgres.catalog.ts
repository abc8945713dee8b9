import { sql } from 'kysely';
import type { Reader, Table } from '../db.ts';

/** The tables of the connection's schema. */
export async function postgresCatalog(db: Reader): Promise<Table[]> {
  const { rows } = await sql<{
    name: string;
    columns: string[];
    primary_key: string[] | null;
    parents: string[] | null;
  }>`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select array_agg(a.attname::text order by k.place)
        from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary) as primary_key,
      (select array_agg(distinct p.relname::text) from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    order by c.relname collate "C"`.execute(db);
  return rows.map((row) => ({
    name: row.name,
    columns: row.columns,
    primaryKey: row.primary_key ?? [],
    references: row.parents ?? [],
  }));
}
