import type { Clock } from '../../src/base/clock.ts';
import type { Role } from '../../src/contract/permissions.ts';
import {
  beginSession,
  beginTotp,
  confirmTotp,
  createUser,
  sessionCookieName,
  stepAt,
  totpCode,
} from '../../src/features/accounts/accounts.ts';
import type { Db } from '../../src/storage/db.ts';

export type SignedIn = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string;
  /** The whole `Cookie` header. */
  readonly cookie: string;
  /** Headers of a request of the site's own page, for any method. */
  readonly headers: { readonly cookie: string; readonly 'sec-fetch-site': 'same-origin' };
  /** For `context.addCookies([browserCookie(address)])` of a browser. */
  browserCookie(address: string): { name: string; value: string; url: string };
};

let people = 0;

/**
 * A new person of a role with a session that has just begun; one of the house has a second factor, as all of them must. `https`: whether the
 * site's origin is, as with `serveApi`; sites of `runSite` are not.
 */
export async function signedIn(
  house: { readonly db: Db; readonly clock: Clock },
  role: Role,
  options: { readonly https?: boolean; readonly name?: string; readonly email?: string } = {},
): Promise<SignedIn> {
  people += 1;
  const { db, clock } = house;
  const name = options.name ?? `Robin ${role} ${people}`;
  const email = options.email ?? `${role}${people}@signed-in.example`;
  const made = await db.write(async (tx) => {
    const id = await createUser(tx, clock, { email, name, role });
    if (role !== 'reader') {
      const secret = await beginTotp(tx, clock, id);
      await confirmTotp(tx, clock, { userId: id, code: totpCode(secret, stepAt(Date.parse(clock.now()))) });
    }
    return { id, session: await beginSession(tx, clock, { userId: id, role, method: 'test' }) };
  });
  const { secret } = made.session;
  const cookieName = sessionCookieName(options.https ?? false);
  const cookie = `${cookieName}=${secret}`;
  return {
    id: made.id,
    email,
    name,
    sessionId: made.session.id,
    cookie,
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    browserCookie: (address) => ({ name: cookieName, value: secret, url: address }),
  };
}
