import type { Instant } from '../../base/clock.ts';

/** What has changed of a story since the version that a reader has before them. */
export type ArticleChanges = {
  version: number;
  at: Instant;
  path: string;
  reason: 'update' | 'correction' | 'clarification';
  /** What readers are told of it; may be empty. */
  note: string;
  /** It is withdrawn: nothing of its text is told any more. */
  gone?: 'kill' | 'takedown';
  changes: readonly {
    field: 'headline' | 'lede' | 'body';
    /** The text that it was; empty for a paragraph that is new. */
    before: string;
    /** Of a new paragraph: the text of the one before it, as the reader has it. */
    after?: string;
    parts: readonly { op: 'same' | 'insert' | 'delete'; text: string }[];
  }[];
};
