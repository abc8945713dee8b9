import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertMentions(tx: Tx, rows: readonly Insertable<Tables['mentions']>[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('mentions')
      .values([...rows])
      .execute();
}

/** Marks mentions of a person as read, or as unread again; all of them up to one that is named. */
export async function markRead(
  tx: Tx,
  of: { userId: string; ids: readonly string[] | 'all'; at: string | null },
): Promise<void> {
  let query = tx.updateTable('mentions').set({ read_at: of.at }).where('user_id', '=', of.userId);
  if (of.at !== null) query = query.where('read_at', 'is', null);
  if (of.ids !== 'all') query = query.where('id', 'in', [...of.ids]);
  await query.execute();
}
