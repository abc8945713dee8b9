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

/** What a draft is compared with besides the database, and what of the database it is not compared with. */
export type Company = {
  /** Those that came before it and are still on the way. */
  readonly before: readonly UnderWay[];
  /** Comments of those that came after it and were written first; more come in while it is on the way. */
  readonly overtakers: ReadonlySet<string>;
};

/** The texts between their review and their commit, in this process. */
export type Way = {
  /** Notes a draft, and gives its company; a retry of the same request or of the same edit is no other. */
  enter(draft: Draft, text: UnderWay): Company;
  /** Says that a draft is about to be in the database under an id. */
  written(draft: Draft, commentId: string): void;
  leave(draft: Draft): void;
};

/** A draft is compared with no more of those before it: the latest. */
const MOST = 2000;

/**
 * Of a flood, hundreds of copies arrive before the first of them is in the database: each is compared with those that came before it, too.
 * Order is that of coming in: what came later and was written sooner does not speak against what it overtook, or each of the
 * two would be held for the other.
 */
export function makeWay(): Way {
  const noted = new Map<Draft, { readonly text: UnderWay; readonly overtakers: Set<string> }>();
  return {
    enter: (draft, text) => {
      const before = [...noted]
        .slice(-MOST)
        .flatMap(([other, known]) => (isAgain(draft, other) ? [] : [known.text]));
      const overtakers = new Set<string>();
      noted.set(draft, { text, overtakers });
      return { before, overtakers };
    },
    written: (draft, commentId) => {
      let isLater = false;
      for (const [other, { overtakers }] of noted) {
        if (!isLater || isAgain(draft, other)) overtakers.add(commentId);
        if (other === draft) isLater = true;
      }
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
