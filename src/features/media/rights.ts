import { assetChanged } from './assets.ts';
import { updateAsset } from './media.store.ts';
import type { MediaRoom } from './receive.ts';

/**
 * Withdraws assets whose rights have run out: pages are drawn without them and their files are no longer given out. Returns how many.
 */
export async function withdrawExpired(room: Pick<MediaRoom, 'db' | 'clock'>): Promise<number> {
  const now = room.clock.now();
  const due = await room.db.read
    .selectFrom('assets')
    .select('id')
    .where('rights_expire_at', 'is not', null)
    .where('rights_expire_at', '<=', now)
    .where('withdrawn', '=', 0)
    .limit(500)
    .execute();
  if (due.length === 0) return 0;
  await room.db.write(async (tx) => {
    for (const { id } of due) {
      await updateAsset(tx, id, { withdrawn: 1, updated_at: now });
      await assetChanged(room.db, tx, id);
    }
  });
  return due.length;
}
