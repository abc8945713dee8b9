import type { Insertable, Selectable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type TimelineRow = Selectable<Tables['timeline_entries']>;

/** Takes a storyline's row for this transaction and reads its entries in order; undefined when there is no such storyline. */
export async function lockTimeline(tx: Tx, storylineId: string): Promise<TimelineRow[] | undefined> {
  const found = await tx
    .updateTable('storylines')
    .set((eb) => ({ position: eb.ref('position') }))
    .where('id', '=', storylineId)
    .executeTakeFirst();
  if (Number(found.numUpdatedRows) === 0) return undefined;
  return tx
    .selectFrom('timeline_entries')
    .selectAll()
    .where('storyline_id', '=', storylineId)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

export async function insertEntry(tx: Tx, row: Insertable<Tables['timeline_entries']>): Promise<void> {
  await tx.insertInto('timeline_entries').values(row).execute();
}

export async function updateEntry(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['timeline_entries']>>,
): Promise<void> {
  await tx.updateTable('timeline_entries').set(change).where('id', '=', id).execute();
}

export async function deleteEntry(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('timeline_entries').where('id', '=', id).execute();
}

/** Numbers entries by their place. */
export async function placeEntries(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries())
    await tx
      .updateTable('timeline_entries')
      .set({ position })
      .where('id', '=', id)
      .where('position', '<>', position)
      .execute();
}
