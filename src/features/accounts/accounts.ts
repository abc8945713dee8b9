export { linkFor } from './links.ts';
export { changeUser, createUser, userByEmail, userById, type UserView, usersWhere } from './people.ts';
export { beginTotp, confirmTotp, makeRecoveryCodes } from './second-factor.ts';
export { readCookie, sessionCookieName } from './session-cookie.ts';
export {
  actorOfSession,
  beginSession,
  makeAuthenticate,
  type NewSession,
  sessionCookie,
} from './sessions.ts';
export { actorOfToken, createToken, type NewToken, revokeToken, tokensOf, type TokenView } from './tokens.ts';
export { stepAt, totpCode } from './totp.ts';
export { deleteExpired as forgetExpired } from './sessions.store.ts';
export { setUpLink, invite, reset } from './staff.ts';
export { type AccountView, accountOf, passkeysOf, sessionsOf } from './own.views.ts';
export { signInByPassword } from './sign-in.ts';
