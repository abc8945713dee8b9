/** What stands first in a backup. */
export type Header = {
  readonly format: 'dateline-backup';
  readonly version: 1;
  readonly createdAt: string;
  /** The version of Dateline that wrote it. */
  readonly program: string;
  readonly database: 'sqlite' | 'postgres';
  /** The migrations that the tables have had. */
  readonly migrations: readonly string[];
};

/** What stands after the tables and the media: how much of each there must be. */
export type Summary = {
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly parts: number }>>;
  readonly media: { readonly files: number; readonly bytes: number; readonly missing: readonly string[] };
  /** The published record as of the backup; null before the first publish. */
  readonly record: { readonly size: number; readonly rootHash: string } | null;
  /** The number of the newest event; the next gets a higher one. */
  readonly outboxSeq: number;
};

/** One line of the manifest: every entry before it, in order. */
export type ManifestLine = { readonly name: string; readonly bytes: number; readonly sha256: string };

export const HEADER = 'backup.json';
export const SUMMARY = 'summary.json';
export const MANIFEST = 'manifest.jsonl';
/** Last: the SHA-256 of every byte of the file before it. */
export const SEAL = 'seal.json';
/** Two empty blocks end a tar file (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const END_BYTES = 1024;

/** Rebuilt from the rest, so not in a backup: the search index is in each database's own form. */
export function isProjection(table: string): boolean {
  return table.startsWith('search_') || table === 'schema_migrations';
}

export function manifestLine(line: ManifestLine): string {
  return `${JSON.stringify({ name: line.name, bytes: line.bytes, sha256: line.sha256 })}\n`;
}

/** The seal's one form: nothing in it can be altered unseen either. */
export function sealText(seal: { sha256: string; bytes: number }): string {
  return `${JSON.stringify({ sha256: seal.sha256, bytes: seal.bytes })}\n`;
}
