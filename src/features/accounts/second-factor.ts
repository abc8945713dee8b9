import { createHash, randomInt } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Tx } from '../../storage/db.ts';
import {
  countTotpFailure,
  putRecoveryCodes,
  putTotp,
  takeRecoveryCode,
  takeTotpStep,
} from './factors.store.ts';
import { matchingStep, newTotpSecret } from './totp.ts';

const MAX_FAILURES = 10;
const LOCK_MS = 3600_000;

/** Begins to set up codes: a new secret, of no effect until a code of it has come. */
export async function beginTotp(tx: Tx, clock: Clock, userId: string): Promise<string> {
  const now = clock.now();
  const held = await tx
    .selectFrom('totp_secrets')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (held !== undefined && held.confirmed_at !== null)
    throw new Problem('conflict', 'Codes are set up already.', 'Remove them first to set up others.');
  const secret = newTotpSecret();
  await putTotp(tx, { user_id: userId, secret, confirmed_at: null, last_step: 0, created_at: now });
  return secret;
}

/** Sets codes up for good when the code is right; then they are asked for at each sign-in by password. @throws Problem `invalid` */
export async function confirmTotp(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly code: string },
): Promise<void> {
  const row = await tx
    .selectFrom('totp_secrets')
    .selectAll()
    .where('user_id', '=', input.userId)
    .executeTakeFirst();
  if (row === undefined || row.confirmed_at !== null)
    throw new Problem('conflict', 'There is no set-up of codes to confirm.', 'Begin it anew.');
  const ms = Date.parse(clock.now());
  const step = matchingStep(input.code, { secret: row.secret, ms, lastStep: Number(row.last_step) });
  if (
    step === undefined ||
    !(await takeTotpStep(tx, { userId: input.userId, step, confirmedAt: clock.now() }))
  )
    throw wrongCode();
}

/** Takes a code of the authenticator, once. False: wrong, used, or no codes are set up. */
export async function takeTotp(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly code: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('totp_secrets')
    .selectAll()
    .where('user_id', '=', input.userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return false;
  const since = row.failing_since;
  const fresh = since !== null && Date.parse(clock.now()) - Date.parse(since) < LOCK_MS;
  // Six digits stand against a machine only as long as it may try few of them.
  if (fresh && Number(row.failures) >= MAX_FAILURES)
    throw new Problem(
      'rate-limited',
      'Too many wrong codes came for this account.',
      'Use a passkey or a recovery code, or wait an hour.',
      { retryAfter: Math.ceil((Date.parse(since) + LOCK_MS - Date.parse(clock.now())) / 1000) },
    );
  const at = { secret: row.secret, ms: Date.parse(clock.now()), lastStep: Number(row.last_step) };
  const step = matchingStep(input.code, at);
  if (step !== undefined && (await takeTotpStep(tx, { userId: input.userId, step }))) return true;
  await countTotpFailure(tx, {
    userId: input.userId,
    failures: fresh ? Number(row.failures) + 1 : 1,
    since: fresh ? since : clock.now(),
  });
  return false;
}

const CODES = 10;
/** No letters or digits that are mistaken for one another; sixteen of 31 are 79 bits. */
const CODE_LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';

/** Makes ten recovery codes in the place of all older ones. They are in the answer and nowhere else. */
export async function makeRecoveryCodes(tx: Tx, clock: Clock, userId: string): Promise<string[]> {
  const letter = (): string => CODE_LETTERS[randomInt(CODE_LETTERS.length)] ?? '';
  const codes = Array.from({ length: CODES }, () => Array.from({ length: 16 }, letter).join(''));
  const now = clock.now();
  await putRecoveryCodes(
    tx,
    userId,
    codes.map((code) => ({
      id: newId(),
      user_id: userId,
      code_hash: recoveryHash(userId, code),
      used_at: null,
      created_at: now,
    })),
  );
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

/** Uses a recovery code up; false when it is wrong or used. */
export async function takeRecovery(
  tx: Tx,
  clock: Clock,
  input: { readonly userId: string; readonly code: string },
): Promise<boolean> {
  const code = input.code.toLowerCase().replace(/[\s-]/g, '');
  if (code.length !== 16) return false;
  const hash = recoveryHash(input.userId, code);
  return takeRecoveryCode(tx, { userId: input.userId, hash, at: clock.now() });
}

/** With the person as salt, so that equal codes of two people do not look alike. */
function recoveryHash(userId: string, code: string): string {
  return createHash('sha256').update(`${userId} ${code}`).digest('hex');
}

export function wrongCode(): Problem {
  return new Problem('invalid', 'The code is wrong or has been used.', 'Take the newest code.', {
    fields: { '/code': 'is wrong or has been used' },
  });
}
