import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Problem } from '../../base/problem.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';

const SECRET = 'moderation.secret';

/** Who wrote a comment, in one word: an account, or a guest by a digest of the address. */
export function authorKeyOf(comment: {
  readonly user_id: string | null;
  readonly guest_email: string | null;
}): string {
  if (comment.user_id !== null) return userKey(comment.user_id);
  return comment.guest_email === null ? 'nobody' : guestKey(comment.guest_email);
}

export function userKey(userId: string): string {
  return `user:${userId}`;
}

export function guestKey(email: string): string {
  return `guest:${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url').slice(0, 32)}`;
}

/** The site's own secret, made when it is first needed: for keys that open a decision, and digests of addresses. */
export async function ensureSecret(tx: Tx): Promise<string> {
  const known = await readSetting<string>(tx, SECRET);
  if (known !== undefined) return known;
  const secret = randomBytes(32).toString('base64url');
  await writeSetting(tx, SECRET, secret);
  return secret;
}

/** A network address as reports know it: it cannot be read back, and tells two apart. */
export function addressReporter(secret: string, addressKey: string): string {
  return `address:${createHmac('sha256', secret).update(`address ${addressKey}`).digest('base64url').slice(0, 32)}`;
}

/** The word in a link that opens a decision or a notice to whoever got the mail. */
export function linkKey(secret: string, id: string): string {
  return createHmac('sha256', secret).update(`link ${id}`).digest('base64url').slice(0, 32);
}

/** Whether a link's word fits. */
export async function opensLink(db: Reader, id: string, key: string | null): Promise<boolean> {
  const secret = await readSetting<string>(db, SECRET);
  return secret !== undefined && key !== null && key === linkKey(secret, id);
}

export type Person = { readonly userId: string; readonly name: string };

/** @throws Problem `not-found` */
export function there<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Problem('not-found', `There is no such ${what}.`);
  return found;
}
