import { resolve } from 'node:path';
import { defineCommand } from 'citty';
import { houseFlags, readAssets, withHouse } from './house.ts';
import { openMirror } from './mirror/mirror.ts';

const POLL_MS = 1000;

export const mirrorCommand = defineCommand({
  meta: { name: 'mirror', description: 'Keep a complete static copy of the site in a folder' },
  args: {
    ...houseFlags,
    dir: { type: 'positional', description: 'folder of the copy', valueHint: 'DIR', required: true },
    once: { type: 'boolean', description: 'bring the copy up to date and end' },
    cards: {
      type: 'boolean',
      default: true,
      description: 'draw the pictures for social networks',
      negativeDescription: 'leave them to the site: a first copy is then many times faster',
    },
    json: { type: 'boolean', description: 'one JSON object a round' },
  },
  run: ({ args }) =>
    withHouse(args, async (house, config) => {
      const { folder: assetFolder, manifest } = await readAssets();
      const folder = resolve(args.dir);
      const mirror = openMirror({
        db: house.db,
        clock: house.clock,
        folder,
        cards: args.cards,
        services: {
          kind: house.db.kind,
          origin: config.origin,
          assets: manifest,
          assetFolder,
          blobs: house.blobs,
          media: house.media,
        },
        progress: (line) => process.stderr.write(`${line}\n`),
      });
      const round = async (): Promise<void> => {
        const began = performance.now();
        const { written, removed, whole } = await mirror.catchUp();
        if (written + removed === 0) return;
        const ms = Math.round(performance.now() - began);
        process.stdout.write(
          args.json === true
            ? `${JSON.stringify({ folder, written, removed, whole, ms })}\n`
            : `${folder}: ${written} written, ${removed} removed in ${(ms / 1000).toFixed(1)} s.\n`,
        );
      };
      try {
        await round();
        if (args.once !== true) await followUntilStopped(house.db, round);
      } finally {
        mirror.close();
      }
    }),
});

/** A round after each wake of the outbox, and every second for what changes with time, until SIGINT or SIGTERM. */
async function followUntilStopped(
  db: { readonly dialect: { listen(wake: () => void): Promise<() => Promise<void>> } },
  round: () => Promise<void>,
): Promise<void> {
  let stopped = false;
  let wake = (): void => undefined;
  const stop = (): void => {
    stopped = true;
    wake();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const stopListening = await db.dialect.listen(() => wake());
  try {
    while (!stopped) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, POLL_MS);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
      await round();
    }
  } finally {
    await stopListening();
  }
}
