import { existsSync } from 'node:fs';
import { Problem } from '../../base/problem.ts';
import type { Db, Reader } from '../db.ts';
import type { Blobs } from '../files/blobs.ts';
import { appliedMigrations } from '../migrate.ts';
import { latestSeq } from '../outbox.ts';
import { type ArchiveWriter, writeArchive } from './archive.write.ts';
import { dumpTable, tablesInOrder } from './dump.ts';
import { HEADER, type Header, SUMMARY, type Summary } from './format.ts';
import { referencedMedia } from './media.ts';

const MISSING_LISTED = 1000;

export type Progress = (what: string, done: number) => void;

export type BackupOptions = {
  readonly file: string;
  /** The version of Dateline, for the reader of the file. */
  readonly program: string;
  /** Replace a file of this name. */
  readonly force?: boolean;
  readonly progress?: Progress;
};

export type BackupResult = { readonly header: Header; readonly summary: Summary; readonly bytes: number };

/**
 * Writes one file with everything as of one moment, while others go on writing: the rows, the media that they name, and digests
 * over all. Media that are gone are listed in the summary. @throws Problem `conflict` when the file exists, `storage-full`
 */
export async function backup(
  { db, blobs }: { db: Db; blobs: Blobs },
  options: BackupOptions,
): Promise<BackupResult> {
  if (existsSync(options.file) && options.force !== true) {
    throw new Problem('conflict', `${options.file} exists already.`, 'Name another file, or pass --force.');
  }
  const archive = await writeArchive(options.file);
  try {
    const { header, summary } = await db.dialect.readSnapshot((reader) =>
      writeAll({ db, blobs, reader, archive }, options),
    );
    const { bytes } = await archive.finish({ replace: options.force === true });
    return { header, summary, bytes };
  } catch (cause) {
    await archive.abandon();
    throw cause;
  }
}

async function writeAll(
  from: { db: Db; blobs: Blobs; reader: Reader; archive: ArchiveWriter },
  options: BackupOptions,
): Promise<{ header: Header; summary: Summary }> {
  const { db, blobs, reader, archive } = from;
  const header: Header = {
    format: 'dateline-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    program: options.program,
    database: db.kind,
    migrations: await appliedMigrations(reader),
  };
  await archive.add(HEADER, json(header));
  const tables: Record<string, { rows: number; parts: number }> = {};
  for (const table of await tablesInOrder(db.dialect, reader)) {
    let rows = 0;
    let parts = 0;
    for await (const part of dumpTable(reader, table)) {
      parts += 1;
      rows += part.rows;
      await archive.add(`tables/${table.name}/${String(parts).padStart(6, '0')}.jsonl.gz`, part.bytes);
      options.progress?.(`rows of ${table.name}`, rows);
    }
    tables[table.name] = { rows, parts };
  }
  let files = 0;
  let bytes = 0;
  const missing: string[] = [];
  for await (const digest of referencedMedia(reader)) {
    const size = await blobs.size(digest);
    const stream = size === undefined ? undefined : await blobs.get(digest);
    if (size === undefined || stream === undefined) {
      if (missing.length < MISSING_LISTED) missing.push(digest);
      continue;
    }
    await archive.add(`media/${digest}`, { bytes: size, stream });
    files += 1;
    bytes += size;
    options.progress?.('media', files);
  }
  const record = await reader.selectFrom('record_state').select(['size', 'root_hash']).executeTakeFirst();
  const summary: Summary = {
    tables,
    media: { files, bytes, missing },
    record: record === undefined ? null : { size: record.size, rootHash: record.root_hash },
    outboxSeq: await newestSeq(reader),
  };
  await archive.add(SUMMARY, json(summary));
  return { header, summary };
}

/** Old events may have been removed; subscribers' positions remember how far they had come. */
async function newestSeq(reader: Reader): Promise<number> {
  const position = await reader
    .selectFrom('outbox_positions')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return Math.max(await latestSeq(reader), Number(position?.seq ?? 0));
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}
