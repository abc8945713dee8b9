import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertLink(tx: Tx, row: Insertable<Tables['one_time_links']>): Promise<void> {
  await tx.insertInto('one_time_links').values(row).execute();
}

/** Gives a link that has not been used its secret, in the place of an earlier one. */
export async function armLink(tx: Tx, arm: { id: string; hash: string; expires: Instant }): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_links')
    .set({ secret_hash: arm.hash, expires_at: arm.expires })
    .where('id', '=', arm.id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Uses a link up: of two requests of one moment one gets true. */
export async function useLink(tx: Tx, id: string, at: Instant): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_links')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Removes links of a purpose that nobody has used. */
export async function deleteLinks(
  tx: Tx,
  of: { purpose?: string; userId?: string; email?: string },
): Promise<void> {
  await tx
    .deleteFrom('one_time_links')
    .where('used_at', 'is', null)
    .$if(of.purpose !== undefined, (query) => query.where('purpose', '=', of.purpose ?? ''))
    .$if(of.userId !== undefined, (query) => query.where('user_id', '=', of.userId ?? ''))
    .$if(of.email !== undefined, (query) => query.where('email', '=', of.email ?? ''))
    .execute();
}

/** Removes every link of a person and of their address, used ones too. */
export async function forgetLinksOf(tx: Tx, of: { userId: string; email: string }): Promise<void> {
  await tx
    .deleteFrom('one_time_links')
    .where((eb) => eb.or([eb('user_id', '=', of.userId), eb('email', '=', of.email)]))
    .execute();
}
