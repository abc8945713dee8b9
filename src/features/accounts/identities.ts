import { Problem } from '../../base/problem.ts';
import type { Clock } from '../../base/clock.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { deleteIdentities, insertIdentity, touchIdentity } from './identities.store.ts';
import type { Identity } from './readers.ts';
import { openSession, personById, type SignInAnswer, type SignInRoom } from './sign-in.ts';

/** Signs in whom an identity belongs to; undefined when it is new here. @throws Problem `unauthenticated` when the account is shut */
export async function signInByIdentity(
  room: SignInRoom,
  input: { readonly identity: Identity; readonly agent?: string | undefined },
): Promise<SignInAnswer | undefined> {
  const { identity, agent } = input;
  return room.db.write(async (tx): Promise<SignInAnswer | undefined> => {
    const owner = await ownerOf(tx, identity);
    if (owner === undefined) return undefined;
    const person = await personById(tx, owner);
    if (person === undefined) throw new Problem('unauthenticated', 'This account has been shut.');
    // An account of the house is never entered by somebody else's word.
    if (person.role !== 'reader')
      throw new Problem(
        'unauthenticated',
        'People of the house sign in in the newsroom.',
        'Use your passkey or password.',
      );
    await touchIdentity(tx, identity, { email: identity.email, at: room.clock.now() });
    return {
      kind: 'signed-in',
      session: await openSession(tx, room.clock, { person, method: identity.provider, agent }),
    };
  });
}

/** Adds an identity to the account of somebody who is signed in. @throws Problem `conflict` when it is another account's */
export async function connect(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly identity: Identity },
): Promise<void> {
  const { identity, userId } = input;
  const owner = await ownerOf(tx, identity);
  if (owner === userId) return;
  if (owner !== undefined)
    throw new Problem(
      'conflict',
      'This account there belongs to another account here.',
      'Sign in with it, or delete that one.',
    );
  const now = clock.now();
  await insertIdentity(tx, {
    provider: identity.provider,
    subject: identity.subject,
    user_id: userId,
    email: identity.email,
    created_at: now,
    last_used_at: now,
  });
}

/** @throws Problem `conflict` when it would be the last way in */
export async function disconnect(
  tx: Tx,
  input: { readonly userId: string; readonly provider: string },
): Promise<void> {
  if (!(await hasOtherWay(tx, input)))
    throw new Problem(
      'conflict',
      'This is the only way into the account.',
      'Set up a password or a passkey first.',
    );
  await deleteIdentities(tx, input);
}

/** Whether there is a way in beside a provider's. */
export async function hasOtherWay(db: Reader, of: { userId: string; provider: string }): Promise<boolean> {
  const user = await db.selectFrom('users').select('email').where('id', '=', of.userId).executeTakeFirst();
  if (user !== undefined && !user.email.endsWith('.invalid')) return true;
  const passkey = await db
    .selectFrom('passkeys')
    .select('id')
    .where('user_id', '=', of.userId)
    .executeTakeFirst();
  if (passkey !== undefined) return true;
  const other = await db
    .selectFrom('identities')
    .select('subject')
    .where('user_id', '=', of.userId)
    .where('provider', '!=', of.provider)
    .executeTakeFirst();
  return other !== undefined;
}

export async function ownerOf(
  db: Reader,
  key: { provider: string; subject: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('identities')
    .select('user_id')
    .where('provider', '=', key.provider)
    .where('subject', '=', key.subject)
    .executeTakeFirst();
  return row?.user_id;
}
