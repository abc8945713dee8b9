import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Problem } from '../../base/problem.ts';
import type { Db } from '../db.ts';
import { openSqlite, sqliteInUse } from '../dialect/sqlite.ts';
import { type Blobs, openBlobs } from '../files/blobs.ts';
import { fullDisk, syncFolder } from '../files/spool.ts';
import type { RestorePlaces } from './places.ts';

type Filling = { force: boolean; fill(into: { db: Db; blobs: Blobs }): Promise<void> };

/**
 * Fills a new data folder beside the old one and puts it in its place when it is whole. Gives the place where the old one is kept;
 * undefined when there was none. When anything fails the old one is as it was.
 */
export async function restoreFolder(places: RestorePlaces, options: Filling): Promise<string | undefined> {
  const { database, media } = places;
  if (database.kind !== 'sqlite') throw new Error('only an embedded database is in a folder');
  const folder = resolve(places.dataFolder);
  const existing = await entriesOf(folder);
  if (existing.length > 0 && !options.force) {
    throw new Problem(
      'conflict',
      `The data folder ${folder} is not empty, so nothing was changed.`,
      'Name another with --data, or pass --force to replace it (the old one is kept beside it).',
    );
  }
  if (sqliteInUse(database.file)) {
    throw new Problem(
      'conflict',
      `Another process has the database ${database.file} open, so nothing was changed.`,
      'Stop it first.',
    );
  }
  await mkdir(dirname(folder), { recursive: true });
  // A mounted volume cannot be renamed; then the change is made inside it.
  const mounted = existsSync(folder) && (await stat(folder)).dev !== (await stat(dirname(folder))).dev;
  const id = randomUUID().slice(0, 8);
  const beside = mounted ? join(folder, `.restoring-${id}`) : `${folder}.restoring-${id}`;
  try {
    await mkdir(beside, { mode: 0o700 });
    if (existsSync(folder)) await chmod(beside, (await stat(folder)).mode & 0o777);
    const db = openSqlite(join(beside, relative(folder, resolve(database.file))));
    try {
      const blobs = openBlobs(
        media.kind === 'disk'
          ? { kind: 'disk', folder: join(beside, relative(folder, resolve(media.folder))) }
          : media,
      );
      await options.fill({ db, blobs });
    } finally {
      await db.close();
    }
    const former = mounted ? join(folder, `.before-restore-${id}`) : `${folder}.before-restore-${id}`;
    if (mounted) await swapInside(folder, { beside, former, existing });
    else await swap(folder, { beside, former, existing });
    await syncFolder(dirname(folder));
    return existing.length > 0 ? former : undefined;
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw fullDisk(cause);
  }
}

type Swap = { beside: string; former: string; existing: readonly string[] };

async function swap(folder: string, { beside, former, existing }: Swap): Promise<void> {
  if (existing.length === 0) {
    if (existsSync(folder)) await rmdir(folder).catch(() => rename(folder, former)); // `lost+found` stays in the way.
    await rename(beside, folder);
    return;
  }
  await rename(folder, former);
  try {
    await rename(beside, folder);
  } catch (cause) {
    await rename(former, folder);
    throw cause;
  }
}

/** Entry by entry, undone in reverse when one cannot be moved. */
async function swapInside(folder: string, { beside, former, existing }: Swap): Promise<void> {
  const moves = existing.map((name) => ({ from: join(folder, name), to: join(former, name) }));
  for (const name of await readdir(beside)) moves.push({ from: join(beside, name), to: join(folder, name) });
  if (existing.length > 0) await mkdir(former, { mode: 0o700 });
  const done: typeof moves = [];
  try {
    for (const move of moves) {
      await rename(move.from, move.to);
      done.push(move);
    }
  } catch (cause) {
    for (const move of done.reverse()) await rename(move.to, move.from);
    throw cause;
  }
  await syncFolder(folder);
  await rmdir(beside);
}

/** What would be lost: traces of earlier restores and the file system's own folder do not count. */
async function entriesOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new Problem('invalid', `${folder} is not a folder that can be read.`, 'Name another with --data.', {
      cause,
    });
  });
  return entries.filter(
    (name) => name !== 'lost+found' && !/^\.(restoring|before-restore)-/.test(basename(name)),
  );
}
