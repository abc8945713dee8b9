import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertSession(tx: Tx, row: Insertable<Tables['sessions']>): Promise<void> {
  await tx.insertInto('sessions').values(row).execute();
}

export async function touchSession(
  tx: Tx,
  id: string,
  at: { used: Instant; expires: Instant },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ last_used_at: at.used, expires_at: at.expires })
    .where('id', '=', id)
    .execute();
}

/** Ends one session of a person; false when it is not theirs or has ended. */
export async function deleteSession(tx: Tx, session: { id: string; userId: string }): Promise<boolean> {
  const result = await tx
    .deleteFrom('sessions')
    .where('id', '=', session.id)
    .where('user_id', '=', session.userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

/** Ends a person's sessions, all or all but one. */
export async function deleteSessions(
  tx: Tx,
  of: { userId: string; but?: string | undefined },
): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('user_id', '=', of.userId)
    .$if(of.but !== undefined, (query) => query.where('id', '!=', of.but ?? ''))
    .execute();
}

export async function deleteExpired(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await tx.deleteFrom('sign_in_steps').where('expires_at', '<=', now).execute();
  await tx.deleteFrom('one_time_links').where('expires_at', '<=', now).execute();
}
