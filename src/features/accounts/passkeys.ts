import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { insertPasskey, updatePasskey } from './factors.store.ts';
import { beginStep, takeStep } from './steps.ts';

/** What passkeys are bound to: the site's host (WebAuthn §5.1.2 rp.id) and origin. */
export type PasskeyRoom = { readonly db: Db; readonly clock: Clock; readonly origin: string };

const hostOf = (origin: string): string => new URL(origin).hostname;
const MAX_PASSKEYS = 20;

/** Begins to add a passkey; the options go to the browser, the secret into its cookie. */
export async function beginPasskey(
  room: PasskeyRoom,
  person: { readonly userId: string; readonly account: string; readonly name: string; readonly site: string },
): Promise<{ options: Awaited<ReturnType<typeof generateRegistrationOptions>>; secret: string }> {
  const known = await keysOf(room.db.read, person.userId);
  if (known.length >= MAX_PASSKEYS)
    throw new Problem('conflict', `An account has at most ${MAX_PASSKEYS} passkeys.`, 'Remove one first.');
  const options = await generateRegistrationOptions({
    rpName: person.site,
    rpID: hostOf(room.origin),
    userName: person.account,
    userDisplayName: person.name,
    // What an authenticator keeps of the account: its random id, which says nothing of the person (WebAuthn §14.6.1).
    userID: new TextEncoder().encode(person.userId),
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.credentialId, transports: key.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const details = { challenge: options.challenge, userId: person.userId };
  const secret = await room.db.write((tx) => beginStep(tx, room.clock, { kind: 'passkey-new', details }));
  return { options, secret };
}

/** Keeps a passkey that answers the challenge of this browser for this person. @throws Problem `invalid` */
export async function addPasskey(
  room: PasskeyRoom,
  input: {
    readonly userId: string;
    readonly secret: string | undefined;
    readonly name: string;
    readonly response: unknown;
  },
): Promise<string> {
  const step = await room.db.write((tx) =>
    takeStep<{ challenge: string; userId: string }>(tx, room.clock, {
      kind: 'passkey-new',
      secret: input.secret,
    }),
  );
  if (step === undefined || step.details.userId !== input.userId) throw refused();
  const verified = await verifyRegistrationResponse({
    // Checked by the library member by member; what is malformed throws.
    response: input.response as RegistrationResponseJSON,
    expectedChallenge: step.details.challenge,
    expectedOrigin: room.origin,
    expectedRPID: hostOf(room.origin),
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw refused(cause);
  });
  if (!verified.verified) throw refused();
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const id = newId();
  await room.db.write(async (tx) => {
    const taken = await tx
      .selectFrom('passkeys')
      .select('id')
      .where('credential_id', '=', credential.id)
      .executeTakeFirst();
    if (taken !== undefined) throw new Problem('conflict', 'This passkey is in use already.');
    await insertPasskey(tx, {
      id,
      credential_id: credential.id,
      user_id: input.userId,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      sign_count: credential.counter,
      transports: toJson<string[]>(credential.transports ?? []),
      name: input.name,
      backed_up: credentialBackedUp ? 1 : 0,
      created_at: room.clock.now(),
      last_used_at: null,
    });
  });
  return id;
}

/** Begins a sign-in by passkey: no account is named, the authenticator knows it (a discoverable credential). */
export async function beginPasskeySignIn(
  room: PasskeyRoom,
): Promise<{ options: Awaited<ReturnType<typeof generateAuthenticationOptions>>; secret: string }> {
  const options = await generateAuthenticationOptions({
    rpID: hostOf(room.origin),
    userVerification: 'required',
    allowCredentials: [],
  });
  const details = { challenge: options.challenge };
  const secret = await room.db.write((tx) => beginStep(tx, room.clock, { kind: 'passkey-in', details }));
  return { options, secret };
}

/**
 * Whose passkey answered this browser's challenge. A counter that went back is a copied key and is refused (WebAuthn §7.2 step 22).
 * @throws Problem `unauthenticated`
 */
export async function personOfPasskey(
  room: PasskeyRoom,
  input: { readonly secret: string | undefined; readonly response: unknown },
): Promise<string> {
  const step = await room.db.write((tx) =>
    takeStep<{ challenge: string }>(tx, room.clock, { kind: 'passkey-in', secret: input.secret }),
  );
  const credentialId = (input.response as { id?: unknown } | null)?.id;
  if (step === undefined || typeof credentialId !== 'string') throw unknown();
  const row = await room.db.read
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  if (row === undefined) throw unknown();
  const verified = await verifyAuthenticationResponse({
    response: input.response as AuthenticationResponseJSON,
    expectedChallenge: step.details.challenge,
    expectedOrigin: room.origin,
    expectedRPID: hostOf(room.origin),
    requireUserVerification: true,
    credential: {
      id: row.credential_id,
      publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
      counter: Number(row.sign_count),
      transports: transportsOf(row.transports),
    },
  }).catch((cause: unknown) => {
    throw unknown(cause);
  });
  if (!verified.verified) throw unknown();
  const { userHandle } = (input.response as AuthenticationResponseJSON).response;
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== row.user_id)
    throw unknown();
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  await room.db.write((tx) =>
    updatePasskey(tx, row.id, {
      sign_count: newCounter,
      backed_up: credentialBackedUp ? 1 : 0,
      last_used_at: room.clock.now(),
    }),
  );
  return row.user_id;
}

async function keysOf(
  db: Reader,
  userId: string,
): Promise<{ credentialId: string; transports: AuthenticatorTransport[] }[]> {
  const rows = await db
    .selectFrom('passkeys')
    .select(['credential_id', 'transports'])
    .where('user_id', '=', userId)
    .execute();
  return rows.map((row) => ({ credentialId: row.credential_id, transports: transportsOf(row.transports) }));
}

function transportsOf(text: unknown): AuthenticatorTransport[] {
  // Kept as the authenticator told them; browsers pass over words that they do not know.
  return fromJson<AuthenticatorTransport[]>(text as never);
}

function refused(cause?: unknown): Problem {
  return new Problem('invalid', 'The passkey could not be checked.', 'Begin again.', { cause });
}

function unknown(cause?: unknown): Problem {
  return new Problem(
    'unauthenticated',
    'This passkey is not known here, or did not answer in time.',
    'Try again, or sign in in another way.',
    { cause },
  );
}
