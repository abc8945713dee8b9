import { createHash } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { truncate } from '../../base/text.ts';
import { type CommentDoc, commentMentions, commentText } from '../../contract/comment-doc.ts';
import type { CommentState, Verdict } from '../../contract/comments.ts';
import { COMMENT_HELD, COMMENT_PUBLISHED } from '../../contract/events.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import {
  commentById,
  type CommentRow,
  insertComment,
  moveDescendants,
  movePerson,
  type NewCommentRow,
  pathStep,
  putMentions,
} from './comments.store.ts';
import { foldName } from './names.ts';
import type { Draft, Moderator, Writer } from './review.ts';
import { UNJUDGED } from './score.ts';
import { discussionStatus, type DiscussionStatus } from './status.views.ts';
import { lockThread, moveCounts } from './threads.store.ts';

/** What writing of comments needs of the house. */
export type DiscussionRoom = { readonly db: Db; readonly clock: Clock; readonly moderator: Moderator };

export type Posted = {
  readonly id: string;
  readonly state: CommentState;
  /** Why it is not visible; what the commenter is told. */
  readonly verdict?: Verdict;
  /** The same comment had been posted before, under the same key. */
  readonly repeated: boolean;
};

/** The first words of a comment, without what it quotes. */
export function excerptOf(body: CommentDoc): string {
  return truncate(commentText(body, { own: true }) || commentText(body), 200);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The name under which a retry is known: who writes, where, and the key that the request bore; then, behind a colon, what the request said. A
 * retry says the same; what says something else under the same key is none.
 */
export function postKey(
  writer: Writer,
  articleId: string,
  request: { readonly key: string; readonly text: string; readonly parentId?: string | undefined },
): string {
  const who = writer.kind === 'account' ? writer.userId : `guest ${writer.email.trim().toLowerCase()}`;
  return `${digest(`${who}\n${articleId}\n${request.key}`)}:${digest(`${request.parentId ?? ''}\n${request.text}`)}`;
}

const stateOf = { publish: 'visible', hold: 'held', reject: 'rejected' } as const;

/**
 * Puts a reviewed comment into its discussion: number, place, counts, mentions and events, all in this transaction. The same author and key
 * give the comment that is there already.
 * @throws Problem `not-found`, `conflict` (closed, or the answered comment is gone)
 */
export async function postComment(
  tx: Tx,
  house: { readonly db: Pick<Db, 'dialect'>; readonly moderator: Pick<Moderator, 'decided'> },
  { draft, verdict }: { readonly draft: Draft; readonly verdict: Verdict },
): Promise<Posted> {
  const { articleId, writer, key, at } = draft;
  const status = await openDiscussion(tx, articleId, at);
  const thread = await lockThread(tx, articleId, { now: at, take: 1 });
  if (key !== undefined) {
    const before = await postedBefore(tx, key);
    if (before !== undefined) return before;
  }
  const parent = draft.parentId === undefined ? undefined : await answered(tx, articleId, draft.parentId);
  const held = verdict.action === 'publish' && status.premoderated && !isStaff(writer);
  const decision: Verdict = held
    ? { action: 'hold', phase: 'premoderation', rule: 'every comment here is read first', matched: [] }
    : verdict;
  const state = stateOf[decision.action];
  const row: NewCommentRow = {
    ...placeOf(parent, { at, number: thread.comment_seq, depth: status.settings.depth }),
    article_id: articleId,
    comment_number: thread.comment_seq,
    ...authorOf(writer),
    mark: await markOf(tx, articleId, writer),
    origin: null,
    external_id: null,
    post_key: key ?? null,
    body: toJson(draft.body),
    source: draft.source,
    language: draft.language,
    excerpt: excerptOf(draft.body),
    state,
    verdict: state === 'visible' ? null : toJson(decision),
    listed: state === 'visible' ? 1 : 0,
    featured_at: null,
    score: UNJUDGED,
    edited_at: null,
    created_at: at,
    updated_at: at,
  };
  await insertComment(tx, row);
  await putMentions(tx, row.id, commentMentions(draft.body));
  await moveCounts(tx, articleId, { [state]: 1, ...(state === 'visible' ? { lastCommentAt: at } : {}) });
  if (state === 'visible') await cameToBeSeen(tx, row, { at });
  await house.moderator.decided(tx, { commentId: row.id, draft, verdict: decision });
  const ids = { articleId, commentId: row.id };
  if (state === 'visible')
    await appendEvents(house.db, tx, [{ topic: COMMENT_PUBLISHED, payload: { ...ids, ...relatives(row) } }]);
  else if (state === 'held') await appendEvents(house.db, tx, [{ topic: COMMENT_HELD, payload: ids }]);
  return { id: row.id, state, ...(state === 'visible' ? {} : { verdict: decision }), repeated: false };
}

/** What an event says of where a comment stands. */
export function relatives(row: Pick<NewCommentRow, 'root_id' | 'parent_id'>): {
  rootId: string;
  parentId?: string;
} {
  return { rootId: row.root_id, ...(row.parent_id == null ? {} : { parentId: row.parent_id }) };
}

/** The tables beside a comment that show it: those above it, and the people of the discussion. */
export async function cameToBeSeen(
  tx: Tx,
  row: Pick<NewCommentRow, 'article_id' | 'path' | 'user_id' | 'author_name'>,
  { at, by = 1 }: { at: Instant; by?: 1 | -1 },
): Promise<void> {
  await moveDescendants(tx, row, by);
  if (row.user_id != null)
    await movePerson(tx, {
      articleId: row.article_id,
      userId: row.user_id,
      name: row.author_name,
      nameKey: foldName(row.author_name),
      at,
      by,
    });
}

/** The comment that a key was given to. @throws Problem `conflict` when that said something else */
export async function postedBefore(db: Reader, key: string): Promise<Posted | undefined> {
  const [name = '', said] = key.split(':');
  const row = await db
    .selectFrom('comments')
    .select(['id', 'state', 'verdict', 'post_key'])
    .where('post_key', '>=', name)
    // The character behind the colon.
    .where('post_key', '<', `${name};`)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  // One of before keys had what was said behind them is believed.
  const before = row.post_key?.split(':')[1];
  if (before !== undefined && before !== said)
    throw new Problem(
      'conflict',
      'This key was used for another comment.',
      'Send a comment of its own with a key of its own.',
    );
  return {
    id: row.id,
    state: row.state,
    ...(row.verdict === null ? {} : { verdict: JSON.parse(row.verdict) as Verdict }),
    repeated: true,
  };
}

/** @throws Problem `not-found`, `conflict` with the reason in words */
export async function openDiscussion(db: Reader, articleId: string, at: Instant): Promise<DiscussionStatus> {
  const status = await discussionStatus(db, articleId, at);
  if (status === undefined || !status.shown)
    throw new Problem('not-found', 'There is no discussion under this article.');
  if (status.closed !== undefined)
    throw new Problem('conflict', 'This discussion is closed.', 'Comments that are there can still be read.');
  return status;
}

async function answered(tx: Tx, articleId: string, parentId: string): Promise<CommentRow> {
  const parent = await commentById(tx, parentId);
  if (parent === undefined || parent.article_id !== articleId)
    throw new Problem('not-found', 'The comment that this answers is not there.');
  if (parent.state !== 'visible')
    throw new Problem(
      'conflict',
      'The comment that this answers is not shown any more.',
      'Post yours as a comment of its own.',
    );
  return parent;
}

/** Where a comment stands: under the one it answers, or beside it where answers have reached the set depth. */
export function placeOf(
  parent: Pick<CommentRow, 'id' | 'root_id' | 'anchor_id' | 'depth' | 'level' | 'path'> | undefined,
  { at, number, depth, id = newId() }: { at: Instant; number: number; depth: number; id?: string },
): Pick<NewCommentRow, 'id' | 'parent_id' | 'root_id' | 'anchor_id' | 'depth' | 'level' | 'path'> {
  const step = pathStep(at, number);
  if (parent === undefined)
    return { id, parent_id: null, root_id: id, anchor_id: null, depth: 0, level: 0, path: step };
  // A depth of none still has answers: they stand flat under the first of their thread.
  const flat = parent.level >= Math.max(1, depth);
  return {
    id,
    parent_id: parent.id,
    root_id: parent.root_id,
    anchor_id: flat ? parent.anchor_id : parent.id,
    depth: parent.depth + 1,
    level: flat ? parent.level : parent.level + 1,
    path: (flat ? parent.path.slice(0, -step.length) : parent.path) + step,
  };
}

function authorOf(
  writer: Writer,
): Pick<NewCommentRow, 'user_id' | 'author_name' | 'guest_email' | 'author_url'> {
  return writer.kind === 'account'
    ? { user_id: writer.userId, author_name: writer.name, guest_email: null, author_url: null }
    : {
        user_id: null,
        author_name: writer.name,
        guest_email: writer.email.trim().toLowerCase(),
        author_url: null,
      };
}

function isStaff(writer: Writer): boolean {
  return writer.kind === 'account' && writer.role !== 'reader';
}

/** `author` on those who wrote the article, `staff` on everybody else of the house. */
async function markOf(tx: Tx, articleId: string, writer: Writer): Promise<'author' | 'staff' | null> {
  if (writer.kind === 'guest') return null;
  const wrote = await tx
    .selectFrom('author_articles')
    .innerJoin('authors', 'authors.id', 'author_articles.author_id')
    .select('authors.id')
    .where('authors.user_id', '=', writer.userId)
    .where('author_articles.article_id', '=', articleId)
    .executeTakeFirst();
  return wrote !== undefined ? 'author' : isStaff(writer) ? 'staff' : null;
}
