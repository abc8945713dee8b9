import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { armLink, insertLink, useLink } from './links.store.ts';
import { digestOf, newSecret } from './secrets.ts';

/**
 * What a link is for. Of the house: `set-up` makes the first admin, `invite` and `reset` begin and restore an account. Of readers: `register`
 * makes an account of an address, `sign-in` is the way in, `reset-reader` sets a password, `confirm` changes the address. `demo` is the sample's.
 */
export const linkPurposes = [
  'set-up',
  'invite',
  'reset',
  'register',
  'sign-in',
  'reset-reader',
  'confirm',
  'demo',
] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

export type LinkView = {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly userId: string | null;
  readonly email: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly expiresAt: Instant;
};

/** Ten minutes for what comes by mail. */
export const LINK_MS = 600_000;
/** How long a mail may wait for its server before what it links to is no longer wanted. */
const WANTED_MS = 86_400_000;

export type NewLink = {
  readonly purpose: LinkPurpose;
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Makes a link without a secret, for a mail: it gets one when the mail goes out. Its id is what `fill` needs. */
export async function prepareLink(tx: Tx, clock: Clock, input: NewLink): Promise<string> {
  const now = clock.now();
  const id = newId();
  await insertLink(tx, {
    id,
    secret_hash: null,
    purpose: input.purpose,
    user_id: input.userId ?? null,
    email: input.email ?? null,
    details: toJson({ ...input.details }),
    created_at: now,
    expires_at: later(now, WANTED_MS),
    used_at: null,
  });
  return id;
}

/** Makes a link that works at once. The secret is in the answer and nowhere else. */
export async function makeLink(
  tx: Tx,
  clock: Clock,
  input: NewLink & { readonly lifeMs?: number },
): Promise<{ id: string; secret: string; expiresAt: Instant }> {
  const id = await prepareLink(tx, clock, input);
  const secret = newSecret();
  const expiresAt = later(clock.now(), input.lifeMs ?? LINK_MS);
  await armLink(tx, { id, hash: digestOf(secret), expires: expiresAt });
  return { id, secret, expiresAt };
}

/** The address of a link: a page that works without JavaScript, and uses nothing up by being looked at. */
export function linkAddress(input: { readonly secret: string; readonly origin: string }): string {
  return `${input.origin}${paths.accountLink(input.secret)}`;
}

/**
 * The address that a mail's `fill` of `{ link: id }` stands for, with a new secret; undefined when the link is used, or has waited too long.
 */
export async function linkFor(
  tx: Tx,
  clock: Clock,
  input: { readonly fill: Readonly<Record<string, unknown>>; readonly origin: string },
): Promise<string | undefined> {
  const { link } = input.fill;
  if (typeof link !== 'string') return undefined;
  const row = await tx
    .selectFrom('one_time_links')
    .select(['id', 'purpose', 'created_at'])
    .where('id', '=', link)
    .executeTakeFirst();
  const now = clock.now();
  if (row === undefined || !isPurpose(row.purpose) || later(row.created_at, WANTED_MS) <= now)
    return undefined;
  const secret = newSecret();
  const armed = await armLink(tx, { id: row.id, hash: digestOf(secret), expires: later(now, LINK_MS) });
  return armed ? linkAddress({ secret, origin: input.origin }) : undefined;
}

/** What a secret opens, without using it up. Mail programs that look at links first change nothing. */
export async function lookAtLink(db: Reader, clock: Clock, secret: string): Promise<LinkView | undefined> {
  const row = await db
    .selectFrom('one_time_links')
    .selectAll()
    .where('secret_hash', '=', digestOf(secret))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= clock.now() || !isPurpose(row.purpose)) return undefined;
  return {
    id: row.id,
    purpose: row.purpose,
    userId: row.user_id,
    email: row.email,
    details: fromJson<Record<string, unknown>>(row.details as string),
    expiresAt: row.expires_at,
  };
}

/** Uses a link up. @throws Problem `gone`: used, expired, or never there; which of them is not told. */
export async function takeLink(
  tx: Tx,
  clock: Clock,
  input: { readonly secret: string; readonly of: readonly LinkPurpose[] },
): Promise<LinkView> {
  const link = await lookAtLink(tx, clock, input.secret);
  if (
    link === undefined ||
    !input.of.includes(link.purpose) ||
    // The sample's people come in by theirs as often as somebody tries the sample out.
    (link.purpose !== 'demo' && !(await useLink(tx, link.id, clock.now())))
  )
    throw linkGone();
  return link;
}

export function linkGone(): Problem {
  return new Problem('gone', 'This link has been used or has expired.', 'Ask for a new one.');
}

function isPurpose(text: string): text is LinkPurpose {
  return (linkPurposes as readonly string[]).includes(text);
}

function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}
