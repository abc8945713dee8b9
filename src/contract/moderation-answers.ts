import { z } from 'zod';
import {
  type Finding as FindingType,
  outcomes,
  phaseNames,
  queueNames,
  reportCategories,
} from './moderation.ts';

/** What the moderators' screens read. */

const instant = z.string();
const Named = z.object({ id: z.string(), name: z.string() });

export const FindingAnswer = z.object({
  phase: z.enum(phaseNames),
  rule: z.string(),
  outcome: z.enum(outcomes),
  matched: z.array(z.string()).readonly(),
  standard: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
}) satisfies z.ZodType<FindingType>;

export const DecisionAnswer = z.object({
  id: z.string(),
  commentId: z.string().nullable(),
  action: z.string(),
  was: z.string().nullable(),
  phase: z.string(),
  rule: z.string(),
  matched: z.array(z.string()),
  findings: z.array(FindingAnswer),
  standard: z
    .object({ version: z.number(), id: z.string(), number: z.number(), title: z.string(), body: z.string() })
    .nullable()
    .describe('The paragraph as it read in the version that is cited'),
  legalGround: z.string().nullable(),
  facts: z.string(),
  message: z.string(),
  by: Named.nullable().describe('Null: decided by a rule'),
  automated: z.boolean(),
  detected: z.string(),
  category: z.string().nullable(),
  undone: z.boolean(),
  createdAt: instant,
});
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

export const AppealAnswer = z.object({
  id: z.string(),
  body: z.string(),
  state: z.enum(['open', 'upheld', 'overturned', 'void']),
  answer: z.string(),
  decisionId: z.string(),
  decidedBefore: Named.nullable().describe('Who made the decision and cannot decide the appeal'),
  createdAt: instant,
});

export const SanctionAnswer = z.object({
  id: z.string(),
  kind: z.enum(['ban', 'suspension']),
  until: instant.nullable(),
  reason: z.string(),
  standard: z.string().nullable(),
  by: Named.nullable(),
  createdAt: instant,
  liftedAt: instant.nullable(),
});

export const AuthorAnswer = z.object({
  key: z.string(),
  userId: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['guest', 'reader', 'staff']),
  picture: z.string().nullable().describe('The path of their picture'),
  comments: z.number(),
  approved: z.number(),
  rejected: z.number(),
  reported: z.number(),
  sanction: SanctionAnswer.nullable(),
});

export const QueueItem = z.object({
  id: z.string().describe('The comment; of an appeal against a ban, the appeal'),
  queues: z.array(z.enum(queueNames)),
  enteredAt: instant,
  article: z.object({ id: z.string(), headline: z.string(), path: z.string().nullable() }),
  author: AuthorAnswer,
  state: z.enum(['visible', 'held', 'rejected', 'removed', 'deleted']),
  text: z.string(),
  language: z.string(),
  parentId: z.string().nullable(),
  featured: z.boolean(),
  edits: z.number(),
  createdAt: instant,
  reports: z.array(z.object({ category: z.enum(reportCategories), count: z.number() })),
  decision: DecisionAnswer.nullable(),
  appeal: AppealAnswer.nullable(),
  claim: z.object({ by: Named, until: instant }).nullable(),
  notes: z.number(),
});
export type QueueItem = z.infer<typeof QueueItem>;

const Neighbour = z.object({
  id: z.string(),
  author: z.string(),
  text: z.string(),
  state: z.enum(['visible', 'held', 'rejected', 'removed', 'deleted']),
  createdAt: instant,
  level: z.number(),
});

export const NoteAnswer = z.object({ id: z.string(), body: z.string(), by: Named, createdAt: instant });

export const CommentDetail = QueueItem.extend({
  /** The comments that it answers, the first first. */
  above: z.array(Neighbour),
  below: z.array(Neighbour),
  earlier: z
    .array(z.object({ text: z.string(), editedAt: instant }))
    .describe('What it said before each edit'),
  reportList: z.array(
    z.object({
      id: z.string(),
      category: z.enum(reportCategories),
      details: z.string(),
      by: Named.nullable().describe('Null: a guest'),
      state: z.enum(['open', 'upheld', 'dismissed']),
      createdAt: instant,
    }),
  ),
  decisions: z.array(DecisionAnswer),
  noteList: z.array(NoteAnswer),
});
export type CommentDetail = z.infer<typeof CommentDetail>;

