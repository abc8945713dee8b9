import type { Instant } from '../../base/clock.ts';
import { fromJson, toJson } from '../../base/json.ts';
import type { CommentDoc } from '../../contract/comment-doc.ts';
import { type CommentState, DEEPEST_LEVEL, MAX_COMMENT, type Verdict } from '../../contract/comments.ts';
import { DISCUSSION_CHANGED } from '../../contract/events.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import {
  type CommentRow,
  deleteEdits,
  insertComments,
  moveDescendants,
  type NewCommentRow,
  updateComment,
} from './comments.store.ts';
import { linkAddresses } from './markup.inline.ts';
import { tidySource } from './markup.ts';
import { excerptOf, placeOf } from './post.ts';
import { UNJUDGED } from './score.ts';
import { changeState } from './state.ts';
import { discussionSettings } from './status.views.ts';
import { lockThread, moveCounts } from './threads.store.ts';

/** A comment as it comes from another house. */
export type ImportedComment = {
  readonly origin: string;
  readonly externalId: string;
  readonly articleId: string;
  readonly parentExternalId?: string | undefined;
  readonly author: {
    readonly name: string;
    readonly email?: string | undefined;
    readonly url?: string | undefined;
  };
  readonly writtenAt: Instant;
  readonly paragraphs: readonly string[];
  readonly state: 'visible' | 'held' | 'removed' | 'deleted';
  /** Its house had picked it for the top. */
  readonly featured?: boolean;
  readonly votes?: { readonly up: number; readonly down: number } | undefined;
};

const IMPORT = 'import';
const EMPTY: CommentDoc = { type: 'comment', content: [] };

type Placed = Pick<CommentRow, 'id' | 'root_id' | 'anchor_id' | 'depth' | 'level' | 'path'>;

/**
 * Puts comments of another house into the discussions of their articles: with their author's name, their time and their state, under the
 * comment that they answered where that came too. Comments that are here already, by origin and external id, get the words that the other
 * house has now, unless somebody of this one has decided about them, and stay under the article they are under; what was taken back there
 * meanwhile is taken back here, what waited there and was let through is let through. Their votes cannot be counted again and order nothing.
 * Returns our ids by external id.
 */
export async function placeImported(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  { comments, now }: { readonly comments: readonly ImportedComment[]; readonly now: Instant },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const byArticle = Map.groupBy(comments, (comment) => comment.articleId);
  const known = await knownRows(tx, comments);
  for (const articleId of [...byArticle.keys()].sort()) {
    const own = byArticle.get(articleId) ?? [];
    const fresh: ImportedComment[] = [];
    for (const comment of own) {
      const row = known.get(comment.externalId);
      if (row === undefined) fresh.push(comment);
      else {
        ids.set(comment.externalId, row.id);
        await bringUp(tx, db, { row, comment, now });
      }
    }
    if (fresh.length > 0) await placeFresh(tx, { articleId, fresh, known, now, ids });
  }
  await appendEvents(
    db,
    tx,
    [...byArticle.keys()].sort().map((articleId) => ({ topic: DISCUSSION_CHANGED, payload: { articleId } })),
  );
  return ids;
}

async function placeFresh(
  tx: Tx,
  {
    articleId,
    fresh,
    known,
    now,
    ids,
  }: {
    articleId: string;
    fresh: readonly ImportedComment[];
    known: ReadonlyMap<string, CommentRow>;
    now: Instant;
    ids: Map<string, string>;
  },
): Promise<void> {
  const thread = await lockThread(tx, articleId, { now, take: fresh.length });
  let number = thread.comment_seq - fresh.length;
  const { depth } = await discussionSettings(tx);
  // What an address led to may have changed since: an answer stands under no comment of another article.
  const placed = new Map<string, Placed>([...known].filter(([, row]) => row.article_id === articleId));
  const rows: NewCommentRow[] = [];
  const counts: Partial<Record<CommentState | 'featured', number>> = {};
  let lastCommentAt: Instant | undefined;
  for (const comment of parentsFirst(fresh)) {
    number += 1;
    const parent = comment.parentExternalId === undefined ? undefined : placed.get(comment.parentExternalId);
    const place = placeOf(parent, { at: comment.writtenAt, number, depth: Math.min(depth, DEEPEST_LEVEL) });
    // `placeOf` gives every member.
    placed.set(comment.externalId, place as Placed);
    ids.set(comment.externalId, place.id);
    rows.push(rowOf(comment, { articleId, number, place }));
    counts[comment.state] = (counts[comment.state] ?? 0) + 1;
    if (rows.at(-1)?.featured_at != null) counts.featured = (counts.featured ?? 0) + 1;
    if (comment.state === 'visible' && (lastCommentAt === undefined || comment.writtenAt > lastCommentAt))
      lastCommentAt = comment.writtenAt;
  }
  await insertComments(tx, rows);
  for (const row of rows) if (row.state === 'visible') await moveDescendants(tx, row, 1);
  await moveCounts(tx, articleId, { ...counts, ...(lastCommentAt === undefined ? {} : { lastCommentAt }) });
}

