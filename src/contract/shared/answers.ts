import { z } from 'zod';

/** What the API answers about writing together. */
export const ExchangeInput = z.strictObject({
  clientId: z.int().min(0).max(4294967295),
  /** The state vector of the sender's document, base64. */
  vector: z.base64().max(1_000_000),
  /** A Yjs update (version 1), base64: what the server lacks. */
  update: z.base64().max(12_000_000),
});
export const ExchangeAnswer = z.object({
  update: z.string().describe('What the sender lacks, a Yjs update, base64'),
  vector: z.string().describe('What the server has on disk, base64'),
});

export const KeptAnswer = z.object({
  revision: z.int(),
  fault: z.string().nullable().describe('Why no revision could be made of what is written'),
});

export const Person = z.object({ id: z.string(), name: z.string() });

export const revisionOrigins = ['kept', 'saved', 'restored', 'outside'] as const;

/** A line of an article's list of revisions. */
export const RevisionLine = z.object({
  revision: z.int(),
  createdAt: z.string(),
  origin: z.enum(revisionOrigins),
  editors: z.array(Person),
  restoredFrom: z.int().nullable(),
  version: z.int().nullable().describe('The published version that it became'),
});
export type RevisionLine = z.infer<typeof RevisionLine>;

const DiffPart = z.object({ op: z.enum(['same', 'insert', 'delete']), text: z.string() });
/** What differs between two revisions: fields as they are named in the content; of the body, block by block. */
export const RevisionDifference = z.object({
  from: z.int(),
  to: z.int(),
  fields: z.array(
    z.object({ field: z.string(), before: z.string(), after: z.string(), parts: z.array(DiffPart) }),
  ),
  blocks: z.array(
    z.object({
      op: z.enum(['same', 'insert', 'delete', 'change', 'skipped']),
      kind: z.string().describe('The node type of the block; of `skipped`, empty'),
      before: z.string(),
      after: z.string(),
      parts: z.array(DiffPart),
      /** Of `skipped`: how many blocks are the same and not shown. */
      count: z.int(),
      /** Pictures and files before and after, by asset. */
      assetBefore: z.string().nullable(),
      assetAfter: z.string().nullable(),
    }),
  ),
});
export type RevisionDifference = z.infer<typeof RevisionDifference>;

export const LookAnswer = z.object({
  /** Undefined when the person has never looked. */
  look: z.object({ vector: z.string(), revision: z.int(), at: z.string() }).nullable(),
  clients: z.array(z.object({ client: z.int(), person: Person.nullable() })),
  stretches: z
    .array(z.object({ client: z.int(), from: z.int(), to: z.int(), at: z.string(), revision: z.int() }))
    .describe('Who wrote which insertions with which revision, since the look'),
});
export type LookAnswer = z.infer<typeof LookAnswer>;

export const LookInput = z.strictObject({ vector: z.base64().max(1_000_000) });

/** A Yjs relative position as its JSON. */
const Position = z.record(z.string(), z.unknown());
export const ThreadInput = z.strictObject({
  anchor: z.strictObject({ from: Position, to: Position }),
  quote: z.string().max(2000),
  body: z.string().trim().min(1).max(5000),
  mentions: z.array(z.uuid()).max(20).default([]),
});
export const CommentInput = z.strictObject({
  body: z.string().trim().min(1).max(5000),
  mentions: z.array(z.uuid()).max(20).default([]),
});
export const ThreadChange = z.strictObject({ state: z.enum(['open', 'resolved']) });

export const PassageComment = z.object({
  id: z.uuid(),
  body: z.string(),
  mentions: z.array(Person),
  by: Person.nullable(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  mine: z.boolean(),
});
export const Thread = z.object({
  id: z.uuid(),
  anchor: z.object({ from: Position, to: Position }),
  quote: z.string(),
  state: z.enum(['open', 'resolved']),
  by: Person.nullable(),
  createdAt: z.string(),
  resolvedBy: Person.nullable(),
  resolvedAt: z.string().nullable(),
  comments: z.array(PassageComment),
});
export type Thread = z.infer<typeof Thread>;
