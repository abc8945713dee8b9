import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../base/ids.ts';
import { assetChanged } from './assets.ts';
import { dropRetired, insertRendition, markMade, readAsset, retireRenditions } from './media.store.ts';
import { runPictureJob } from './picture-child.ts';
import type { Rendered } from './picture-worker.ts';
import { formats, planOf, renderJob, renditionPlans } from './plan.ts';
import { claimSigner, type MediaRoom } from './receive.ts';

/** How long the files of replaced renditions are still given out. */
const RETIRED_MS = 14 * 24 * 3600_000;

/**
 * Makes the renditions of a picture that its present plan (crops, focal point, credit) lacks; JPEG first, so that a page has something
 * soon. What they replace stays in place until then, and its files for some days more. Safe to run again. Returns how many it made.
 */
export async function makeRenditions(room: MediaRoom, assetId: string): Promise<number> {
  const asset = await readAsset(room.db.read, assetId);
  if (asset?.kind !== 'picture' || asset.digest === null || asset.width === null) return 0;
  const plan = planOf(asset) ?? '';
  const have = await room.db.read
    .selectFrom('renditions')
    .select(['name', 'format', 'plan'])
    .where('asset_id', '=', assetId)
    .execute();
  const known = new Set(have.filter((row) => row.plan === plan).map((row) => `${row.name} ${row.format}`));
  const plans = renditionPlans(asset).filter((each) => !known.has(`${each.name} ${each.format}`));
  const folder = await mkdtemp(join(tmpdir(), 'dateline-media-'));
  try {
    const file = join(folder, 'original');
    if (plans.length > 0) {
      const original = await room.blobs.get(asset.digest);
      if (original === undefined)
        throw new Error(`the original ${asset.digest} of asset ${assetId} is missing from the media store`);
      await pipeline(original, createWriteStream(file));
    }
    for (const format of formats) {
      const batch = plans.filter((each) => each.format === format);
      if (batch.length === 0) continue;
      const { rendered } = await runPictureJob(
        renderJob(asset, { file, folder, plans: batch }),
        folder,
        claimSigner(room),
      );
      const stored: (Rendered & { digest: string; bytes: number })[] = [];
      for (const item of rendered ?? []) {
        const { digest } = await room.blobs.put(createReadStream(item.file));
        stored.push({ ...item, digest, bytes: (await stat(item.file)).size });
      }
      await room.db.write(async (tx) => {
        const names = stored.map(({ name }) => name);
        await retireRenditions(tx, { assetId, format, names, plan, now: room.clock.now() });
        for (const { name, digest, bytes, width, height } of stored) {
          await insertRendition(tx, {
            id: newId(),
            asset_id: assetId,
            plan,
            name,
            format,
            digest,
            bytes,
            width,
            height,
            created_at: room.clock.now(),
          });
        }
        await assetChanged(room.db, tx, assetId);
      });
    }
    const wanted = new Set(renditionPlans(asset).map((each) => `${each.name} ${each.format}`));
    await room.db.write((tx) => markMade(tx, { assetId, plan, wanted, now: room.clock.now() }));
    return plans.length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stops giving out files that were replaced long ago, and removes those that nothing else names. */
export async function forgetRetired(room: MediaRoom): Promise<void> {
  const before = new Date(Date.parse(room.clock.now()) - RETIRED_MS).toISOString();
  const gone = await room.db.write((tx) => dropRetired(tx, before));
  for (const digest of gone) await room.blobs.delete(digest);
}
