import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertPreviewLink(tx: Tx, row: Insertable<Tables['preview_links']>): Promise<void> {
  await tx.insertInto('preview_links').values(row).execute();
}

/** True when it was open until now. */
export async function endPreviewLink(tx: Tx, id: string, end: { by: string; at: Instant }): Promise<boolean> {
  const result = await tx
    .updateTable('preview_links')
    .set({ revoked_at: end.at, revoked_by: end.by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function countPreviewUse(tx: Tx, id: string, at: Instant): Promise<void> {
  await tx
    .updateTable('preview_links')
    .set((eb) => ({ uses: eb('uses', '+', 1), last_used_at: at }))
    .where('id', '=', id)
    .execute();
}
