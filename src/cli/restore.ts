import { defineCommand } from 'citty';
import { restore } from '../storage/backup/restore.ts';
import { houseFlags } from './house.ts';
import { endProgress, type FindStorage, storageProgress } from './storage.ts';

/** `dateline restore FILE`: onto the database that the configuration names, whichever the backup came from. */
export function restoreCommand(find: FindStorage) {
  return defineCommand({
    meta: {
      name: 'restore',
      description: 'Verify a backup and put it back; replaces nothing without --force',
    },
    args: {
      ...houseFlags,
      file: { type: 'positional', required: true, description: 'What dateline backup wrote' },
      force: {
        type: 'boolean',
        description: 'Replace the data that are there; an old data folder is kept beside',
      },
      json: { type: 'boolean', description: 'Print what was restored as JSON' },
    },
    run: async ({ args }) => {
      const places = find(args);
      try {
        const { header, summary, former } = await restore(places, {
          file: args.file,
          force: args.force === true,
          progress: storageProgress(),
        });
        endProgress();
        if (args.json === true) {
          console.log(JSON.stringify({ header, summary, former: former ?? null }));
          return;
        }
        const rows = Object.values(summary.tables).reduce((sum, table) => sum + table.rows, 0);
        console.log(
          `Restored the state of ${header.createdAt}: ${rows} rows, ${summary.media.files} media files.`,
        );
        if (former !== undefined) console.log(`The former data are kept in ${former}.`);
        if (summary.media.missing.length > 0)
          console.log(`${summary.media.missing.length} media files were missing when the backup was made.`);
      } finally {
        endProgress();
      }
    },
  });
}
