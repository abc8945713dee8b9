import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type ScheduleRow = Selectable<Tables['schedules']>;

export async function insertSchedule(tx: Tx, row: Insertable<Tables['schedules']>): Promise<void> {
  await tx.insertInto('schedules').values(row).execute();
}

/** Moves a schedule out of `waiting`; false when another has done so first: whoever gets true, and nobody else, acts on it. */
export async function settleSchedule(
  tx: Tx,
  id: string,
  to: { state: 'fired' | 'cancelled' | 'failed'; at: Instant; failure?: string; lateMs?: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('schedules')
    .set({ state: to.state, fired_at: to.at, failure: to.failure ?? null, late_ms: to.lateMs ?? null })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
