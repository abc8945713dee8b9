import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

/** Keeps a new secret in the place of an older one. */
export async function putTotp(tx: Tx, row: Insertable<Tables['totp_secrets']>): Promise<void> {
  await tx.deleteFrom('totp_secrets').where('user_id', '=', row.user_id).execute();
  await tx.insertInto('totp_secrets').values(row).execute();
}

/** Takes a step once: false when it or a later one has been taken, by another request of the same moment too. */
export async function takeTotpStep(
  tx: Tx,
  take: { userId: string; step: number; confirmedAt?: Instant },
): Promise<boolean> {
  const result = await tx
    .updateTable('totp_secrets')
    .set({
      last_step: take.step,
      ...(take.confirmedAt === undefined ? {} : { confirmed_at: take.confirmedAt }),
    })
    .where('user_id', '=', take.userId)
    .where('last_step', '<', take.step)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function countTotpFailure(
  tx: Tx,
  count: { userId: string; failures: number; since: Instant },
): Promise<void> {
  await tx
    .updateTable('totp_secrets')
    .set({ failures: count.failures, failing_since: count.since })
    .where('user_id', '=', count.userId)
    .execute();
}

export async function deleteTotp(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('totp_secrets').where('user_id', '=', userId).execute();
}

/** Puts new recovery codes in the place of all older ones. */
export async function putRecoveryCodes(
  tx: Tx,
  userId: string,
  rows: readonly Insertable<Tables['recovery_codes']>[],
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  if (rows.length > 0) await tx.insertInto('recovery_codes').values(rows).execute();
}

/** Uses a code up; false when it is none of the person's, or used. */
export async function takeRecoveryCode(
  tx: Tx,
  take: { userId: string; hash: string; at: Instant },
): Promise<boolean> {
  const result = await tx
    .updateTable('recovery_codes')
    .set({ used_at: take.at })
    .where('user_id', '=', take.userId)
    .where('code_hash', '=', take.hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function insertPasskey(tx: Tx, row: Insertable<Tables['passkeys']>): Promise<void> {
  await tx.insertInto('passkeys').values(row).execute();
}

export async function updatePasskey(
  tx: Tx,
  id: string,
  change: Partial<Pick<Tables['passkeys'], 'name' | 'sign_count' | 'last_used_at' | 'backed_up'>>,
): Promise<void> {
  await tx.updateTable('passkeys').set(change).where('id', '=', id).execute();
}

/** Removes one passkey of a person, or all; how many there were. */
export async function deletePasskeys(tx: Tx, of: { userId: string; id?: string }): Promise<number> {
  const result = await tx
    .deleteFrom('passkeys')
    .where('user_id', '=', of.userId)
    .$if(of.id !== undefined, (query) => query.where('id', '=', of.id ?? ''))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
