import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { isRole, type Role } from '../../contract/permissions.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import { updateUser } from './accounts.store.ts';
import { isPassword } from './passwords.ts';
import { takeRecovery, takeTotp, wrongCode } from './second-factor.ts';
import { beginSession, hasStrongFactor, hasTotp } from './sessions.ts';
import { beginStep, failStep, findStep, takeStep } from './steps.ts';

export type SignInRoom = { readonly db: Db; readonly clock: Clock };

export type Begun = { readonly id: string; readonly secret: string; readonly seconds: number };
export type SignInAnswer =
  | { readonly kind: 'signed-in'; readonly session: Begun }
  /** A first factor was right; the secret goes into the step's cookie. */
  | { readonly kind: 'second-factor'; readonly secret: string; readonly codes: boolean };

type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | null;
};

/** Somebody whose account is open. */
export async function personById(db: Reader, id: string): Promise<Person | undefined> {
  return person(
    await db
      .selectFrom('users')
      .selectAll()
      .where('id', '=', id)
      .where('disabled', '=', 0)
      .executeTakeFirst(),
  );
}

export async function personByEmail(db: Reader, email: string): Promise<Person | undefined> {
  const query = db.selectFrom('users').selectAll().where('email', '=', email.trim().toLowerCase());
  return person(await query.where('disabled', '=', 0).executeTakeFirst());
}

function person(
  row: { id: string; name: string; role: string; password_hash: string | null } | undefined,
): Person | undefined {
  if (row === undefined || !isRole(row.role)) return undefined;
  return { id: row.id, name: row.name, role: row.role, passwordHash: row.password_hash };
}

/** Begins a session of somebody who has proved who they are, and notes it of people of the house. */
export async function openSession(
  tx: Tx,
  clock: Clock,
  input: {
    readonly person: Pick<Person, 'id' | 'name' | 'role'>;
    readonly method: string;
    readonly agent?: string | undefined;
  },
): Promise<Begun> {
  const { person: who, method, agent } = input;
  const session = await beginSession(tx, clock, { userId: who.id, role: who.role, method, agent });
  await updateUser(tx, who.id, { signed_in_at: clock.now() });
  if (who.role !== 'reader')
    await writeAudit(tx, {
      by: { userId: who.id, name: who.name },
      action: 'session.begin',
      object: { kind: 'session', id: session.id },
      details: { method },
      at: clock.now(),
    });
  return session;
}

/** @throws Problem `unauthenticated`: one sentence for every reason, and as much time for each. */
export async function signInByPassword(
  room: SignInRoom,
  input: { readonly email: string; readonly password: string; readonly agent?: string | undefined },
): Promise<SignInAnswer> {
  const who = await personByEmail(room.db.read, input.email);
  const right = await isPassword(input.password, who?.passwordHash);
  if (who === undefined || !right)
    throw new Problem(
      'unauthenticated',
      'The address and the password do not belong together.',
      'Check both, or ask for a link by e-mail.',
    );
  return afterFirstFactor(room, { who, method: 'password', agent: input.agent });
}

/** After a password or a link: a second factor where the account has one, else the session (which is limited for people of the house). */
export async function afterFirstFactor(
  room: SignInRoom,
  input: { readonly who: Person; readonly method: string; readonly agent?: string | undefined },
): Promise<SignInAnswer> {
  const { who, method, agent } = input;
  const codes = await hasTotp(room.db.read, who.id);
  const needed = codes || (who.role !== 'reader' && (await hasStrongFactor(room.db.read, who.id)));
  return room.db.write(async (tx): Promise<SignInAnswer> => {
    if (!needed)
      return {
        kind: 'signed-in',
        session: await openSession(tx, room.clock, { person: who, method, agent }),
      };
    const details = { userId: who.id, method };
    return {
      kind: 'second-factor',
      codes,
      secret: await beginStep(tx, room.clock, { kind: 'second-factor', details }),
    };
  });
}

/** The second factor: a code of the authenticator, or a recovery code. @throws Problem `invalid`, `unauthenticated` when too late */
export async function signInByCode(
  room: SignInRoom,
  input: { readonly secret: string | undefined; readonly code: string; readonly agent?: string | undefined },
): Promise<Begun> {
  const { clock, db } = room;
  const key = { kind: 'second-factor', secret: input.secret } as const;
  // A wrong code must be counted, so the transaction commits and the refusal follows it.
  const done = await db.write(async (tx): Promise<Begun | 'wrong' | 'late'> => {
    const step = await findStep<{ userId: string; method: string }>(tx, clock, key);
    const who = step === undefined ? undefined : await personById(tx, step.details.userId);
    if (step === undefined || who === undefined) return 'late';
    const given = { userId: who.id, code: input.code };
    const recovery = /[a-z]/i.test(input.code);
    const right = recovery ? await takeRecovery(tx, clock, given) : await takeTotp(tx, clock, given);
    if (!right) {
      await failStep(tx, step.id);
      return 'wrong';
    }
    if ((await takeStep(tx, clock, key)) === undefined) return 'late';
    const method = `${step.details.method}+${recovery ? 'recovery' : 'code'}`;
    return openSession(tx, clock, { person: who, method, agent: input.agent });
  });
  if (done === 'wrong') throw wrongCode();
  if (done === 'late')
    throw new Problem(
      'unauthenticated',
      'The sign-in took too long or had too many wrong codes.',
      'Begin again.',
    );
  return done;
}
