import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { CommentDoc } from '../../contract/comment-doc.ts';
import type { SortOrder } from '../../contract/comments.ts';
import type { Reader } from '../../storage/db.ts';
import { endOf } from './comments.store.ts';
import { type CommentRecord, recordsById } from './records.views.ts';

export { discussionSettings, discussionStatus, type DiscussionStatus, statusOf } from './status.views.ts';
export { type CommentAuthor, type CommentRecord } from './records.views.ts';
export { commentCounts } from './counts.views.ts';

/** A place in the order of threads as it stands in an address: a path, or a score and a path. */
const CURSORS: Readonly<Record<SortOrder, RegExp>> = {
  newest: /^[0-9a-z]{14}$/,
  oldest: /^[0-9a-z]{14}$/,
  best: /^(\d{1,7})-([0-9a-z]{14})$/,
};

export function isThreadCursor(sort: SortOrder, text: string): boolean {
  return CURSORS[sort].test(text);
}

export type Thread = {
  readonly top: CommentRecord;
  readonly replies: readonly CommentRecord[];
  /** Visible answers in it. */
  readonly answers: number;
  /** Listed answers follow those that are here. */
  readonly more: boolean;
};

/**
 * One page of the threads of a discussion, each with its first answers: two walks along an index and one look-up of what they found, whatever
 * the size of the discussion.
 */
export async function threadsPage(
  db: Reader,
  articleId: string,
  page: { sort: SortOrder; after?: string | undefined; limit: number; replies: number },
): Promise<{ threads: Thread[]; next?: string }> {
  const tops = await topKeys(db, articleId, page);
  const kept = tops.slice(0, page.limit);
  const replies = await firstReplies(db, articleId, {
    paths: kept.filter((top) => top.descendants > 0).map((top) => top.path),
    limit: page.replies + 1,
  });
  const found = new Map(
    (await recordsById(db, [...kept.map((top) => top.id), ...replies.map((reply) => reply.id)])).map(
      (record) => [record.id, record],
    ),
  );
  const threads = kept.flatMap((top): Thread[] => {
    const record = found.get(top.id);
    if (record === undefined) return [];
    const own = replies.filter((reply) => reply.path.startsWith(top.path));
    return [
      {
        top: record,
        replies: own.slice(0, page.replies).flatMap((reply) => found.get(reply.id) ?? []),
        answers: record.descendants,
        more: own.length > page.replies,
      },
    ];
  });
  const last = kept.at(-1);
  return {
    threads,
    ...(tops.length > page.limit && last !== undefined
      ? { next: page.sort === 'best' ? `${last.score}-${last.path}` : last.path }
      : {}),
  };
}

type Key = { id: string; path: string; score: number; descendants: number };

async function topKeys(
  db: Reader,
  articleId: string,
  { sort, after, limit }: { sort: SortOrder; after?: string | undefined; limit: number },
): Promise<Key[]> {
  let query = db
    .selectFrom('comments')
    .select(['id', 'path', 'score', 'descendants'])
    .where('article_id', '=', articleId)
    .where('listed', '=', 1)
    .where('level', '=', 0);
  const at = after === undefined ? undefined : CURSORS[sort].exec(after);
  if (sort === 'best') {
    if (at != null)
      query = query.where((eb) =>
        eb(eb.refTuple('score', 'path'), '<', eb.tuple(Number(at[1]), at[2] ?? '')),
      );
    query = query.orderBy('score', 'desc').orderBy('path', 'desc');
  } else {
    if (at != null) query = query.where('path', sort === 'newest' ? '<' : '>', at[0]);
    query = query.orderBy('path', sort === 'newest' ? 'desc' : 'asc');
  }
  return query.limit(limit + 1).execute();
}

