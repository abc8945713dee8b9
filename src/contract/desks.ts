import { z } from 'zod';
import { isLanguageTag } from '../base/text.ts';
import { versionReasons } from './article.ts';
import { stages, workflowActions } from './workflow.ts';

/** What desks are, what they ask of an article before it is published, and what the API says of it. */

export const checkNames = [
  'headline',
  'duplicate-headline',
  'lede',
  'section',
  'dateline',
  'byline',
  'picture-credit',
  'picture-alt',
  'picture-rights',
  'embargo',
  'links',
  'eyes',
  'checklist',
] as const;
export type CheckName = (typeof checkNames)[number];

export const checkLevels = ['off', 'warn', 'block'] as const;
export type CheckLevel = (typeof checkLevels)[number];

/** What holds where a desk says nothing, and for articles of no desk: remarks, never in the way. */
export const defaultLevels: Readonly<Record<CheckName, CheckLevel>> = {
  headline: 'warn',
  'duplicate-headline': 'warn',
  lede: 'warn',
  section: 'warn',
  dateline: 'off',
  byline: 'off',
  'picture-credit': 'warn',
  'picture-alt': 'warn',
  'picture-rights': 'warn',
  embargo: 'block',
  links: 'warn',
  eyes: 'off',
  checklist: 'warn',
};

export const ChecklistItem = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
  label: z.string().min(1).max(300),
  /** In other languages, by language tag. */
  labels: z.record(z.string(), z.string().min(1).max(300)).default({}),
  level: z.enum(['warn', 'block']).default('block'),
  /** Asked again after every edit. */
  again: z.boolean().default(false),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const DeskRules = z.strictObject({
  checks: z.partialRecord(z.enum(checkNames), z.enum(checkLevels)).default({}),
  /** Characters of a headline. */
  headlineMin: z.int().min(1).max(300).default(10),
  headlineMax: z.int().min(1).max(300).default(110),
  /** Approvals by others that the check `eyes` asks for. */
  eyes: z.int().min(1).max(5).default(1),
  checklist: z.array(ChecklistItem).max(40).default([]),
});
export type DeskRules = z.infer<typeof DeskRules>;
export const defaultRules: DeskRules = DeskRules.parse({});

const names = z
  .record(z.string().refine(isLanguageTag, 'a language tag'), z.string().min(1).max(100))
  .default({});

export const DeskInput = z.strictObject({
  /** Given when it is made, and kept. */
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'letters a to z and digits, joined by hyphens')
    .max(60)
    .optional(),
  name: z.string().min(1).max(100),
  names,
  description: z.string().max(2000).default(''),
  position: z.int().min(0).max(10_000).default(0),
  membersOnly: z.boolean().default(false),
  closed: z.boolean().default(false),
  rules: DeskRules.default(defaultRules),
});
export type DeskInput = z.input<typeof DeskInput>;

export const DeskAnswer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  names: z.record(z.string(), z.string()),
  description: z.string(),
  position: z.int(),
  membersOnly: z.boolean(),
  closed: z.boolean(),
  rules: DeskRules,
  rowVersion: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  members: z.array(
    z.object({ user: z.uuid(), name: z.string(), role: z.string(), part: z.enum(['member', 'lead']) }),
  ),
  /** Yours, where you belong to it. */
  part: z.enum(['member', 'lead']).nullable(),
});
export type DeskAnswer = z.infer<typeof DeskAnswer>;

