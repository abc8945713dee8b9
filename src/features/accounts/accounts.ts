export { deleteByFacebook, deletionReceipt } from './facebook-deletion.ts';
export { facebookIdentity, type FacebookSettings, facebookStart, readSignedRequest } from './facebook.ts';
export {
  connect as connectIdentity,
  disconnect as disconnectIdentity,
  signInByIdentity,
} from './identities.ts';
export { deleteAccount, exportAccount } from './leave.ts';
export { type LinkView, makeLink, linkFor } from './links.ts';
export { checkedName, cleanName, skeleton } from './names.ts';
export { makeOidcClient, type OidcClient, type OidcSettings } from './oidc.ts';
export {
  endOtherSessions,
  endSession,
  givePassword,
  passwordFor,
  removePasskey,
  setPassword,
} from './own.ts';
export { type AccountPart } from './parts.ts';
export {
  askForLink,
  changeProfile,
  type Identity,
  isAvatar,
  lookAtReaderLink,
  mailNewAddress,
  newReader,
  newReaderOf,
  setAvatar,
  useReaderLink,
} from './readers.ts';
export { safeReturn } from './returns.ts';
export { endOldSession } from './sessions.ts';
export { openSession, type SignInAnswer, signInByCode } from './sign-in.ts';
export { beginStep, findStep, stepCookie, stepSecret, takeStep } from './steps.ts';
export type { PasskeyView, SessionView } from './own.views.ts';
export {
  changeUser,
  contactOf,
  createUser,
  userByEmail,
  userById,
  type UserView,
  usersWhere,
} from './people.ts';
export { beginTotp, confirmTotp, makeRecoveryCodes } from './second-factor.ts';
export { readCookie, sessionCookieName } from './session-cookie.ts';
export { beginSession, makeAuthenticate, type NewSession, sessionCookie } from './sessions.ts';
export { actorOfToken, createToken, type NewToken, revokeToken, tokensOf, type TokenView } from './tokens.ts';
export { stepAt, totpCode } from './totp.ts';
export { deleteExpired as forgetExpired } from './sessions.store.ts';
export { invite, lookAtStaffLink, reset, setUpLink, useStaffLink } from './staff.ts';
export { totpUri } from './totp.ts';
export { codesAfterSetUp, noteSecurity, removeCodes } from './own.ts';
export { type AccountView, accountOf, passkeysOf, sessionsOf } from './own.views.ts';
export { signInByPassword } from './sign-in.ts';
export { siteNames } from './site-name.ts';
export { hashPassword } from './passwords.ts';
