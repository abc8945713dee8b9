import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { checkMoved, type Moved } from '../articles/articles.ts';

export async function insertProgramme(tx: Tx, row: Insertable<Tables['radio_programmes']>): Promise<void> {
  await tx.insertInto('radio_programmes').values(row).execute();
}

export async function updateProgramme(tx: Tx, id: string, change: Moved<'radio_programmes'>): Promise<void> {
  const query = tx.updateTable('radio_programmes').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

/** Keeps how many episodes a programme has. */
export async function countEpisode(tx: Tx, programmeId: string, by: number): Promise<void> {
  await tx
    .updateTable('radio_programmes')
    .set((eb) => ({ episode_count: eb('episode_count', '+', by) }))
    .where('id', '=', programmeId)
    .execute();
}

export async function insertSlot(tx: Tx, row: Insertable<Tables['radio_slots']>): Promise<void> {
  await tx.insertInto('radio_slots').values(row).execute();
}

export async function updateSlot(tx: Tx, id: string, change: Moved<'radio_slots'>): Promise<void> {
  const query = tx.updateTable('radio_slots').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

/** True when there was one. */
export async function deleteSlot(tx: Tx, id: string): Promise<boolean> {
  const result = await tx.deleteFrom('radio_slots').where('id', '=', id).executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

export async function insertMoment(tx: Tx, row: Insertable<Tables['radio_moments']>): Promise<void> {
  await tx.insertInto('radio_moments').values(row).execute();
}

export async function insertEpisode(tx: Tx, row: Insertable<Tables['radio_episodes']>): Promise<void> {
  await tx.insertInto('radio_episodes').values(row).execute();
}

export async function updateEpisode(tx: Tx, id: string, change: Moved<'radio_episodes'>): Promise<void> {
  const query = tx.updateTable('radio_episodes').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}
