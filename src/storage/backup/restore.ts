import { Readable } from 'node:stream';
import { Problem } from '../../base/problem.ts';
import type { Db, Tx } from '../db.ts';
import { type Blobs, openBlobs } from '../files/blobs.ts';
import { openAsIs } from '../open.ts';
import { type ReadResult, readArchive } from './archive.read.ts';
import type { Progress } from './backup.ts';
import {
  assertComplete,
  assertKnown,
  dropTables,
  finishTables,
  holdsRows,
  loadPart,
  makeTables,
} from './load.ts';
import type { RestorePlaces } from './places.ts';
import { restoreFolder } from './restore.folder.ts';

export type { RestorePlaces } from './places.ts';

export type RestoreOptions = {
  readonly file: string;
  /** Replace what is there. A data folder is kept under another name, a PostgreSQL database's rows are not. */
  readonly force?: boolean;
  readonly progress?: Progress;
};

export type RestoreResult = Pick<ReadResult, 'header' | 'summary'> & {
  /** Where the replaced data folder is now. */
  readonly former: string | undefined;
};

type Write = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Puts a backup back, onto either database, whichever it came from. The whole file is verified before anything is touched, and the
 * new data take the place of the old at the very end and at once: a folder by rename, a PostgreSQL database by one commit.
 * @throws Problem `invalid` for a torn or altered file, `conflict` when there are data and `force` is not given
 */
export async function restore(places: RestorePlaces, options: RestoreOptions): Promise<RestoreResult> {
  options.progress?.('verifying', 0);
  const verified = await readArchive(options.file, { header: async (header) => assertKnown(header) });
  const { header, summary } = verified;
  if (places.database.kind === 'sqlite') {
    const former = await restoreFolder(places, {
      force: options.force === true,
      fill: async ({ db, blobs }) => {
        await putMedia(blobs, { ...options, verified });
        await putTables(db, { ...options, verified, write: (work) => db.write(work) });
        await places.rebuild(db);
      },
    });
    return { header, summary, former };
  }
  const db = await openAsIs(places.database);
  try {
    if (options.force !== true && (await holdsRows(db.dialect, db.read))) {
      throw new Problem(
        'conflict',
        'The PostgreSQL database holds data already, so nothing was changed.',
        'Name an empty database, or pass --force to replace what is there.',
      );
    }
    // Named by their digests, media overwrite nothing; they go first, since rows may never point to what is not there.
    await putMedia(openBlobs(places.media), { ...options, verified });
    await db.write(async (tx) => {
      await db.dialect.lockOutbox(tx);
      await dropTables(db.dialect, tx);
      await putTables(db, { ...options, verified, write: (work) => work(tx) });
    });
    await places.rebuild(db);
  } finally {
    await db.close();
  }
  return { header, summary, former: undefined };
}

type Reading = Pick<RestoreOptions, 'file' | 'progress'> & { verified: ReadResult };

async function putMedia(blobs: Blobs, options: Reading): Promise<void> {
  let files = 0;
  const read = await readArchive(options.file, {
    entry: async (entry) => {
      const digest = /^media\/([0-9a-f]{64})$/.exec(entry.name)?.[1];
      if (digest === undefined) return;
      if (!(await blobs.has(digest))) await blobs.put(Readable.from(entry.body), { digest });
      files += 1;
      options.progress?.('media', files);
    },
  });
  assertSame(read, options);
}

async function putTables(db: Db, options: Reading & { write: Write }): Promise<void> {
  const { write } = options;
  const loaded = new Map<string, number>();
  const read = await readArchive(options.file, {
    header: (header) => write((tx) => makeTables(db.kind, tx, header)),
    entry: async (entry) => {
      if (!entry.name.startsWith('tables/')) return;
      const { table, rows } = await write((tx) => loadPart(db.dialect, tx, entry));
      loaded.set(table, (loaded.get(table) ?? 0) + rows);
      options.progress?.(`rows of ${table}`, loaded.get(table) ?? 0);
    },
  });
  assertSame(read, options);
  assertComplete(loaded, read.summary);
  await write(async (tx) => {
    await db.dialect.continueOutboxAt(tx, read.summary.outboxSeq);
    await finishTables(db.kind, tx, read.header);
  });
}

function assertSame(read: ReadResult, { file, verified }: Reading): void {
  if (read.sha256 === verified.sha256) return;
  throw new Problem('invalid', `The backup ${file} was changed while it was being restored.`, 'Try again.');
}
