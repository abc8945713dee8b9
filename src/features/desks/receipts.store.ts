import type { Insertable, Selectable } from 'kysely';
import { toJson } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { batches } from '../articles/articles.ts';
import type { Surface } from './surfaces.ts';

export type ReceiptRow = Selectable<Tables['receipts']>;

/** Opens the receipt of a version with the surfaces it asks; false when there is one already. */
export async function insertReceipt(
  tx: Tx,
  row: Insertable<Tables['receipts']>,
  surfaces: readonly Surface[],
): Promise<boolean> {
  const made = await tx
    .insertInto('receipts')
    .values(row)
    .onConflict((oc) => oc.columns(['article_id', 'version_number']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return false;
  const rows = surfaces.map((surface, position) => ({
    receipt_id: row.id,
    position,
    surface: surface.surface,
    url: surface.url,
    expected: toJson<unknown>(surface.expected),
    door: null,
    status: null,
    digest: null,
    bytes: null,
    millis: null,
    fetched_at: null,
    reached: 0 as const,
    detail: '',
  }));
  for (const batch of batches(rows)) await tx.insertInto('receipt_surfaces').values(batch).execute();
  return true;
}

export async function putSurface(
  tx: Tx,
  at: { receiptId: string; position: number },
  seen: Pick<
    Insertable<Tables['receipt_surfaces']>,
    'door' | 'status' | 'digest' | 'bytes' | 'millis' | 'fetched_at' | 'reached' | 'detail'
  >,
): Promise<void> {
  await tx
    .updateTable('receipt_surfaces')
    .set(seen)
    .where('receipt_id', '=', at.receiptId)
    .where('position', '=', at.position)
    .execute();
}

export async function updateReceipt(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['receipts']>>,
): Promise<void> {
  await tx.updateTable('receipts').set(change).where('id', '=', id).execute();
}
