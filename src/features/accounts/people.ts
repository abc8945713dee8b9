import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import { isRole, type Role } from '../../contract/permissions.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { insertUser, updateUser } from './accounts.store.ts';
import { skeleton } from './names.ts';

export type UserView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly createdAt: Instant;
};

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
    name_skeleton: skeleton(input.name),
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
    ...(change.name === undefined ? {} : { name: change.name, name_skeleton: skeleton(change.name) }),
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.disabled === undefined ? {} : { disabled: change.disabled ? 1 : 0 }),
    updated_at: clock.now(),
  });
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

/** An account without an address of its own has this in the place of one: nobody can register it (RFC 6761 §6.4). */
export const NO_ADDRESS = '@no-address.invalid';

export function addressOf(row: { readonly email: string }): string | null {
  return row.email.endsWith(NO_ADDRESS) ? null : row.email;
}

/** Where mail to a person goes; undefined when they gave no address, or are gone. */
export async function contactOf(db: Reader, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .select(['email', 'contact_email'])
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : (row.contact_email ?? addressOf(row) ?? undefined);
}
