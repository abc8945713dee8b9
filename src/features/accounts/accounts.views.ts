import { fromJson } from '../../base/json.ts';
import { isRole } from '../../contract/permissions.ts';
import type { Reader } from '../../storage/db.ts';
import type { UserView } from './people.ts';
import type { TokenView } from './tokens.ts';

/** A page of a list in the order in which things were made: ids are UUIDs of version 7. */
export type IdPage = { readonly limit: number; readonly after?: string | undefined };

export async function usersPage(
  db: Reader,
  page: IdPage & { readonly staff?: boolean },
): Promise<UserView[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '>', page.after ?? '')
    .where('deleted_at', 'is', null)
    .$if(page.staff === true, (query) => query.where('role', '!=', 'reader'))
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => {
    if (!isRole(row.role)) throw new Error(`user ${row.id} has a role that does not exist: ${row.role}`);
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      role: row.role,
      disabled: row.disabled === 1,
      createdAt: row.created_at,
    };
  });
}

/** Tokens, ended ones included; of one user when named. Never their secrets. */
export async function tokensPage(
  db: Reader,
  page: IdPage & { readonly userId?: string | undefined },
): Promise<(TokenView & { readonly userName: string })[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .innerJoin('users', 'users.id', 'api_tokens.user_id')
    .selectAll('api_tokens')
    .select('users.name as user_name')
    .where('api_tokens.id', '>', page.after ?? '')
    .$if(page.userId !== undefined, (query) => query.where('api_tokens.user_id', '=', page.userId ?? ''))
    .orderBy('api_tokens.id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    userId: row.user_id,
    userName: row.user_name,
    scopes: fromJson<string[]>(row.scopes as string),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}
