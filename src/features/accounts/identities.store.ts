import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export async function insertIdentity(tx: Tx, row: Insertable<Tables['identities']>): Promise<void> {
  await tx.insertInto('identities').values(row).execute();
}

export async function touchIdentity(
  tx: Tx,
  key: { provider: string; subject: string },
  change: { email: string | null; at: Instant },
): Promise<void> {
  await tx
    .updateTable('identities')
    .set({ email: change.email, last_used_at: change.at })
    .where('provider', '=', key.provider)
    .where('subject', '=', key.subject)
    .execute();
}

export async function deleteIdentities(tx: Tx, of: { userId: string; provider?: string }): Promise<void> {
  await tx
    .deleteFrom('identities')
    .where('user_id', '=', of.userId)
    .$if(of.provider !== undefined, (query) => query.where('provider', '=', of.provider ?? ''))
    .execute();
}

export async function insertReceipt(tx: Tx, row: Insertable<Tables['deletion_receipts']>): Promise<void> {
  await tx.insertInto('deletion_receipts').values(row).execute();
}
