import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { countNotices } from './queue.store.ts';

export async function insertNotice(tx: Tx, notice: Insertable<Tables['moderation_notices']>): Promise<void> {
  await tx.insertInto('moderation_notices').values(notice).execute();
  await countNotices(tx, 1);
}

/** Decides a notice that waits; false when it was decided already. */
export async function endNotice(
  tx: Tx,
  notice: { id: string; state: 'acted' | 'dismissed'; by: string; answer: string; at: Instant },
): Promise<boolean> {
  const row = await tx
    .updateTable('moderation_notices')
    .set({ state: notice.state, decided_by: notice.by, answer: notice.answer, decided_at: notice.at })
    .where('id', '=', notice.id)
    .where('state', '=', 'received')
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) await countNotices(tx, -1);
  return row !== undefined;
}
