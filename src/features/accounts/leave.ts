import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import { forgetMailsTo, mailsTo } from '../mail/mail.ts';
import { endTokensOf, updateUser } from './accounts.store.ts';
import { deletePasskeys, deleteTotp, putRecoveryCodes } from './factors.store.ts';
import { deleteIdentities } from './identities.store.ts';
import { forgetLinksOf } from './links.store.ts';
import { accountOf, passkeysOf, sessionsOf } from './own.views.ts';
import type { AccountPart } from './parts.ts';
import { NO_ADDRESS } from './people.ts';
import { accountChanged } from './readers.ts';
import { deleteSessions } from './sessions.store.ts';

export type LeaveRoom = { readonly db: Db; readonly clock: Clock; readonly parts: readonly AccountPart[] };

/** Everything that the house keeps of a person, for them to take away. */
export async function exportAccount(
  room: Omit<LeaveRoom, 'db'> & { readonly db: Reader },
  userId: string,
): Promise<Record<string, unknown>> {
  const { db, clock, parts } = room;
  const account = await accountOf(db, userId);
  if (account === undefined) throw new Problem('not-found', 'The account is gone.');
  const identities = await db.selectFrom('identities').selectAll().where('user_id', '=', userId).execute();
  const exported: Record<string, unknown> = {
    exportedAt: clock.now(),
    account,
    identities: identities.map((row) => ({
      provider: row.provider,
      subject: row.subject,
      email: row.email,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    })),
    passkeys: await passkeysOf(db, userId),
    sessions: await sessionsOf(db, { userId, now: clock.now() }),
    mails: await mailsTo(
      db,
      [account.email, account.contactEmail].filter((each) => each !== null),
    ),
  };
  for (const part of parts) exported[part.name] = await part.export(db, userId);
  return exported;
}

/**
 * Deletes a reader's account: what remains is an id with nothing personal, so that conversations do not fall apart. Its comments are a
 * deleted account's from the same moment on. @throws Problem `conflict` for people of the house, whom an admin makes readers first
 */
export async function deleteAccount(room: LeaveRoom, tx: Tx, userId: string): Promise<void> {
  const { clock, db, parts } = room;
  const user = await tx.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  if (user === undefined || user.deleted_at !== null) throw new Problem('gone', 'The account is gone.');
  if (user.role !== 'reader')
    throw new Problem(
      'conflict',
      'An account of the house is not deleted by itself.',
      'Ask an administrator to end it.',
    );
  for (const part of parts) await part.erase?.(tx, { userId, at: clock.now(), db });
  await deleteSessions(tx, { userId });
  await deletePasskeys(tx, { userId });
  await deleteTotp(tx, userId);
  await putRecoveryCodes(tx, userId, []);
  await deleteIdentities(tx, { userId });
  await forgetLinksOf(tx, { userId, email: user.email });
  await endTokensOf(tx, userId, clock.now());
  await forgetMailsTo(tx, user.email);
  if (user.contact_email !== null) await forgetMailsTo(tx, user.contact_email);
  const now = clock.now();
  await updateUser(tx, userId, {
    email: `${userId}${NO_ADDRESS}`,
    contact_email: null,
    name: '',
    name_skeleton: null,
    password_hash: null,
    avatar_digest: null,
    language: null,
    signed_in_at: null,
    disabled: 1,
    deleted_at: now,
    updated_at: now,
  });
  await accountChanged(db, tx, userId);
  await writeAudit(tx, { by: null, action: 'account.delete', object: { kind: 'user', id: userId }, at: now });
}
