import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertStep(tx: Tx, row: Insertable<Tables['sign_in_steps']>): Promise<void> {
  await tx.insertInto('sign_in_steps').values(row).execute();
}

export async function deleteStep(tx: Tx, id: string): Promise<boolean> {
  const result = await tx.deleteFrom('sign_in_steps').where('id', '=', id).executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

export async function countAttempt(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('sign_in_steps')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
