import { z } from 'zod';

/**
 * `visible`: on the page. `held`: waits for a moderator. `rejected`: never shown, by a moderator or a rule. `removed`: was shown, taken off by
 * a moderator. `deleted`: taken back by its author, or its author is gone. What is not visible leaves a gap where visible answers stand below it.
 */
export const commentStates = ['visible', 'held', 'rejected', 'removed', 'deleted'] as const;
export type CommentState = (typeof commentStates)[number];

/** `up` and `down` exclude each other and order a discussion by `best`; the others are said beside them. */
export const reactionKinds = ['up', 'down', 'insight', 'thanks'] as const;
export type ReactionKind = (typeof reactionKinds)[number];

export const sortOrders = ['newest', 'oldest', 'best'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** What moderation decided of a comment, and why. */
export type Verdict = {
  readonly action: 'publish' | 'hold' | 'reject';
  /** The phase that decided: `length`, `links`, `words`, `hand` … */
  readonly phase: string;
  /** The rule of that phase. */
  readonly rule: string;
  /** The words or numbers that met the rule. */
  readonly matched: readonly string[];
  /** The paragraph of the community standards that it cites. */
  readonly standard?: string;
  /** A sentence for the commenter, where one was written. */
  readonly message?: string;
};

export const MAX_COMMENT = 5000;
/** Addresses of a discussion take a page of at most this many threads. */
export const THREADS_A_PAGE = 20;
/** Answers of a thread that a page shows before it is opened. */
export const REPLIES_FOLDED = 3;
export const REPLIES_A_PAGE = 50;
/** How deep answers nest in the data, whatever a site shows. */
export const DEEPEST_LEVEL = 6;

/** What an admin sets of the discussion; stored as one setting. */
export const DiscussionSettings = z.strictObject({
  /** Off: no article has a discussion. */
  enabled: z.boolean().default(true),
  /** People without an account may comment with a name and an e-mail address; always held first. */
  guests: z.boolean().default(false),
  /** Articles close this many days after their first publication; null: never by age. */
  closeAfterDays: z.int().min(1).max(3650).nullable().default(null),
  /** Articles whose main storyline is closed close with it. */
  closeWithStoryline: z.boolean().default(true),
  /** How deep answers nest before they stand flat, with a quote. */
  depth: z.int().min(0).max(DEEPEST_LEVEL).default(3),
  /** How long an author may edit, in seconds. */
  editSeconds: z.int().min(0).max(86_400).default(300),
  /** In which order a discussion opens. */
  sort: z.enum(sortOrders).default('newest'),
});
export type DiscussionSettings = z.infer<typeof DiscussionSettings>;

/** Why nobody can comment now. */
export type ClosedBecause = 'site' | 'withdrawn' | 'article' | 'hand' | 'age' | 'storyline';

/** What a person may be written to about. */
export const noticeKinds = ['reply', 'mention', 'follow', 'decision'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
