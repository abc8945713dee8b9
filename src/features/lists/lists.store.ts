import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertView(tx: Tx, row: Insertable<Tables['saved_views']>): Promise<void> {
  await tx.insertInto('saved_views').values(row).execute();
}

/** Whether the row was still at the version before. */
export async function updateView(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['saved_views']>> & { row_version: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('saved_views')
    .set(change)
    .where('id', '=', id)
    .where('row_version', '=', change.row_version - 1)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function deleteView(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('saved_views').where('id', '=', id).execute();
}

export async function insertOperation(tx: Tx, row: Insertable<Tables['bulk_operations']>): Promise<void> {
  await tx.insertInto('bulk_operations').values(row).execute();
}

/** Marks an operation as undone; false when it was already. */
export async function markUndone(tx: Tx, id: string, at: string): Promise<boolean> {
  const result = await tx
    .updateTable('bulk_operations')
    .set({ undone_at: at })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
