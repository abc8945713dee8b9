import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { CommentDoc } from '../../contract/comment-doc.ts';
import type { CommentState, Verdict } from '../../contract/comments.ts';
import type { Reader } from '../../storage/db.ts';

export type WaitingComment = {
  readonly id: string;
  readonly parent: string | null;
  readonly state: 'held' | 'rejected';
  readonly body: CommentDoc;
  readonly at: Instant;
  readonly verdict: {
    phase: string;
    rule: string;
    matched: string[];
    standard?: string;
    message?: string;
  } | null;
};

/** A person's newest comments under an article that are not visible: they alone are shown them. */
export async function heldOf(db: Reader, userId: string, articleId: string): Promise<WaitingComment[]> {
  const rows = await db
    .selectFrom('comments')
    .select(['id', 'parent_id', 'state', 'body', 'created_at', 'verdict', 'article_id'])
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.flatMap((row) =>
    row.article_id === articleId && (row.state === 'held' || row.state === 'rejected')
      ? [
          {
            id: row.id,
            parent: row.parent_id,
            state: row.state,
            body: fromJson<CommentDoc>(row.body as string),
            at: row.created_at,
            verdict: row.verdict === null ? null : said(fromJson<Verdict>(row.verdict as string)),
          },
        ]
      : [],
  );
}

function said({ phase, rule, matched, standard, message }: Verdict): NonNullable<WaitingComment['verdict']> {
  return {
    phase,
    rule,
    matched: [...matched],
    ...(standard === undefined ? {} : { standard }),
    ...(message === undefined ? {} : { message }),
  };
}

/** Everything that somebody wrote, for the copy of their data that they may ask for, in batches. */
export async function* commentsOfPerson(
  db: Reader,
  userId: string,
): AsyncGenerator<
  {
    id: string;
    article: string;
    parent: string | null;
    text: string;
    state: CommentState;
    writtenAt: Instant;
    editedAt: Instant | null;
  }[]
> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('comments')
      .select(['id', 'article_id', 'parent_id', 'source', 'state', 'created_at', 'edited_at'])
      .where('user_id', '=', userId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(500)
      .execute();
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      id: row.id,
      article: row.article_id,
      parent: row.parent_id,
      text: row.source,
      state: row.state,
      writtenAt: row.created_at,
      editedAt: row.edited_at,
    }));
    after = rows.at(-1)?.id ?? after;
  }
}
