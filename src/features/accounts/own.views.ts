import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';
import { addressOf } from './people.ts';
import { hasTotp } from './sessions.ts';

export type PasskeyView = {
  readonly id: string;
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
};
export type SessionView = {
  readonly id: string;
  readonly device: string;
  readonly method: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly current: boolean;
};

export async function passkeysOf(db: Reader, userId: string): Promise<PasskeyView[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    backedUp: row.backed_up === 1,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** A person's sessions, the newest first; at most a hundred. */
export async function sessionsOf(
  db: Reader,
  of: { readonly userId: string; readonly now: Instant; readonly current?: string | undefined },
): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', of.userId)
    .where('expires_at', '>', of.now)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    method: row.method,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    current: row.id === of.current,
  }));
}

export type AccountView = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** Null: the account has no address of its own to sign in by. */
  readonly email: string | null;
  /** Where mail goes, when that is another address. */
  readonly contactEmail: string | null;
  readonly language: string | null;
  readonly avatar: string | null;
  readonly password: boolean;
  readonly codes: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: number;
  readonly identities: readonly { provider: string; email: string | null }[];
  readonly createdAt: Instant;
};

export async function accountOf(db: Reader, userId: string): Promise<AccountView | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
  if (row === undefined) return undefined;
  const codes = await db
    .selectFrom('recovery_codes')
    .select('id')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  const identities = await db
    .selectFrom('identities')
    .select(['provider', 'email'])
    .where('user_id', '=', userId)
    .orderBy('provider')
    .execute();
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    email: addressOf(row),
    contactEmail: row.contact_email,
    language: row.language,
    avatar: row.avatar_digest,
    password: row.password_hash !== null,
    codes: await hasTotp(db, userId),
    recoveryCodes: codes.length,
    passkeys: (await passkeysOf(db, userId)).length,
    identities,
    createdAt: row.created_at,
  };
}
