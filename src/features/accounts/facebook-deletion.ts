import { randomBytes } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';
import { deleteIdentities, insertReceipt } from './identities.store.ts';
import { hasOtherWay, ownerOf } from './identities.ts';
import { deleteAccount, type LeaveRoom } from './leave.ts';

/** The clocks of two houses differ by so much at most, in milliseconds. */
const SKEW_MS = 300_000;

/**
 * Does what Facebook's data-deletion callback asks for: what came from Facebook goes; an account that has no other way in goes with it.
 * Answers with the code of the receipt, by which anyone who has it sees that it is done, and nothing of whom it was. Who has come after it was
 * asked stays: a request that was seen on its way is of no use to whoever sends it again.
 */
export async function deleteByFacebook(
  room: LeaveRoom,
  { userId: subject, issuedAt }: { readonly userId: string; readonly issuedAt: Instant | undefined },
): Promise<string> {
  const code = randomBytes(16).toString('hex');
  const now = room.clock.now();
  await room.db.write(async (tx) => {
    const userId = await ownerOf(tx, { provider: 'facebook', subject });
    if (userId !== undefined && !(await cameAfter(tx, subject, issuedAt))) {
      if (await hasOtherWay(tx, { userId, provider: 'facebook' }))
        await deleteIdentities(tx, { userId, provider: 'facebook' });
      else await deleteAccount(room, tx, userId);
    }
    await insertReceipt(tx, {
      code,
      provider: 'facebook',
      state: 'done',
      requested_at: now,
      finished_at: now,
    });
  });
  return code;
}

async function cameAfter(db: Reader, subject: string, at: Instant | undefined): Promise<boolean> {
  if (at === undefined) return false;
  const row = await db
    .selectFrom('identities')
    .select('created_at')
    .where('provider', '=', 'facebook')
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row !== undefined && Date.parse(row.created_at) > Date.parse(at) + SKEW_MS;
}

/** When a deletion was done; undefined for a code that is none. */
export async function deletionReceipt(
  db: Reader,
  code: string,
): Promise<{ finishedAt: string | null } | undefined> {
  const row = await db
    .selectFrom('deletion_receipts')
    .select('finished_at')
    .where('code', '=', code)
    .executeTakeFirst();
  return row === undefined ? undefined : { finishedAt: row.finished_at };
}