export const PersonAnswer = AuthorAnswer.extend({
  since: instant.nullable(),
  newest: z
    .array(
      Neighbour.extend({
        article: z.object({ id: z.string(), headline: z.string(), path: z.string().nullable() }),
      }),
    )
    .describe('The newest comments'),
  decisions: z.array(DecisionAnswer),
  sanctions: z.array(SanctionAnswer),
  noteList: z.array(NoteAnswer),
});
export type PersonAnswer = z.infer<typeof PersonAnswer>;

export const NoticeAnswer = z.object({
  id: z.string(),
  code: z.string(),
  url: z.string(),
  commentId: z.string().nullable(),
  category: z.string(),
  explanation: z.string(),
  legalReference: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string(),
  state: z.enum(['received', 'acted', 'dismissed']),
  answer: z.string(),
  by: Named.nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
});
export type NoticeAnswer = z.infer<typeof NoticeAnswer>;

export const QueueCounts = z.object({
  reported: z.number(),
  pending: z.number(),
  appealed: z.number(),
  new: z.number(),
  notices: z.number(),
});
export type QueueCounts = z.infer<typeof QueueCounts>;

const Percent = z.number().nullable();
export const ClassifierAnswer = z.object({
  enabled: z.boolean(),
  mayAct: z.boolean().describe('Measured precision is at the bar'),
  examples: z.number(),
  trials: z.number(),
  flagged: z.number(),
  right: z.number(),
  precision: Percent,
  precisionAtLeast: z.number(),
  recall: Percent,
  brier: z.number().nullable(),
  threshold: z.number(),
  bar: z.number(),
  leastFlagged: z.number(),
  trouble: z.array(z.object({ name: z.string(), weight: z.number() })),
  fine: z.array(z.object({ name: z.string(), weight: z.number() })),
});
export type ClassifierAnswer = z.infer<typeof ClassifierAnswer>;

export const TestAnswer = z.object({
  outcome: z.enum(outcomes),
  decisive: FindingAnswer.nullable(),
  findings: z.array(FindingAnswer),
  phases: z.array(z.enum(phaseNames)).describe('In the order in which a comment passes them'),
  learned: z
    .object({
      percent: z.number(),
      mayAct: z.boolean(),
      reasons: z.array(z.object({ name: z.string(), weight: z.number() })),
    })
    .nullable(),
});
export type TestAnswer = z.infer<typeof TestAnswer>;

const Counted = z.record(z.string(), z.number());
export const TransparencyFigures = z.object({
  from: z.string(),
  to: z.string().describe('The day after the last'),
  comments: z.number().describe('Comments that were posted'),
  decisions: z.object({
    total: z.number(),
    automated: z.number(),
    byPerson: z.number(),
    byAction: Counted,
    byGround: Counted.describe('Paragraph of the standards, or law'),
    byDetection: Counted,
    automatedOverturned: z.number(),
    medianSeconds: z.number().nullable().describe('Of decisions by people: from entering a queue'),
  }),
  reports: z.object({ total: z.number(), byCategory: Counted, upheld: z.number(), dismissed: z.number() }),
  notices: z.object({
    total: z.number(),
    byCategory: Counted,
    acted: z.number(),
    dismissed: z.number(),
    medianSeconds: z.number().nullable(),
  }),
  appeals: z.object({
    total: z.number(),
    upheld: z.number(),
    overturned: z.number(),
    open: z.number(),
    medianSeconds: z.number().nullable(),
  }),
  sanctions: z.object({ bans: z.number(), suspensions: z.number(), lifted: z.number() }),
});
export type TransparencyFigures = z.infer<typeof TransparencyFigures>;
