import type { Insertable, Updateable } from 'kysely';
import type { RadioChanged } from '../../contract/events.ts';
import { RADIO_CHANGED } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { checkMoved } from '../articles/articles.ts';

export async function radioChanged(db: Pick<Db, 'dialect'>, tx: Tx, changed: RadioChanged): Promise<void> {
  await appendEvents(db, tx, [{ topic: RADIO_CHANGED, payload: { ...changed } }]);
}

export async function insertMount(tx: Tx, row: Insertable<Tables['radio_mounts']>): Promise<void> {
  await tx.insertInto('radio_mounts').values(row).execute();
}

export async function updateMount(
  tx: Tx,
  id: string,
  change: Updateable<Tables['radio_mounts']> & { row_version: number },
): Promise<void> {
  const query = tx.updateTable('radio_mounts').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

export async function insertSource(tx: Tx, row: Insertable<Tables['radio_sources']>): Promise<void> {
  await tx.insertInto('radio_sources').values(row).execute();
}

/** True when there was one. */
export async function deleteSource(tx: Tx, mountId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('radio_sources')
    .where('mount_id', '=', mountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}
