import type { Instant } from '../../base/clock.ts';
import type { Draft } from '../discussion/discussion.ts';

/** What is known of a text that is being reviewed or written. */
export type UnderWay = {
  readonly authorKey: string;
  readonly articleId: string;
  readonly sameness: string;
  readonly signature: readonly number[];
  readonly at: Instant;
  readonly isNew: boolean;
};

/** The texts between their review and their commit, in this process. */
export type Way = {
  /** Notes a draft, and gives the others that were noted before it; a retry of the same request or of the same edit is no other. */
  enter(draft: Draft, text: UnderWay): readonly UnderWay[];
  leave(draft: Draft): void;
};

const MOST = 2000;

/**
 * Of a flood, hundreds of copies arrive before the first of them is in the database: each is compared with those that came before it, too.
 * Never more than `MOST` are kept.
 */
export function makeWay(): Way {
  const noted = new Map<Draft, UnderWay>();
  return {
    enter: (draft, text) => {
      const before: UnderWay[] = [];
      for (const [other, known] of noted) if (!isAgain(draft, other)) before.push(known);
      noted.set(draft, text);
      if (noted.size > MOST) {
        const [oldest] = noted.keys();
        if (oldest !== undefined) noted.delete(oldest);
      }
      return before;
    },
    leave: (draft) => {
      noted.delete(draft);
    },
  };
}

function isAgain(one: Draft, other: Draft): boolean {
  return (
    (one.key !== undefined && one.key === other.key) || (one.edits !== undefined && one.edits === other.edits)
  );
}
