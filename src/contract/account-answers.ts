import { z } from 'zod';
import { permissions, type Permission, roles } from './permissions.ts';

const Permissions = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);

export const UserAnswer = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  disabled: z.boolean(),
  createdAt: z.string(),
});

export const UserInput = z.strictObject({
  email: z.email().max(320),
  name: z.string().min(1).max(200),
  role: z.enum(roles),
});
/** What can change of a person. */
export const UserChange = z.strictObject({
  name: z.string().min(1).max(200),
  role: z.enum(roles),
  disabled: z.boolean().default(false),
});

export const TokenInput = z.strictObject({
  /** Whose token it is; the caller's own when absent. */
  userId: z.uuid().optional(),
  name: z.string().min(1).max(200),
  /** Empty: everything that its owner's role may do. */
  scopes: z.array(Permissions).max(50).default([]),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export const TokenAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  userId: z.uuid(),
  userName: z.string().describe('Whose token it is'),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export const NewTokenAnswer = z.object({
  id: z.uuid(),
  secret: z.string().describe('Shown this once; only its digest is kept'),
});

export const MeAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  permissions: z.array(Permissions).describe('What this token or session may do'),
  session: z
    .object({
      id: z.uuid(),
      authenticatedAt: z.string().describe('When the person last proved who they are'),
      limited: z.boolean().describe('Nothing may be done before a passkey or a second factor is set up'),
    })
    .nullable()
    .describe('Null with a token'),
});

export const LinkGiven = z.object({
  link: z.string().nullable().describe('To hand over; shown this once. Null when it went by mail'),
});
