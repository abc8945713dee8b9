import { z } from 'zod';

/** One line of the audit log; `hash` commits to everything before it and to the line above. */
export const AuditAnswer = z.object({
  seq: z.int(),
  at: z.string(),
  by: z.string().nullable().describe('Id of who did it; null: the program, or nobody signed in'),
  byName: z.string(),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  details: z.record(z.string(), z.unknown()),
  previous: z.string().describe('Hash of the entry before'),
  hash: z.string().describe('SHA-256 over the canonical JSON (RFC 8785) of all other members'),
});

export const AuditQuery = {
  by: z.uuid().optional(),
  action: z.string().max(100).optional(),
  objectKind: z.string().max(100).optional(),
  objectId: z.string().max(200).optional(),
} as const;

export const AuditVerdictAnswer = z.object({
  entries: z.int(),
  head: z.string(),
  faults: z.array(z.string()).describe('Empty: the chain is whole'),
});

export const MailAnswer = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  text: z
    .string()
    .describe('Empty once it is sent; without the secrets of links, which are made as it goes out'),
  state: z.string(),
  attempts: z.int(),
  sendAt: z.string(),
  lastError: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
});