/** Where in an article a finding is: a JSON pointer into its content; for the body, the place of the block too, from 1. */
export const Place = z.object({
  pointer: z.string(),
  block: z.int().optional(),
  /** The words, or the file, that are meant. */
  excerpt: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

export const Finding = z.object({
  check: z.enum(checkNames),
  /** A code for the screens' own words: `headline.long`. */
  code: z.string(),
  level: z.enum(['warn', 'block']),
  /** `waiting`: not known yet, as a link that is being asked. */
  state: z.enum(['fails', 'waiting']),
  /** What is wrong, and how to mend it: whole English sentences. */
  message: z.string(),
  mend: z.string(),
  /** Numbers and names of the message, for the screens' own words. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  place: Place.optional(),
});
export type Finding = z.infer<typeof Finding>;

const person = z.object({ id: z.uuid(), name: z.string() });
export type PersonRef = z.infer<typeof person>;

export const ApprovalAnswer = z.object({
  revision: z.int(),
  by: person,
  note: z.string(),
  at: z.string(),
  /** It is of the latest revision; an edit has voided it otherwise. */
  holds: z.boolean(),
});

export const MoveAnswer = z.object({
  id: z.uuid(),
  action: z.string(),
  from: z.string(),
  to: z.string(),
  desk: z.string().nullable(),
  revision: z.int(),
  assignee: person.nullable(),
  note: z.string(),
  by: person.nullable(),
  at: z.string(),
});

/** Everything that a desk's people see beside an article. */
export const WorkAnswer = z.object({
  article: z.uuid(),
  headline: z.string(),
  state: z.string(),
  stage: z.enum(stages),
  standing: z.enum(['unpublished', 'live', 'killed', 'taken_down']),
  desk: z.object({ slug: z.string(), name: z.string() }).nullable(),
  assignee: person.nullable(),
  createdBy: person.nullable(),
  revision: z.int(),
  publishedRevision: z.int().nullable(),
  version: z.int(),
  lastReason: z.enum(versionReasons).nullable(),
  embargo: z.string().nullable(),
  path: z.string().nullable(),
  /** What you may do now. */
  actions: z.array(z.enum(workflowActions)),
  findings: z.array(Finding),
  /** The checks that were asked, so that what passes can be shown too. */
  asked: z.array(z.object({ check: z.enum(checkNames), level: z.enum(['warn', 'block']) })),
  checklist: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      level: z.enum(['warn', 'block']),
      done: z.boolean(),
      by: person.nullable(),
      at: z.string().nullable(),
      /** It was ticked for an earlier revision, and is asked again. */
      stale: z.boolean(),
    }),
  ),
  approvals: z.array(ApprovalAnswer),
  schedule: z
    .object({
      id: z.uuid(),
      revision: z.int(),
      at: z.string(),
      reason: z.enum(versionReasons).nullable(),
      overdue: z.boolean(),
    })
    .nullable(),
  moves: z.array(MoveAnswer),
});
export type WorkAnswer = z.infer<typeof WorkAnswer>;

export const ScheduleItem = z.object({
  id: z.uuid(),
  article: z.uuid(),
  headline: z.string(),
  desk: z.string().nullable(),
  revision: z.int(),
  latestRevision: z.int(),
  at: z.string(),
  state: z.enum(['waiting', 'fired', 'cancelled', 'failed']),
  reason: z.enum(versionReasons).nullable(),
  by: person.nullable(),
  firedAt: z.string().nullable(),
  failure: z.string().nullable(),
  lateMs: z.int().nullable(),
  overdue: z.boolean(),
});
export type ScheduleItem = z.infer<typeof ScheduleItem>;

export const PreviewLinkAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(['article', 'front']),
  target: z.uuid(),
  revision: z.int().nullable(),
  label: z.string(),
  createdBy: person,
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  uses: z.int(),
  lastUsedAt: z.string().nullable(),
  state: z.enum(['open', 'expired', 'revoked']),
});
export type PreviewLinkAnswer = z.infer<typeof PreviewLinkAnswer>;

export const SurfaceAnswer = z.object({
  surface: z.string(),
  url: z.string(),
  status: z.int().nullable(),
  door: z.enum(['origin', 'node', 'mirror']).nullable(),
  digest: z.string().nullable().describe('SHA-256 of the bytes that came, hex'),
  bytes: z.int().nullable(),
  millis: z.int().nullable(),
  fetchedAt: z.string().nullable(),
  reached: z.boolean(),
  detail: z.string(),
});

export const ReceiptAnswer = z.object({
  id: z.uuid(),
  article: z.uuid(),
  version: z.int(),
  reason: z.enum(versionReasons),
  state: z.enum(['waiting', 'complete', 'incomplete', 'overtaken']),
  attempts: z.int(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  surfaces: z.array(SurfaceAnswer),
});
export type ReceiptAnswer = z.infer<typeof ReceiptAnswer>;
