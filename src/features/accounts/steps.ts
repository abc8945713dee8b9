import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { digestOf, newSecret } from './secrets.ts';
import { readCookie, setCookie, stepCookieName } from './session-cookie.ts';
import { countAttempt, deleteStep, insertStep } from './steps.store.ts';

/** What is under way in one browser between two requests: a challenge, a state, a first factor that was right. */
export type StepKind = 'passkey-in' | 'passkey-new' | 'second-factor' | 'provider' | 'new-reader';

/** Ten minutes, as for links. */
const STEP_SECONDS = 600;
const MAX_ATTEMPTS = 5;

export type Step<T> = { readonly id: string; readonly details: T };

/** Begins a step. The secret goes into the browser's cookie, which binds everything after it to this browser. */
export async function beginStep(
  tx: Tx,
  clock: Clock,
  input: { readonly kind: StepKind; readonly details: Readonly<Record<string, unknown>> },
): Promise<string> {
  const secret = newSecret();
  const now = clock.now();
  await insertStep(tx, {
    id: newId(),
    secret_hash: digestOf(`${input.kind} ${secret}`),
    kind: input.kind,
    details: toJson({ ...input.details }),
    attempts: 0,
    created_at: now,
    expires_at: new Date(Date.parse(now) + STEP_SECONDS * 1000).toISOString(),
  });
  return secret;
}

export async function findStep<T>(
  db: Reader,
  clock: Clock,
  input: { readonly kind: StepKind; readonly secret: string | undefined },
): Promise<Step<T> | undefined> {
  if (input.secret === undefined) return undefined;
  const row = await db
    .selectFrom('sign_in_steps')
    .select(['id', 'details', 'expires_at', 'attempts'])
    .where('secret_hash', '=', digestOf(`${input.kind} ${input.secret}`))
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= clock.now() || Number(row.attempts) >= MAX_ATTEMPTS)
    return undefined;
  return { id: row.id, details: fromJson<T>(row.details as never) };
}

/** Ends a step: of two requests of one moment, one gets it. A challenge or a state is never answered twice. */
export async function takeStep<T>(
  tx: Tx,
  clock: Clock,
  input: { readonly kind: StepKind; readonly secret: string | undefined },
): Promise<Step<T> | undefined> {
  const step = await findStep<T>(tx, clock, input);
  return step !== undefined && (await deleteStep(tx, step.id)) ? step : undefined;
}

/** Notes a wrong answer; after five of them the step is over. */
export async function failStep(tx: Tx, id: string): Promise<void> {
  await countAttempt(tx, id);
}

export function stepCookie(secret: string | undefined, https: boolean): string {
  return setCookie(stepCookieName(https), { secret, https, seconds: STEP_SECONDS });
}

export function stepSecret(cookie: string | undefined, https: boolean): string | undefined {
  return readCookie(cookie, stepCookieName(https));
}
