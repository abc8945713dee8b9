import { randomBytes } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { type Actor, isPermission, isRole, mayRole, type Permission } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { endToken, insertToken, touchToken } from './accounts.store.ts';
import { userById } from './people.ts';
import { digestOf } from './secrets.ts';

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
    secret_hash: digestOf(secret),
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
    .where('secret_hash', '=', digestOf(secret))
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
