import { z } from 'zod';
import { roles } from './permissions.ts';

/** What a browser's WebAuthn gives and takes as JSON (WebAuthn §5.1.8 ff.); checked member by member where it is used. */
export const WebAuthnJson = z.looseObject({});

export const PasswordSignIn = z.strictObject({ email: z.string().max(320), password: z.string().max(1024) });
export const CodeSignIn = z.strictObject({ code: z.string().min(6).max(40) });
export const PasskeyAnswer = z.strictObject({ response: WebAuthnJson });

export const SignInStage = z.object({
  stage: z
    .enum(['signed-in', 'second-factor'])
    .describe('signed-in: the session is in the cookie; second-factor: a code or a passkey is needed'),
  codes: z.boolean().describe('Whether an authenticator is set up, so that a code of it will do'),
});

export const StaffLink = z.strictObject({ secret: z.string().min(20).max(100) });
export const StaffLinkAnswer = z.object({
  purpose: z.enum(['set-up', 'invite', 'reset']),
  email: z.string().nullable(),
  name: z.string().nullable(),
  role: z.enum(roles).nullable(),
  site: z.string(),
});
export const StaffLinkUse = StaffLink.extend({
  email: z.email().max(320).optional(),
  name: z.string().trim().min(1).max(200).optional(),
  password: z.string().max(1024).optional(),
});

export const OwnPasskey = z.object({
  id: z.uuid(),
  name: z.string(),
  backedUp: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export const OwnSession = z.object({
  id: z.uuid(),
  device: z.string(),
  method: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  current: z.boolean(),
});
export const OwnAccount = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  email: z.string().nullable(),
  language: z.string().nullable(),
  password: z.boolean(),
  codes: z.boolean(),
  recoveryCodes: z.int(),
  passkeys: z.array(OwnPasskey),
  sessions: z.array(OwnSession),
});
export const CodesSetUp = z.object({
  secret: z.string(),
  uri: z.string(),
  qr: z.object({ size: z.int(), path: z.string().describe('SVG path of the dark modules') }),
});
export const RecoveryCodes = z.object({
  codes: z.array(z.string()).describe('Shown this once; only their digests are kept'),
});
export const PasskeyName = z.string().trim().min(1).max(60);
