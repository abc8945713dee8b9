import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Actor } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import { updateUser } from './accounts.store.ts';
import { deletePasskeys, deleteTotp, putRecoveryCodes } from './factors.store.ts';
import { deleteLinks } from './links.store.ts';
import { type LinkPurpose, linkAddress, type LinkView, lookAtLink, makeLink, takeLink } from './links.ts';
import { mailLink, mailSecurityNotice } from './mails.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { createUser, userById, type UserView } from './people.ts';
import { deleteSessions } from './sessions.store.ts';
import { afterFirstFactor, openSession, personById, type SignInAnswer, type SignInRoom } from './sign-in.ts';

type By = Pick<Actor, 'userId' | 'name'> | null;

/** An hour: whoever starts the program reads what it prints. */
const SET_UP_MS = 3600_000;

async function hasAdmin(db: Reader): Promise<boolean> {
  const query = db.selectFrom('users').select('id').where('role', '=', 'admin').where('disabled', '=', 0);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** The link that makes the first admin, in the place of an earlier one; undefined when there is an admin. */
export async function setUpLink(
  db: Db,
  clock: Clock,
  options: { readonly origin: string },
): Promise<string | undefined> {
  if (await hasAdmin(db.read)) return undefined;
  return db.write(async (tx) => {
    await deleteLinks(tx, { purpose: 'set-up' });
    const { secret } = await makeLink(tx, clock, { purpose: 'set-up', lifeMs: SET_UP_MS });
    return linkAddress({ secret, origin: options.origin });
  });
}

export type LinkTask = {
  readonly by: By;
  readonly userId: string;
  /** `link` answers with the link for who hands it over; `mail` sends it. */
  readonly way: 'mail' | 'link';
  readonly origin: string;
};

/** Asks somebody of the house to set up their account. The sessions that there are stay. */
export async function invite(tx: Tx, clock: Clock, task: LinkTask): Promise<string | undefined> {
  const user = await staffOf(tx, task.userId);
  await writeAudit(tx, {
    by: task.by,
    action: 'user.invite',
    object: { kind: 'user', id: user.id },
    details: { way: task.way },
    at: clock.now(),
  });
  return give(tx, clock, { ...task, user, purpose: 'invite' });
}

/** Gives somebody of the house a way back in; with `factors`, whatever they lost is removed and all sessions end. */
export async function reset(
  tx: Tx,
  clock: Clock,
  task: LinkTask & { readonly factors: boolean },
): Promise<string | undefined> {
  const user = await staffOf(tx, task.userId);
  if (task.factors) {
    await deletePasskeys(tx, { userId: user.id });
    await deleteTotp(tx, user.id);
    await putRecoveryCodes(tx, user.id, []);
    await updateUser(tx, user.id, { password_hash: null, updated_at: clock.now() });
    await deleteSessions(tx, { userId: user.id });
    await mailSecurityNotice(tx, clock, { to: user.email, name: user.name });
  }
  await writeAudit(tx, {
    by: task.by,
    action: 'user.reset',
    object: { kind: 'user', id: user.id },
    details: { way: task.way, factors: task.factors },
    at: clock.now(),
  });
  return give(tx, clock, { ...task, user, purpose: 'reset' });
}

async function give(
  tx: Tx,
  clock: Clock,
  task: LinkTask & { readonly user: UserView; readonly purpose: 'invite' | 'reset' },
): Promise<string | undefined> {
  const { user, purpose, origin } = task;
  await deleteLinks(tx, { userId: user.id });
  if (task.way === 'link') {
    const { secret } = await makeLink(tx, clock, { purpose, userId: user.id });
    return linkAddress({ secret, origin });
  }
  const link = { purpose, userId: user.id };
  await mailLink(tx, clock, { to: user.email, name: user.name, link, text: purpose });
  return undefined;
}

/** Somebody who cannot get in asks for a link. Whoever is asked for, the answer is the same, and so is the work but for a queued mail. */
export async function askForReset(db: Db, clock: Clock, email: string): Promise<void> {
  await db.write(async (tx) => {
    const row = await tx
      .selectFrom('users')
      .select(['id', 'name', 'email', 'role', 'language'])
      .where('email', '=', email.trim().toLowerCase())
      .where('disabled', '=', 0)
      .executeTakeFirst();
    if (row === undefined || row.role === 'reader') return;
    await deleteLinks(tx, { userId: row.id });
    const link = { purpose: 'reset' as const, userId: row.id };
    await mailLink(tx, clock, { to: row.email, name: row.name, language: row.language, link, text: 'reset' });
  });
}

/** What a link of the house is for, before it is used. @throws Problem `gone` */
export async function lookAtStaffLink(
  db: Reader,
  clock: Clock,
  secret: string,
): Promise<{ link: LinkView; person: UserView | undefined }> {
  const link = await lookAtLink(db, clock, secret);
  const person = link === undefined || link.userId === null ? undefined : await userById(db, link.userId);
  const known = link !== undefined && STAFF_LINKS.includes(link.purpose);
  if (!known || (link.purpose === 'set-up' && (await hasAdmin(db))))
    throw new Problem('gone', 'This link has been used or has expired.', 'Ask for a new one.');
  return { link, person };
}

const STAFF_LINKS: readonly LinkPurpose[] = ['set-up', 'invite', 'reset'];

export type LinkUse = {
  readonly secret: string;
  /** Of the first admin. */
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  /** Absent: a passkey is set up next. */
  readonly password?: string | undefined;
  readonly agent?: string | undefined;
};

/**
 * Uses a link of the house up: makes the first admin, or sets somebody's password, ends what sessions there were, and begins one, after
 * the second factor where one is set up. @throws Problem `gone`, `invalid`, `conflict`
 */
export async function useStaffLink(room: SignInRoom, use: LinkUse): Promise<SignInAnswer> {
  const { clock, db } = room;
  const { link, person } = await lookAtStaffLink(db.read, clock, use.secret);
  const email = person?.email ?? use.email ?? '';
  const name = person?.name ?? use.name ?? '';
  if (use.password !== undefined) checkPassword(use.password, [email, name]);
  const hash = use.password === undefined ? undefined : await hashPassword(use.password);
  const done = await db.write(async (tx) => {
    await takeLink(tx, clock, { secret: use.secret, of: STAFF_LINKS });
    const first = link.purpose === 'set-up';
    if (first && (await hasAdmin(tx)))
      throw new Problem('gone', 'This house has an admin by now.', 'Ask them for an invitation.');
    const id = first ? await createUser(tx, clock, { email, name, role: 'admin' }) : (link.userId ?? '');
    const who = await personById(tx, id);
    if (who === undefined) throw new Problem('gone', 'This account has been shut.', 'Ask an administrator.');
    await deleteSessions(tx, { userId: id });
    await updateUser(tx, id, {
      ...(hash === undefined ? {} : { password_hash: hash }),
      updated_at: clock.now(),
    });
    await writeAudit(tx, {
      by: { userId: id, name: who.name },
      action: `user.${link.purpose}.use`,
      object: { kind: 'user', id },
      details: { password: hash !== undefined },
      at: clock.now(),
    });
    // A new account has nothing to ask for yet; an old one is asked for its second factor after the transaction.
    return first
      ? { session: await openSession(tx, clock, { person: who, method: 'link', agent: use.agent }) }
      : { who };
  });
  if (done.who !== undefined)
    return afterFirstFactor(room, { who: done.who, method: 'link', agent: use.agent });
  return { kind: 'signed-in', session: done.session };
}

async function staffOf(db: Reader, id: string): Promise<UserView> {
  const user = await userById(db, id);
  if (user === undefined || user.role === 'reader')
    throw new Problem('not-found', `There is nobody of the house with the id ${id}.`);
  if (user.disabled) throw new Problem('conflict', 'This account is shut.', 'Open it first.');
  return user;
}

/** @throws Problem `conflict` when a change would leave the house without an admin. */
export async function keepAnAdmin(
  tx: Tx,
  change: { id: string; role: string; disabled: boolean },
): Promise<void> {
  if (change.role === 'admin' && !change.disabled) return;
  const others = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .where('id', '!=', change.id)
    .limit(1)
    .executeTakeFirst();
  const user = await userById(tx, change.id);
  if (user?.role === 'admin' && !user.disabled && others === undefined)
    throw new Problem(
      'conflict',
      'The house needs an admin, and this is its last.',
      'Make somebody else one first.',
    );
}
