import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { ACCOUNT_CHANGED } from '../../contract/events.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { checkAddress } from '../mail/mail.ts';
import { insertUser, updateUser } from './accounts.store.ts';
import { insertIdentity } from './identities.store.ts';
import { deleteLinks } from './links.store.ts';
import { type LinkPurpose, type LinkView, lookAtLink, takeLink } from './links.ts';
import { mailLink } from './mails.ts';
import { checkedName } from './names.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { NO_ADDRESS } from './people.ts';
import { deleteSessions } from './sessions.store.ts';
import {
  afterFirstFactor,
  openSession,
  personByEmail,
  personById,
  type SignInAnswer,
  type SignInRoom,
} from './sign-in.ts';
import { siteNames } from './site-name.ts';

/**
 * Asks for a link by mail, to sign in or to make an account: whichever it is, the page that asks says the same and takes the same time.
 * @throws Problem `invalid` for what is no address
 */
export async function askForLink(
  room: SignInRoom,
  input: {
    readonly email: string;
    readonly language: string;
    readonly to: string;
    readonly purpose: 'sign-in' | 'register' | 'reset-reader';
  },
): Promise<void> {
  const email = input.email.trim().toLowerCase();
  checkAddress(email);
  await room.db.write(async (tx) => {
    const row = await tx.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();
    // What was asked for before is void: the newest mail is the one that works.
    await deleteLinks(tx, { email });
    const details = { to: input.to, language: input.language };
    const { clock } = room;
    if (row === undefined) {
      if (input.purpose === 'reset-reader') return;
      const link = { purpose: 'register' as const, email, details };
      return mailLink(tx, clock, { to: email, name: '', language: input.language, link, text: 'register' });
    }
    if (row.disabled === 1) return;
    // People of the house reset their passwords in the newsroom, with their second factor.
    const purpose = input.purpose === 'reset-reader' && row.role === 'reader' ? 'reset-reader' : 'sign-in';
    const link = { purpose, userId: row.id, email, details } as const;
    const text = input.purpose === 'register' ? 'known-address' : purpose;
    const language = row.language ?? input.language;
    return mailLink(tx, clock, { to: email, name: row.name, language, link, text });
  });
}

const READER_LINKS: readonly LinkPurpose[] = ['register', 'sign-in', 'reset-reader', 'confirm', 'demo'];

/** What a reader's link is for; undefined when it is used, expired or none. */
export async function lookAtReaderLink(
  db: Reader,
  clock: Clock,
  secret: string,
): Promise<LinkView | undefined> {
  const link = await lookAtLink(db, clock, secret);
  return link !== undefined && READER_LINKS.includes(link.purpose) ? link : undefined;
}

export type ReaderLinkUse = {
  readonly secret: string;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly agent?: string | undefined;
};

/**
 * Uses a reader's link up; what was in it says where to go on. A link that fails on a name or a password is not used up by that.
 * @throws Problem `gone`, `invalid`, `conflict`
 */
export async function useReaderLink(
  room: SignInRoom,
  use: ReaderLinkUse,
): Promise<{ readonly answer: SignInAnswer; readonly link: LinkView }> {
  const { clock, db } = room;
  const seen = await lookAtReaderLink(db.read, clock, use.secret);
  if (seen === undefined)
    throw new Problem('gone', 'This link has been used or has expired.', 'Ask for a new one.');
  const password = use.password === undefined || use.password === '' ? undefined : use.password;
  if (seen.purpose === 'reset-reader' && password === undefined)
    throw new Problem('invalid', 'A new password is missing.', undefined, {
      fields: { '/password': 'is missing' },
    });
  const known = seen.userId === null ? undefined : await personById(db.read, seen.userId);
  if (password !== undefined) checkPassword(password, [seen.email ?? '', use.name ?? known?.name ?? '']);
  const hash = password === undefined ? null : await hashPassword(password);
  const done = await db.write(async (tx) => {
    const link = await takeLink(tx, clock, { secret: use.secret, of: READER_LINKS });
    if (link.purpose === 'register') {
      const person = await newReader(tx, clock, {
        name: use.name ?? '',
        email: link.email ?? '',
        language: textOf(link.details['language'], 'en'),
        passwordHash: hash,
      });
      return { link, session: await openSession(tx, clock, { person, method: 'link', agent: use.agent }) };
    }
    const who = link.userId === null ? undefined : await personById(tx, link.userId);
    if (who === undefined) throw new Problem('gone', 'This account is gone.');
    if (link.purpose === 'demo')
      return {
        link,
        session: await openSession(tx, clock, { person: who, method: 'demo', agent: use.agent }),
      };
    if (link.purpose === 'confirm') await moveTo(tx, clock, { userId: who.id, email: link.email ?? '' });
    if (link.purpose === 'reset-reader') {
      await updateUser(tx, who.id, { password_hash: hash, updated_at: clock.now() });
      await deleteSessions(tx, { userId: who.id });
    }
    return { link, who };
  });
  if (done.who !== undefined)
    return {
      link: done.link,
      answer: await afterFirstFactor(room, { who: done.who, method: 'link', agent: use.agent }),
    };
  return { link: done.link, answer: { kind: 'signed-in', session: done.session } };
}

