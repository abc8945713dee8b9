import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type Actor, isRole, type Role } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { digestOf, newSecret } from './secrets.ts';
import { readCookie, sessionCookieName, setCookie } from './session-cookie.ts';
import { deleteSession, insertSession, touchSession } from './sessions.store.ts';
import { actorOfToken } from './tokens.ts';

/** How long a session lasts when it is not used, in seconds: a reader's is meant to be kept, one of the house is not. */
const IDLE_SECONDS = { reader: 180 * 86_400, staff: 7 * 86_400 } as const;
/** And at most since the sign-in. */
const LIFE_SECONDS = { reader: 400 * 86_400, staff: 30 * 86_400 } as const;
/** How long a use stays unwritten. */
const TOUCH_MS = 300_000;

const lifeOf = (role: Role): 'reader' | 'staff' => (role === 'reader' ? 'reader' : 'staff');

export type NewSession = {
  readonly userId: string;
  readonly role: Role;
  readonly method: string;
  /** The User-Agent header. */
  readonly agent?: string | undefined;
};

/** Begins a session. The secret is in the answer and goes into the cookie; the database keeps its digest. */
export async function beginSession(
  tx: Tx,
  clock: Clock,
  input: NewSession,
): Promise<{ id: string; secret: string; seconds: number }> {
  const now = clock.now();
  const secret = newSecret();
  const id = newId();
  const seconds = IDLE_SECONDS[lifeOf(input.role)];
  await insertSession(tx, {
    id,
    secret_hash: digestOf(secret),
    user_id: input.userId,
    device: deviceOf(input.agent),
    method: input.method,
    created_at: now,
    authenticated_at: now,
    last_used_at: now,
    expires_at: later(now, seconds),
  });
  return { id, secret, seconds };
}

export function sessionCookie(
  session: { secret: string; seconds: number } | undefined,
  https: boolean,
): string {
  return setCookie(sessionCookieName(https), {
    secret: session?.secret,
    https,
    seconds: session?.seconds ?? 0,
  });
}

/** Ends the session that a browser leaves behind. */
export async function endOldSession(db: Db, session: { id: string; userId: string }): Promise<void> {
  await db.write((tx) => deleteSession(tx, session));
}

/** What a request says about who sends it. */
type Borne = { readonly authorization?: string | undefined; readonly cookie?: string | undefined };

/** Makes the function that tells who bears a request's headers: a token's owner, or else a session's. */
export function makeAuthenticate(
  db: Db,
  clock: Clock,
  options: { readonly https: boolean },
): (headers: Borne) => Promise<Actor | undefined> {
  const name = sessionCookieName(options.https);
  return async (headers) => {
    if (headers.authorization !== undefined) {
      const [scheme, secret] = headers.authorization.split(' ');
      return scheme?.toLowerCase() === 'bearer' && secret !== undefined
        ? actorOfToken(db, clock, secret)
        : undefined;
    }
    const secret = readCookie(headers.cookie, name);
    return secret === undefined ? undefined : actorOfSession(db, clock, secret);
  };
}

/** Who a session belongs to; undefined when it is unknown or over, or its account is shut. */
export async function actorOfSession(db: Db, clock: Clock, secret: string): Promise<Actor | undefined> {
  const now = clock.now();
  const row = await db.read
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.method',
      'sessions.created_at',
      'sessions.authenticated_at',
      'sessions.last_used_at',
      'sessions.expires_at',
      'users.id as user_id',
      'users.name',
      'users.role',
    ])
    .where('sessions.secret_hash', '=', digestOf(secret))
    .where('users.disabled', '=', 0)
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= now || !isRole(row.role)) return undefined;
  const life = lifeOf(row.role);
  const end = later(row.created_at, LIFE_SECONDS[life]);
  if (end <= now) return undefined;
  if (Date.parse(now) - Date.parse(row.last_used_at) > TOUCH_MS) {
    const expires = later(now, IDLE_SECONDS[life]);
    await db.write((tx) => touchSession(tx, row.id, { used: now, expires: expires < end ? expires : end }));
  }
  const limited = life === 'staff' && row.method !== 'demo' && !(await hasStrongFactor(db.read, row.user_id));
  return {
    userId: row.user_id,
    name: row.name,
    role: row.role,
    session: { id: row.id, authenticatedAt: row.authenticated_at, ...(limited ? { limited } : {}) },
  };
}

/** Whether a person has a passkey or a confirmed second factor. */
export async function hasStrongFactor(db: Reader, userId: string): Promise<boolean> {
  const passkey = await db
    .selectFrom('passkeys')
    .select('id')
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return passkey !== undefined || (await hasTotp(db, userId));
}

export async function hasTotp(db: Reader, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('totp_secrets')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

function later(at: Instant, seconds: number): Instant {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A device as its owner knows it again: `Firefox on Linux`. Nothing more of the header is kept. */
export function deviceOf(agent: string | undefined): string {
  const text = agent ?? '';
  const browser = BROWSERS.find(([sign]) => sign.test(text))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(text))?.[1];
  if (browser === undefined) return system ?? '';
  return system === undefined ? browser : `${browser} on ${system}`;
}
