import {
  readCookie,
  sessionCookie,
  sessionCookieName,
  type SignInAnswer,
  stepCookie,
} from '../../features/accounts/accounts.ts';
import { endOldSession } from '../../features/accounts/accounts.ts';
import { paths } from '../../contract/routes.ts';
import { type Ctx, type Io, leadTo } from './frame.tsx';

/** After a sign-in: the session's cookie and on to where the reader wanted, or to the second factor first. */
export async function enterWith(
  ctx: Ctx,
  io: Io,
  entry: { readonly answer: SignInAnswer; readonly to: string },
): Promise<void> {
  const { answer, to } = entry;
  if (answer.kind === 'second-factor') {
    const location = `${paths.account('code')}?${new URLSearchParams({ to }).toString()}`;
    return leadTo(ctx, io, { location, cookies: [stepCookie(answer.secret, ctx.https)] });
  }
  // The key that this browser had before is of no use any more.
  const old = readCookie(io.req.headers.cookie, sessionCookieName(ctx.https));
  if (old !== undefined && ctx.actor?.session !== undefined)
    await endOldSession(ctx.db, { id: ctx.actor.session.id, userId: ctx.actor.userId });
  return leadTo(ctx, io, {
    location: to,
    cookies: [sessionCookie(answer.session, ctx.https), stepCookie(undefined, ctx.https)],
  });
}
