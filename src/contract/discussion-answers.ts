import { z } from 'zod';
import { CommentDoc } from './comment-doc.ts';
import { commentStates, reactionKinds, sortOrders } from './comments.ts';

const instant = z.string().describe('UTC, ISO 8601');

const VerdictAnswer = z.object({
  action: z.string().optional(),
  phase: z.string(),
  rule: z.string(),
  matched: z.array(z.string()),
  standard: z.string().optional(),
  message: z.string().optional(),
});

export const CommentAnswer = z.object({
  id: z.string(),
  article: z.string(),
  parent: z.string().nullable(),
  thread: z.string().describe('The first comment of its thread'),
  depth: z.int().describe('How many comments it answers, one through the other'),
  level: z.int().describe('How deep it stands on a page'),
  state: z.enum(['visible', 'held', 'removed', 'deleted']),
  author: z
    .object({
      id: z.string().nullable(),
      name: z.string(),
      mark: z.string().nullable(),
      picture: z.string().nullable().describe('The address of their picture, 192 pixels wide'),
    })
    .nullable()
    .describe('Null where the comment is not visible'),
  body: CommentDoc.nullable(),
  text: z.string().nullable(),
  language: z.string().nullable(),
  at: instant,
  editedAt: instant.nullable(),
  featured: z.boolean(),
  reactions: z.record(z.enum(reactionKinds), z.int()),
  answers: z.int().describe('Visible comments that stand below it'),
  quotes: z.object({ id: z.string(), name: z.string(), excerpt: z.string() }).nullable(),
  url: z.string(),
});

export const ThreadSummary = z.object({
  comment: CommentAnswer,
  answers: z.array(CommentAnswer),
  more: z.boolean().describe('More answers follow'),
});

export const DiscussionAnswer = z.object({
  article: z.string(),
  count: z.int(),
  open: z.boolean(),
  closed: z.string().nullable().describe('Why nobody can comment now'),
  slowSeconds: z.int(),
  sort: z.enum(sortOrders),
  threads: z.array(ThreadSummary),
  next: z.string().nullable(),
});

export const ThreadAnswer = z.object({
  comment: CommentAnswer,
  answers: z.array(CommentAnswer),
  next: z.string().nullable(),
});

export const PostedAnswer = z.object({
  id: z.string(),
  state: z.enum(commentStates),
  verdict: VerdictAnswer.nullable().describe('Why it is not visible'),
  repeated: z.boolean().describe('The same request had posted it before'),
  body: CommentDoc,
  at: instant,
  editableUntil: instant,
  url: z.string(),
});

export const EditAnswer = z.object({
  state: z.enum(commentStates),
  verdict: VerdictAnswer.nullable(),
  body: CommentDoc,
});

export const MineAnswer = z.object({
  id: z.string(),
  name: z.string(),
  reactions: z.record(z.string(), z.array(z.enum(reactionKinds))),
  ignored: z.array(z.string()),
  follows: z.boolean(),
  waiting: z.array(
    z.object({
      id: z.string(),
      parent: z.string().nullable(),
      state: z.enum(['held', 'rejected']),
      body: CommentDoc,
      at: instant,
      verdict: VerdictAnswer.nullable(),
    }),
  ),
});

export const PeopleAnswer = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) });

export const CountsAnswer = z.object({
  counts: z.record(
    z.string(),
    z.object({
      visible: z.int(),
      held: z.int(),
      rejected: z.int(),
      removed: z.int(),
      lastCommentAt: instant.nullable(),
      closed: z.boolean(),
    }),
  ),
});
