import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../../base/problem.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { writeContent } from './contents.ts';
import {
  readCheckpoint,
  readContents,
  readEntryBundle,
  readHead,
  readTile,
  readVerifierKey,
} from './record.views.ts';
import type { Progress } from './report.ts';
import { contentPath, entriesPath, levelsOf, parsePath, tilePath, TILE_WIDTH, widthAt } from './tiles.ts';

const UNFINISHED = '.record-unfinished';
const REPLACED = '.record-replaced';

/**
 * Writes the complete record, as of one moment, to `folder/record`. It is built beside and takes its place at the end, so that the
 * folder holds the old export or the new one. One that was stopped goes on from the files it had.
 * @throws Problem `conflict` before the record has a key.
 */
export async function exportRecord(
  db: Db,
  folder: string,
  options: { progress?: Progress } = {},
): Promise<{ size: number; written: number }> {
  const staging = join(folder, UNFINISHED);
  const target = join(folder, 'record');
  const replaced = join(folder, REPLACED);
  await mkdir(staging, { recursive: true });
  const done = await db.dialect.readSnapshot((reader) => writeAll(reader, { staging, ...options }));
  await rm(replaced, { recursive: true, force: true });
  if (existsSync(target)) await rename(target, replaced);
  await rename(staging, target);
  await rm(replaced, { recursive: true, force: true });
  return done;
}

async function writeAll(
  db: Reader,
  { staging, progress }: { staging: string; progress?: Progress },
): Promise<{ size: number; written: number }> {
  const { size } = await readHead(db);
  const checkpoint = await readCheckpoint(db);
  if (checkpoint === undefined)
    throw new Problem('conflict', 'The record has no key yet.', 'Start the site once, then export.');
  let written = 0;
  const put = async (path: string, bytes: Uint8Array | string | undefined): Promise<void> => {
    if (bytes === undefined)
      throw new Problem('conflict', `The database does not hold ${path}.`, 'Run dateline record verify.');
    if (await writeFresh(join(staging, path), bytes)) written += 1;
  };
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const index = start / TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, size - start);
    await put(entriesPath(index, width), await readEntryBundle(db, { index, width }));
    for (const { leafIndex, content } of await readContents(db, { start, end: start + width })) {
      await put(contentPath(leafIndex), writeContent(leafIndex, content));
    }
    progress?.(start + width, size);
  }
  for (let level = 0; level < levelsOf(size); level += 1) {
    for (let index = 0; widthAt({ level, index }, size) > 0; index += 1) {
      const width = widthAt({ level, index }, size);
      await put(tilePath({ level, index, width }), await readTile(db, { level, index, width }));
    }
  }
  await put('vkey', `${await readVerifierKey(db)}\n`);
  await put('checkpoint', checkpoint);
  await removeStrangers(staging, { below: '', size });
  return { size, written };
}

/** Writes a file whole or not at all; false when it is there with these bytes already. */
async function writeFresh(file: string, bytes: Uint8Array | string): Promise<boolean> {
  const wanted = Buffer.from(bytes);
  const present = await readFile(file).catch(() => undefined);
  if (present?.equals(wanted) === true) return false;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, wanted);
  await rename(`${file}.new`, file);
  return true;
}

/** What an earlier, unfinished export left: partial tiles of another size, half-written files. */
async function removeStrangers(
  root: string,
  { below, size }: { below: string; size: number },
): Promise<void> {
  for (const item of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.isDirectory()) await removeStrangers(root, { below: path, size });
    else if (!isOfSize(path, size)) await rm(join(root, path));
  }
}

function isOfSize(path: string, size: number): boolean {
  const named = parsePath(path);
  if (named === undefined) return false;
  if (named.kind === 'content') return named.leafIndex < size;
  if (named.kind === 'tile') return named.width === widthAt(named, size);
  return named.kind !== 'entries' || named.width === widthAt({ level: 0, index: named.index }, size);
}
