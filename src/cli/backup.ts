import { defineCommand } from 'citty';
import { backup } from '../storage/backup/backup.ts';
import { openBlobs } from '../storage/files/blobs.ts';
import { openDb } from '../storage/open.ts';
import { houseFlags, readVersion } from './house.ts';
import { assertThere, endProgress, type FindStorage, storageProgress } from './storage.ts';

/** `dateline backup FILE`. Media that are missing are named, and end it non-zero: the backup is good but the site was not whole. */
export function backupCommand(find: FindStorage) {
  return defineCommand({
    meta: { name: 'backup', description: 'Write everything as of now to one file, while the site runs' },
    args: {
      ...houseFlags,
      file: { type: 'positional', required: true, description: 'The file to write, a tar archive' },
      force: { type: 'boolean', description: 'Replace a file of this name' },
      json: { type: 'boolean', description: 'Print what was written as JSON' },
    },
    run: async ({ args }) => {
      const places = find(args);
      assertThere(places);
      const db = await openDb(places.database);
      try {
        const result = await backup(
          { db, blobs: openBlobs(places.media) },
          {
            file: args.file,
            force: args.force === true,
            program: await readVersion(),
            progress: storageProgress(),
          },
        );
        endProgress();
        const { media, tables } = result.summary;
        const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
        if (args.json === true) console.log(JSON.stringify({ file: args.file, ...result }));
        else
          console.log(
            `${args.file}: ${rows} rows, ${media.files} media files, ${result.bytes} bytes, sealed.`,
          );
        if (media.missing.length > 0) {
          console.error(
            `${media.missing.length} media files were missing, the first ${media.missing[0]}. Run dateline doctor.`,
          );
          process.exitCode = 1;
        }
      } finally {
        endProgress();
        await db.close();
      }
    },
  });
}