async function moveTo(tx: Tx, clock: Clock, to: { userId: string; email: string }): Promise<void> {
  const taken = await personByEmail(tx, to.email);
  if (taken !== undefined && taken.id !== to.userId)
    throw new Problem('conflict', 'This address belongs to another account.');
  await updateUser(tx, to.userId, { email: to.email, contact_email: null, updated_at: clock.now() });
}

export type NewReader = {
  readonly name: string;
  /** Confirmed by a mail; undefined: the account has no address of its own to sign in by. */
  readonly email?: string | undefined;
  /** Where mail goes, as a provider told it. */
  readonly contactEmail?: string | null | undefined;
  readonly language: string;
  readonly passwordHash?: string | null;
};

/** Makes a reader's account. @throws Problem `invalid`, `conflict`: the name, or an address that became somebody's meanwhile */
export async function newReader(
  tx: Tx,
  clock: Clock,
  input: NewReader,
): Promise<{ id: string; name: string; role: 'reader' }> {
  const site = await siteNames(tx);
  const { name, skeleton } = await checkedName(tx, input.name, { site: site.all });
  const id = newId();
  const email = input.email ?? `${id}${NO_ADDRESS}`;
  const taken = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  if (taken !== undefined) throw new Problem('conflict', 'This address has an account by now.', 'Sign in.');
  const now = clock.now();
  await insertUser(tx, {
    id,
    email,
    name,
    role: 'reader',
    disabled: 0,
    created_at: now,
    updated_at: now,
    contact_email: input.contactEmail ?? null,
    password_hash: input.passwordHash ?? null,
    name_skeleton: skeleton,
    language: input.language,
  });
  return { id, name, role: 'reader' };
}

/** A provider's word on who somebody is. The pair of provider and subject is the identity; the address is only told. */
export type Identity = {
  readonly provider: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string;
};

/** Makes an account for an identity that is new here. An account with the same address is somebody else as far as we know. */
export async function newReaderOf(
  tx: Tx,
  clock: Clock,
  input: { readonly identity: Identity; readonly name: string; readonly language: string },
): Promise<{ id: string; name: string; role: 'reader' }> {
  const { identity, name, language } = input;
  const person = await newReader(tx, clock, { name, contactEmail: identity.email, language });
  const now = clock.now();
  await insertIdentity(tx, {
    provider: identity.provider,
    subject: identity.subject,
    user_id: person.id,
    email: identity.email,
    created_at: now,
    last_used_at: now,
  });
  return person;
}

/** Changes what others see of a reader. @throws Problem `invalid`, `conflict` */
export async function changeProfile(
  db: Db,
  tx: Tx,
  input: { readonly userId: string; readonly name: string; readonly language: string; readonly clock: Clock },
): Promise<void> {
  const site = await siteNames(tx);
  const rules = { site: site.all, userId: input.userId };
  const { name, skeleton } = await checkedName(tx, input.name, rules);
  await updateUser(tx, input.userId, {
    name,
    name_skeleton: skeleton,
    language: input.language,
    updated_at: input.clock.now(),
  });
  await accountChanged(db, tx, input.userId);
}

export async function setAvatar(
  db: Db,
  tx: Tx,
  input: { readonly userId: string; readonly digest: string | null; readonly clock: Clock },
): Promise<void> {
  await updateUser(tx, input.userId, { avatar_digest: input.digest, updated_at: input.clock.now() });
  await accountChanged(db, tx, input.userId);
}

/** Tells whatever shows names that one has changed. */
export async function accountChanged(db: Db, tx: Tx, userId: string): Promise<void> {
  await appendEvents(db, tx, [{ topic: ACCOUNT_CHANGED, payload: { userId } }]);
}

/** Whether a picture is somebody's now. */
export async function isAvatar(db: Reader, digest: string): Promise<boolean> {
  const query = db.selectFrom('users').select('id').where('avatar_digest', '=', digest).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Mails a link to a new address, which counts once the link is used. Whether the address has an account is not told here. */
export async function mailNewAddress(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly email: string; readonly language: string | null },
): Promise<void> {
  const email = input.email.trim().toLowerCase();
  checkAddress(email);
  const user = await tx
    .selectFrom('users')
    .select('name')
    .where('id', '=', input.userId)
    .executeTakeFirstOrThrow();
  const known = await tx
    .selectFrom('users')
    .select(['id', 'name'])
    .where('email', '=', email)
    .executeTakeFirst();
  const { language } = input;
  if (known !== undefined && known.id !== input.userId) {
    // Its owner learns of it, and whoever asked learns nothing.
    const link = { purpose: 'sign-in' as const, userId: known.id, email };
    return mailLink(tx, clock, { to: email, name: known.name, language, link, text: 'known-address' });
  }
  const link = { purpose: 'confirm' as const, userId: input.userId, email };
  return mailLink(tx, clock, { to: email, name: user.name, language, link, text: 'confirm' });
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
