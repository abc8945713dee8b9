import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projections } from '../app.ts';
import { Problem } from '../base/problem.ts';
import type { ConfigFlags } from '../config/config.ts';
import { rebuildProjections } from '../features/articles/articles.ts';
import type { RestorePlaces } from '../storage/backup/restore.ts';
import { sqliteFile } from '../storage/open.ts';
import { readConfig } from './house.ts';

/** Where the configuration says that the data are; the way in for `backup`, `restore` and `doctor`. */
export type FindStorage = (flags: ConfigFlags) => RestorePlaces;

export const findStorage: FindStorage = (flags) => {
  const { dataFolder, database, media } = readConfig(flags);
  return {
    dataFolder,
    database: database.kind === 'sqlite' ? { kind: 'sqlite', file: sqliteFile(dataFolder) } : database,
    media: media.kind === 'disk' ? { kind: 'disk', folder: join(dataFolder, 'media') } : media,
    rebuild: async (db) => void (await rebuildProjections(db, projections(db.kind))),
  };
};

/** Opening would make an empty database where there is none. @throws Problem `not-found` */
export function assertThere({ database, dataFolder }: RestorePlaces): void {
  if (database.kind !== 'sqlite' || existsSync(database.file)) return;
  throw new Problem(
    'not-found',
    `There is no database in ${dataFolder}.`,
    'Name the data folder with --data.',
  );
}

/** Progress on a terminal's error stream, a few times a second; nothing elsewhere. */
export function storageProgress(): (what: string, done: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let shown = 0;
  let last = '';
  return (what, done) => {
    const now = Date.now();
    if (what === last && now - shown < 250) return;
    shown = now;
    last = what;
    process.stderr.write(`\r\u001b[K${done.toLocaleString('en')} ${what}`);
  };
}

/** Ends the line of progress. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
