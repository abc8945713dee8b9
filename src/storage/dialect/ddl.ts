import type { DatabaseKind } from '../db.ts';

/**
 * Writes a migration's portable statement in the words of one database:
 * `{serial}` a growing integer primary key, `{clustered}` rows kept in primary-key order where the database can,
 * `text` compared byte by byte on both (so that ids, instants and paths sort alike).
 */
export function ddl(kind: DatabaseKind, statement: string): string {
  if (kind === 'sqlite') {
    return statement
      .replaceAll('{serial}', 'integer primary key autoincrement')
      .replaceAll('{clustered}', 'without rowid');
  }
  return statement
    .replaceAll('{serial}', 'bigint generated always as identity primary key')
    .replaceAll('{clustered}', '')
    .replace(/\binteger\b/g, 'bigint')
    .replace(/\breal\b/g, 'double precision') // PostgreSQL's own `real` has half of SQLite's digits.
    .replace(/\btext\b/g, 'text collate "C"');
}
