import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import { updateUser } from './accounts.store.ts';
import { deletePasskeys, deleteTotp, updatePasskey } from './factors.store.ts';
import { mailSecurityNotice } from './mails.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { contactOf } from './people.ts';
import { makeRecoveryCodes } from './second-factor.ts';
import { deleteSession, deleteSessions } from './sessions.store.ts';
import { hasTotp } from './sessions.ts';

/** Tells the audit log and, by mail, the person, that the ways into an account of the house have changed. */
export async function noteSecurity(
  tx: Tx,
  clock: Clock,
  input: { readonly me: Actor; readonly action: string; readonly details?: Record<string, unknown> },
): Promise<void> {
  const { me, action, details } = input;
  if (me.role !== 'reader')
    await writeAudit(tx, {
      by: me,
      action,
      object: { kind: 'user', id: me.userId },
      ...(details === undefined ? {} : { details }),
      at: clock.now(),
    });
  const to = await contactOf(tx, me.userId);
  if (to !== undefined) await mailSecurityNotice(tx, clock, { to, name: me.name });
}

/** Hashes a new password outside of any transaction. @throws Problem `invalid` */
export async function passwordFor(db: Reader, userId: string, password: string): Promise<string> {
  const row = await db
    .selectFrom('users')
    .select(['email', 'name'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  checkPassword(password, [row.email, row.name]);
  return hashPassword(password);
}

/** Sets a password and ends every other session. */
export async function setPassword(
  tx: Tx,
  clock: Clock,
  input: { readonly me: Actor; readonly hash: string },
): Promise<void> {
  const { me, hash } = input;
  await updateUser(tx, me.userId, { password_hash: hash, updated_at: clock.now() });
  await deleteSessions(tx, { userId: me.userId, but: me.session?.id });
  await noteSecurity(tx, clock, { me, action: 'user.password' });
}

/** Gives an account the first password that it has, without a word to anybody: for samples. */
export async function givePassword(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly hash: string },
): Promise<void> {
  await updateUser(tx, input.userId, { password_hash: input.hash, updated_at: clock.now() });
}

/** After the first second factor: the recovery codes, where there are none yet. */
export async function codesAfterSetUp(tx: Tx, clock: Clock, userId: string): Promise<string[]> {
  const known = await tx
    .selectFrom('recovery_codes')
    .select('id')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return known === undefined ? makeRecoveryCodes(tx, clock, userId) : [];
}

export async function renamePasskey(
  tx: Tx,
  input: { readonly userId: string; readonly id: string; readonly name: string },
): Promise<void> {
  const row = await tx
    .selectFrom('passkeys')
    .select('id')
    .where('id', '=', input.id)
    .where('user_id', '=', input.userId)
    .executeTakeFirst();
  if (row === undefined) throw noPasskey();
  await updatePasskey(tx, row.id, { name: input.name });
}

/** @throws Problem `conflict` when somebody of the house would be left without a passkey and a second factor. */
export async function removePasskey(
  tx: Tx,
  clock: Clock,
  input: { readonly me: Actor; readonly id: string },
): Promise<void> {
  const { me, id } = input;
  const keys = await tx.selectFrom('passkeys').select('id').where('user_id', '=', me.userId).execute();
  if (!keys.some((key) => key.id === id)) throw noPasskey();
  if (me.role !== 'reader' && keys.length === 1 && !(await hasTotp(tx, me.userId))) throw lastFactor();
  await deletePasskeys(tx, { userId: me.userId, id });
  await noteSecurity(tx, clock, { me, action: 'user.passkey.remove' });
}

export async function removeCodes(tx: Tx, clock: Clock, me: Actor): Promise<void> {
  const passkey = await tx
    .selectFrom('passkeys')
    .select('id')
    .where('user_id', '=', me.userId)
    .limit(1)
    .executeTakeFirst();
  if (me.role !== 'reader' && passkey === undefined) throw lastFactor();
  await deleteTotp(tx, me.userId);
  await noteSecurity(tx, clock, { me, action: 'user.codes.remove' });
}

/** @throws Problem `not-found` */
export async function endSession(
  tx: Tx,
  clock: Clock,
  input: { readonly me: Actor; readonly id: string },
): Promise<void> {
  const { me, id } = input;
  if (!(await deleteSession(tx, { id, userId: me.userId })))
    throw new Problem('not-found', 'There is no such session of yours.');
  await noteEnd(tx, clock, { me, id });
}

export async function endOtherSessions(tx: Tx, clock: Clock, me: Actor): Promise<void> {
  await deleteSessions(tx, { userId: me.userId, but: me.session?.id });
  await noteEnd(tx, clock, { me, id: 'others' });
}

async function noteEnd(tx: Tx, clock: Clock, { me, id }: { me: Actor; id: string }): Promise<void> {
  if (me.role === 'reader') return;
  await writeAudit(tx, { by: me, action: 'session.end', object: { kind: 'session', id }, at: clock.now() });
}

function noPasskey(): Problem {
  return new Problem('not-found', 'There is no such passkey of yours.');
}

function lastFactor(): Problem {
  return new Problem(
    'conflict',
    'People of the house keep a passkey or a second factor.',
    'Set up another one first.',
  );
}
