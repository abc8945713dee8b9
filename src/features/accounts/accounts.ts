import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import {
  type Actor,
  isPermission,
  isRole,
  mayRole,
  type Permission,
  type Role,
} from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { endToken, insertToken, insertUser, touchToken, updateUser } from './accounts.store.ts';

export type UserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly createdAt: Instant;
};
export type TokenView = {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

/** How long a use of a token stays unwritten: its last use is known to five minutes. */
const TOUCH_MS = 300_000;
const PREFIX = 'dtl_';

/** Creates a person of the house. @throws Problem `conflict` when the e-mail address is taken. */
export async function createUser(
  tx: Tx,
  clock: Clock,
  input: { email: string; name: string; role: string },
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new Problem('invalid', `"${input.email}" is not an e-mail address.`, undefined, {
      fields: { '/email': 'is not an e-mail address' },
    });
  if (!isRole(input.role))
    throw new Problem(
      'invalid',
      `There is no role "${input.role}".`,
      'Use contributor, reporter, editor, producer, moderator or admin.',
    );
  const taken = await tx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  if (taken !== undefined)
    throw new Problem('conflict', `There is a user with the address ${email} already.`);
  const id = newId();
  const now = clock.now();
  await insertUser(tx, {
    id,
    email,
    name: input.name,
    role: input.role,
    disabled: 0,
    created_at: now,
    updated_at: now,
  });
  return id;
}

/** Changes a person's name or role, or shuts the account; its tokens stop working at once. */
export async function changeUser(
  tx: Tx,
  clock: Clock,
  change: {
    id: string;
    name?: string | undefined;
    role?: string | undefined;
    disabled?: boolean | undefined;
  },
): Promise<void> {
  const user = await userById(tx, change.id);
  if (user === undefined) throw new Problem('not-found', `There is no user ${change.id}.`);
  if (change.role !== undefined && !isRole(change.role))
    throw new Problem('invalid', `There is no role "${change.role}".`);
  await updateUser(tx, change.id, {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.disabled === undefined ? {} : { disabled: change.disabled ? 1 : 0 }),
    updated_at: clock.now(),
  });
}

export type NewToken = {
  readonly userId: string;
  readonly name: string;
  readonly scopes?: readonly string[] | undefined;
  readonly expiresAt?: string | undefined;
};

/** Makes an API token. The secret is in the answer and nowhere else: the database keeps its SHA-256 only. */
export async function createToken(
  tx: Tx,
  clock: Clock,
  input: NewToken,
): Promise<{ id: string; secret: string }> {
  const user = await userById(tx, input.userId);
  if (user === undefined) throw new Problem('not-found', `There is no user ${input.userId}.`);
  for (const scope of input.scopes ?? []) {
    if (!isPermission(scope))
      throw new Problem(
        'invalid',
        `There is no scope "${scope}".`,
        'Scopes are permissions, such as articles:publish.',
      );
    if (!mayRole(user.role, scope))
      throw new Problem('invalid', `A ${user.role} has no permission ${scope} to give to a token.`);
  }
  const secret = PREFIX + randomBytes(24).toString('base64url');
  const id = newId();
  await insertToken(tx, {
    id,
    secret_hash: hashOf(secret),
    name: input.name,
    user_id: input.userId,
    scopes: toJson([...(input.scopes ?? [])]),
    created_at: clock.now(),
    expires_at: input.expiresAt === undefined ? null : new Date(input.expiresAt).toISOString(),
    last_used_at: null,
    revoked_at: null,
  });
  return { id, secret };
}

export async function revokeToken(tx: Tx, clock: Clock, id: string): Promise<void> {
  if (!(await endToken(tx, id, clock.now())))
    throw new Problem('not-found', `There is no living token ${id}.`);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Who bears this token; undefined when it is unknown, ended or expired, or its owner's account is shut. */
export async function actorOfToken(db: Db, clock: Clock, secret: string): Promise<Actor | undefined> {
  if (!secret.startsWith(PREFIX)) return undefined;
  const now = clock.now();
  const row = await db.read
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .select([
      'api_tokens.id',
      'api_tokens.scopes',
      'api_tokens.expires_at',
      'api_tokens.last_used_at',
      'users.id as user_id',
      'users.name',
      'users.role',
    ])
    .where('secret_hash', '=', hashOf(secret))
    .where('revoked_at', 'is', null)
    .where('users.disabled', '=', 0)
    .executeTakeFirst();
  if (row === undefined || (row.expires_at !== null && row.expires_at <= now) || !isRole(row.role))
    return undefined;
  if (row.last_used_at === null || Date.parse(now) - Date.parse(row.last_used_at) > TOUCH_MS)
    await db.write((tx) => touchToken(tx, row.id, now));
  const scopes = fromJson<Permission[]>(row.scopes as string);
  return { userId: row.user_id, name: row.name, role: row.role, ...(scopes.length === 0 ? {} : { scopes }) };
}

export async function userById(db: Reader, id: string): Promise<UserView | undefined> {
  return (await usersWhere(db, { id }))[0];
}

export async function userByEmail(db: Reader, email: string): Promise<UserView | undefined> {
  return (await usersWhere(db, { email: email.trim().toLowerCase() }))[0];
}

export async function usersWhere(
  db: Reader,
  where: { id?: string; email?: string } = {},
): Promise<UserView[]> {
  let query = db.selectFrom('users').selectAll().orderBy('created_at');
  if (where.id !== undefined) query = query.where('id', '=', where.id);
  if (where.email !== undefined) query = query.where('email', '=', where.email);
  const rows = await query.execute();
  return rows.flatMap((row) =>
    isRole(row.role)
      ? [
          {
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            disabled: row.disabled === 1,
            createdAt: row.created_at,
          },
        ]
      : [],
  );
}

export async function tokensOf(db: Reader, userId?: string): Promise<TokenView[]> {
  let query = db.selectFrom('api_tokens').selectAll().orderBy('created_at', 'desc');
  if (userId !== undefined) query = query.where('user_id', '=', userId);
  return (await query.execute()).map((row) => ({
    id: row.id,
    name: row.name,
    userId: row.user_id,
    scopes: fromJson<string[]>(row.scopes as string),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}