function rowOf(
  comment: ImportedComment,
  at: { articleId: string; number: number; place: ReturnType<typeof placeOf> },
): NewCommentRow {
  const { state } = comment;
  const gone = state === 'deleted' || state === 'removed';
  const body: CommentDoc = {
    type: 'comment',
    content: comment.paragraphs
      .map((text) =>
        tidySource(text)
          .slice(0, MAX_COMMENT * 2)
          .toWellFormed(),
      )
      .filter((text) => text.trim() !== '')
      .map((text) => ({ type: 'paragraph', content: linkAddresses(text) })),
  };
  return {
    ...at.place,
    article_id: at.articleId,
    comment_number: at.number,
    user_id: null,
    author_name: state === 'deleted' ? '' : tidySource(comment.author.name).slice(0, 200),
    guest_email: state === 'deleted' ? null : (comment.author.email?.toLowerCase() ?? null),
    author_url: state === 'deleted' ? null : (comment.author.url ?? null),
    mark: null,
    origin: comment.origin,
    external_id: comment.externalId,
    post_key: null,
    body: toJson(state === 'deleted' ? EMPTY : body),
    source: state === 'deleted' ? '' : comment.paragraphs.join('\n\n'),
    language: null,
    excerpt: state === 'deleted' ? '' : excerptOf(body),
    state,
    verdict:
      state === 'visible' || gone
        ? null
        : toJson({ action: 'hold', phase: IMPORT, rule: 'it waited in the former house', matched: [] }),
    listed: state === 'visible' ? 1 : 0,
    featured_at: state === 'visible' && comment.featured === true ? comment.writtenAt : null,
    score: UNJUDGED,
    edited_at: null,
    created_at: comment.writtenAt,
    updated_at: comment.writtenAt,
  };
}

/** What is answered comes before its answers, whatever the order of the file; no recursion. */
function parentsFirst(comments: readonly ImportedComment[]): ImportedComment[] {
  const byId = new Map(comments.map((comment) => [comment.externalId, comment]));
  const done = new Set<string>();
  const out: ImportedComment[] = [];
  for (const comment of comments.toSorted((a, b) =>
    a.writtenAt < b.writtenAt ? -1 : a.writtenAt > b.writtenAt ? 1 : 0,
  )) {
    const way: ImportedComment[] = [];
    const seen = new Set<string>();
    for (
      let next: ImportedComment | undefined = comment;
      next !== undefined && !done.has(next.externalId) && !seen.has(next.externalId);
      next = next.parentExternalId === undefined ? undefined : byId.get(next.parentExternalId)
    ) {
      seen.add(next.externalId);
      way.push(next);
    }
    for (const step of way.reverse()) {
      done.add(step.externalId);
      out.push(step);
    }
  }
  return out;
}

async function knownRows(db: Reader, comments: readonly ImportedComment[]): Promise<Map<string, CommentRow>> {
  const found = new Map<string, CommentRow>();
  const ids = [
    ...new Set(
      comments.flatMap(({ externalId, parentExternalId }) =>
        parentExternalId === undefined ? [externalId] : [externalId, parentExternalId],
      ),
    ),
  ];
  const origin = comments[0]?.origin ?? '';
  for (let start = 0; start < ids.length; start += 500) {
    const rows = await db
      .selectFrom('comments')
      .selectAll()
      .where('origin', '=', origin)
      .where('external_id', 'in', ids.slice(start, start + 500))
      .execute();
    for (const row of rows) found.set(row.external_id ?? '', row);
  }
  return found;
}

async function bringUp(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  {
    row,
    comment,
    now,
  }: { readonly row: CommentRow; readonly comment: ImportedComment; readonly now: Instant },
): Promise<void> {
  const next = rowOf(comment, {
    articleId: row.article_id,
    number: row.comment_number,
    place: row,
  });
  if (row.state === 'deleted') return;
  if (comment.state === 'deleted') {
    // Who took it back there wants it back here, whatever was decided about it.
    await changeState(tx, db, { commentId: row.id, to: 'deleted', verdict: null, at: now });
    await deleteEdits(tx, row.id);
    const { body, source, excerpt, author_name, guest_email, author_url } = next;
    await updateComment(tx, row.id, { body, source, excerpt, author_name, guest_email, author_url });
    return;
  }
  if (row.state === 'held' && comment.state === 'visible' && waitsSinceThere(row))
    await changeState(tx, db, { commentId: row.id, to: 'visible', told: true, at: now });
  else if (row.state !== comment.state) return;
  if (row.edit_count > 0) return;
  if (row.body === next.body && row.author_name === next.author_name) return;
  await updateComment(tx, row.id, {
    body: next.body,
    source: next.source,
    excerpt: next.excerpt,
    author_name: next.author_name,
  });
}

/** Whether it was held by the former house alone. */
function waitsSinceThere(row: CommentRow): boolean {
  return row.verdict !== null && fromJson<Verdict>(row.verdict as string).phase === IMPORT;
}
