import { z } from 'zod';
import { ArticleSummary } from './article-answers.ts';
import { roles } from './permissions.ts';

/** What the API says of mentions, saved views, the desk of a person, and changes of many articles at once. */

export const mentionKinds = [
  'comment',
  'reply',
  'suggestion',
  'assigned',
  'returned',
  'schedule',
  'text',
] as const;
export type MentionKind = (typeof mentionKinds)[number];

const Person = z.object({ id: z.uuid(), name: z.string() });

export const MentionAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(mentionKinds),
  by: Person.nullable(),
  article: z.object({ id: z.uuid(), headline: z.string() }).nullable(),
  target: z.string().describe('The place in the newsroom, below /newsroom/'),
  excerpt: z.string(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});

export const PersonAnswer = Person.extend({ role: z.enum(roles) });

/** The query of a list, by the names of its parameters. */
export const ViewQuery = z.record(z.string().regex(/^[a-zA-Z]{1,30}$/), z.string().max(300));

export const SavedViewInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  query: ViewQuery,
  shared: z.boolean().default(false).describe('Everyone in the house sees it'),
});
export const SavedViewAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  shared: z.boolean(),
  owner: Person,
  rowVersion: z.int(),
});

export const BulkAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desk'), desk: z.string().min(1).max(100).nullable() }),
  z.strictObject({ kind: z.literal('assign'), to: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('section'), section: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal('urgency'), urgency: z.int().min(1).max(9) }),
  z.strictObject({ kind: z.literal('add-concept'), concept: z.uuid() }),
  z.strictObject({ kind: z.literal('remove-concept'), concept: z.uuid() }),
  z.strictObject({ kind: z.literal('add-storyline'), storyline: z.uuid() }),
  z.strictObject({ kind: z.literal('remove-storyline'), storyline: z.uuid() }),
]);
export type BulkAction = z.infer<typeof BulkAction>;

export const BulkInput = z.strictObject({
  action: BulkAction,
  articles: z.array(z.uuid()).min(1).max(200),
});

const Refused = z.object({ id: z.uuid(), headline: z.string(), why: z.string() });

export const BulkAnswer = z.object({
  id: z.uuid().describe('What undo takes'),
  done: z.int(),
  unchanged: z.int().describe('Those that were so already'),
  refused: z.array(Refused),
});

export const UndoAnswer = z.object({
  done: z.int(),
  refused: z.array(Refused).describe('Those on which somebody has worked since'),
});

/** What waits for a person. Each list has the latest twenty. */
export const MyDeskAnswer = z.object({
  drafts: z.array(ArticleSummary).describe('Begun by me and not handed on'),
  returned: z.array(ArticleSummary).describe('Sent back to me'),
  assigned: z.array(ArticleSummary).describe('In my hands, on a desk'),
  scheduled: z.array(ArticleSummary.extend({ at: z.string() })).describe('Mine, and waiting for their hour'),
  published: z.array(ArticleSummary).describe('Mine, the latest published'),
  unread: z.int().describe('Mentions that I have not read; 100 stands for many'),
});
