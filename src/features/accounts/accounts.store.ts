import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertUser(tx: Tx, row: Insertable<Tables['users']>): Promise<void> {
  await tx.insertInto('users').values(row).execute();
}

export async function updateUser(
  tx: Tx,
  id: string,
  change: Partial<Insertable<Tables['users']>>,
): Promise<void> {
  await tx.updateTable('users').set(change).where('id', '=', id).execute();
}

export async function insertToken(tx: Tx, row: Insertable<Tables['api_tokens']>): Promise<void> {
  await tx.insertInto('api_tokens').values(row).execute();
}

/** Ends a token; false when there is none or it has ended. */
export async function endToken(tx: Tx, id: string, at: string): Promise<boolean> {
  const result = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function touchToken(tx: Tx, id: string, at: string): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** Ends every token of a person. */
export async function endTokensOf(tx: Tx, userId: string, at: string): Promise<void> {
  await tx
    .updateTable('api_tokens')
    .set({ revoked_at: at })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute();
}
