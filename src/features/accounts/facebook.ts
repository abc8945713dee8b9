import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Identity } from './readers.ts';

export type FacebookSettings = {
  readonly appId: string;
  readonly appSecret: string;
  readonly dialog: string;
  readonly graph: string;
};

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 100_000;

/** Where a reader is asked, and what must be kept until they are back. */
export function facebookStart(
  settings: FacebookSettings,
  redirect: string,
): { url: string; state: string; verifier: string } {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const url = new URL(`${settings.dialog}/dialog/oauth`);
  url.search = new URLSearchParams({
    client_id: settings.appId,
    redirect_uri: redirect,
    state,
    response_type: 'code',
    scope: 'public_profile,email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { url: url.href, state, verifier };
}

/**
 * Changes a code for a token and the token for who it is. The token is used here and kept nowhere; calls carry its proof by the app's secret,
 * so that a stolen token is of no use to others. @throws Problem `unauthenticated`
 */
export async function facebookIdentity(
  settings: FacebookSettings,
  given: { readonly code: string; readonly redirect: string; readonly verifier: string },
): Promise<Identity> {
  const token = await call(`${settings.graph}/oauth/access_token`, {
    client_id: settings.appId,
    client_secret: settings.appSecret,
    redirect_uri: given.redirect,
    code: given.code,
    code_verifier: given.verifier,
  });
  const access = token['access_token'];
  if (typeof access !== 'string' || access === '') throw refused();
  const url = new URL(`${settings.graph}/me`);
  url.search = new URLSearchParams({
    fields: 'id,name,email',
    access_token: access,
    appsecret_proof: createHmac('sha256', settings.appSecret).update(access).digest('hex'),
  }).toString();
  const me = await call(url.href);
  const { id, name, email } = me;
  if (typeof id !== 'string' || !/^\d{1,40}$/.test(id)) throw refused();
  return {
    provider: 'facebook',
    subject: id,
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' && email.length <= 320 ? email.toLowerCase() : null,
  };
}

async function call(url: string, form?: Record<string, string>): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new Problem('unavailable', 'Facebook cannot be reached.', 'Try again, or sign in in another way.', {
      cause,
    });
  }
  const text = await response.text();
  if (!response.ok || text.length > MAX_BYTES) throw refused();
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return { ...answer };
  } catch (cause) {
    throw refused(cause);
  }
  throw refused();
}

function refused(cause?: unknown): Problem {
  return new Problem(
    'unauthenticated',
    'Facebook did not say who you are.',
    'Try again, or sign in in another way.',
    { cause },
  );
}

/**
 * Reads a `signed_request`: base64url of the HMAC-SHA-256 by the app's secret, a dot, base64url of JSON. Undefined for whatever was not
 * signed by this app, or not with the one algorithm.
 */
export function readSignedRequest(
  signed: string,
  appSecret: string,
): { userId: string; issuedAt: Instant | undefined } | undefined {
  const [signature = '', payload = '', ...more] = signed.split('.');
  if (more.length > 0 || signature === '' || payload === '' || signed.length > 8000) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const made = createHmac('sha256', appSecret).update(payload).digest();
  if (given.length !== made.length || !timingSafeEqual(given, made)) return undefined;
  try {
    const data = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown> | null;
    const { algorithm, user_id: userId, issued_at: issued } = data ?? {};
    if (String(algorithm).toUpperCase() !== 'HMAC-SHA256' || typeof userId !== 'string' || userId === '')
      return undefined;
    const issuedAt = typeof issued === 'number' ? new Date(issued * 1000).toISOString() : undefined;
    return { userId, issuedAt };
  } catch {
    return undefined;
  }
}
