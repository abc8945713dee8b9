import type { Instant } from '../../base/clock.ts';
import type { CommentDoc } from '../../contract/comment-doc.ts';
import type { Verdict } from '../../contract/comments.ts';
import type { Role } from '../../contract/permissions.ts';
import type { Db, Tx } from '../../storage/db.ts';

/** Who writes: an account, or a guest by name and address. */
export type Writer =
  | { readonly kind: 'account'; readonly userId: string; readonly name: string; readonly role: Role }
  | { readonly kind: 'guest'; readonly name: string; readonly email: string };

/** A comment before it is one. */
export type Draft = {
  readonly articleId: string;
  readonly parentId?: string | undefined;
  readonly writer: Writer;
  /** As typed, tidied. */
  readonly source: string;
  readonly body: CommentDoc;
  /** The article's, unless the writer said another. */
  readonly language: string;
  /** The comment that is edited, where it is an edit. */
  readonly edits?: string | undefined;
  /** What limits count as one caller; never stored as it is. */
  readonly addressKey?: string | undefined;
  /** Of the request, made sure to be of this writer and article: a retry bears the same. */
  readonly key?: string | undefined;
  readonly at: Instant;
};

/**
 * What stands between writing and publishing. `review` runs outside any transaction, for it may ask an external service; a person who may
 * not write at all (a ban, slow mode) is refused by a Problem. `decided` keeps the decision in the transaction of the comment.
 */
export type Moderator = {
  review(db: Db, draft: Draft): Promise<Verdict>;
  decided(
    tx: Tx,
    decision: { readonly commentId: string; readonly draft: Draft; readonly verdict: Verdict },
  ): Promise<void>;
  /** The draft's way is over: it is committed, or will never be. */
  ended?(draft: Draft): void;
};

/** Has a draft reviewed, and does with it what the verdict says. */
export async function reviewed<T>(
  db: Db,
  { moderator, draft }: { readonly moderator: Moderator; readonly draft: Draft },
  work: (verdict: Verdict) => Promise<T>,
): Promise<T> {
  try {
    return await work(await moderator.review(db, draft));
  } finally {
    moderator.ended?.(draft);
  }
}

/** A house without rules: guests wait for a person, everybody else is published. */
export const noRules: Moderator = {
  review: async (_db, { writer }) =>
    writer.kind === 'guest'
      ? { action: 'hold', phase: 'guest', rule: 'guests are held', matched: [] }
      : { action: 'publish', phase: 'none', rule: 'no rule', matched: [] },
  decided: async () => undefined,
};