/** The first listed answers of several threads, in one statement of one walk each. */
async function firstReplies(
  db: Reader,
  articleId: string,
  { paths, limit }: { paths: readonly string[]; limit: number },
): Promise<{ id: string; path: string }[]> {
  const walk = (path: string) =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('comments')
          .select(['id', 'path'])
          .where('article_id', '=', articleId)
          .where('listed', '=', 1)
          .where('path', '>', path)
          .where('path', '<', endOf(path))
          .orderBy('path')
          .limit(limit)
          .as('walk'),
      )
      .select(['walk.id', 'walk.path']);
  const [first, ...others] = paths;
  if (first === undefined) return [];
  let query = walk(first);
  for (const path of others) query = query.unionAll(walk(path));
  return (await query.execute()).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** One page of the answers of a thread in their order, from `from` on (itself included) or after `after`. */
export async function repliesPage(
  db: Reader,
  thread: { articleId: string; path: string },
  page: { after?: string | undefined; from?: string | undefined; limit: number },
): Promise<{ replies: CommentRecord[]; next?: string; last?: string }> {
  const keys = await db
    .selectFrom('comments')
    .select(['id', 'path'])
    .where('article_id', '=', thread.articleId)
    .where('listed', '=', 1)
    .where('path', '>', page.after ?? thread.path)
    .where('path', '>=', page.from ?? thread.path)
    .where('path', '<', endOf(thread.path))
    .orderBy('path')
    .limit(page.limit + 1)
    .execute();
  const kept = keys.slice(0, page.limit);
  const last = kept.at(-1)?.path;
  return {
    replies: await recordsById(
      db,
      kept.map((key) => key.id),
    ),
    ...(keys.length > page.limit && last !== undefined ? { next: last } : {}),
    ...(last === undefined ? {} : { last }),
  };
}

/** Whether a text can be a place within a thread. */
export function isReplyCursor(text: string): boolean {
  return /^(?:[0-9a-z]{14}){1,8}$/.test(text);
}

/** A comment that stands on pages, with what it stands under, the top of the thread first. */
export async function listedComment(
  db: Reader,
  articleId: string,
  id: string,
): Promise<{ comment: CommentRecord; above: CommentRecord[] } | undefined> {
  const row = await db
    .selectFrom('comments')
    .select(['id', 'path'])
    .where('id', '=', id)
    .where('article_id', '=', articleId)
    .where('listed', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const paths = Array.from({ length: row.path.length / 14 - 1 }, (_, i) => row.path.slice(0, (i + 1) * 14));
  const above =
    paths.length === 0
      ? []
      : await db
          .selectFrom('comments')
          .select('id')
          .where('article_id', '=', articleId)
          .where('path', 'in', paths)
          .orderBy('path')
          .execute();
  const found = await recordsById(db, [...above.map((other) => other.id), row.id]);
  const comment = found.at(-1);
  return comment === undefined ? undefined : { comment, above: found.slice(0, -1) };
}

/** What the newsroom has picked, newest pick first. */
export async function featuredComments(db: Reader, articleId: string, limit = 3): Promise<CommentRecord[]> {
  const keys = await db
    .selectFrom('comments')
    .select('id')
    .where('article_id', '=', articleId)
    .where('featured_at', 'is not', null)
    .orderBy('featured_at', 'desc')
    .limit(limit)
    .execute();
  return recordsById(
    db,
    keys.map((key) => key.id),
  );
}

/** What a visible comment said before each edit, newest first. */
export async function editsOf(db: Reader, commentId: string): Promise<{ at: Instant; body: CommentDoc }[]> {
  const rows = await db
    .selectFrom('comment_edits')
    .select(['body', 'edited_at'])
    .where('comment_id', '=', commentId)
    .orderBy('edit_number', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({ at: row.edited_at, body: fromJson<CommentDoc>(row.body as string) }));
}

/** The newest visible comments of an article, whatever they answer: for its feed. */
export async function newestComments(db: Reader, articleId: string, limit: number): Promise<CommentRecord[]> {
  const keys = await db
    .selectFrom('comments')
    .select('id')
    .where('article_id', '=', articleId)
    .where('state', '=', 'visible')
    .orderBy('comment_number', 'desc')
    .limit(limit)
    .execute();
  return recordsById(
    db,
    keys.map((key) => key.id),
  );
}
