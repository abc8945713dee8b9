import type { Instant } from '../../base/clock.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { type CommentDoc, commentMentions } from '../../contract/comment-doc.ts';
import type { CommentState, Verdict } from '../../contract/comments.ts';
import { COMMENT_CHANGED } from '../../contract/events.ts';
import type { Reader } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { commentById, type CommentRow, insertEdit, putMentions, updateComment } from './comments.store.ts';
import { readComment } from './markup.ts';
import { type DiscussionRoom, excerptOf } from './post.ts';
import { type Draft, reviewed, type Writer } from './review.ts';
import { changeState } from './state.ts';
import { discussionSettings, discussionStatus } from './status.views.ts';
import { peopleNamed } from './submit.ts';
import { lockThread } from './threads.store.ts';

/** What a person may know of a comment of their own, whatever became of it. */
export type OwnComment = {
  readonly id: string;
  readonly articleId: string;
  readonly source: string;
  readonly body: CommentDoc;
  readonly state: CommentState;
  readonly verdict: Verdict | undefined;
  readonly at: Instant;
  /** Until when it can be edited. */
  readonly editableUntil: Instant;
};

/** @throws Problem `not-found`, `forbidden` */
export async function ownComment(db: Reader, id: string, userId: string): Promise<OwnComment> {
  const row = await ownRow(db, id, userId);
  const settings = await discussionSettings(db);
  return {
    id: row.id,
    articleId: row.article_id,
    source: row.source,
    body: fromJson<CommentDoc>(row.body as string),
    state: row.state,
    verdict: row.verdict === null ? undefined : fromJson<Verdict>(row.verdict as string),
    at: row.created_at,
    editableUntil: new Date(Date.parse(row.created_at) + settings.editSeconds * 1000).toISOString(),
  };
}

async function ownRow(db: Reader, id: string, userId: string): Promise<CommentRow> {
  const row = await commentById(db, id);
  if (row === undefined) throw new Problem('not-found', 'There is no such comment.');
  if (row.user_id !== userId)
    throw new Problem('forbidden', 'This comment is not yours.', 'Only its author can do this.');
  return row;
}

export type Edited = { readonly state: CommentState; readonly verdict?: Verdict };

/**
 * Changes what a comment says, within the minutes that the site gives for it; what it said before is kept. The new words are reviewed as new
 * ones are, so that nobody edits past a rule: they may send a visible comment back to wait.
 * @throws Problem `not-found`, `forbidden`, `conflict` (too late, not visible any more), `invalid`, `too-large`
 */
export async function editComment(
  house: DiscussionRoom,
  edit: {
    readonly id: string;
    readonly writer: Extract<Writer, { kind: 'account' }>;
    readonly text: string;
    readonly addressKey?: string | undefined;
  },
): Promise<Edited> {
  const { db, clock } = house;
  const { writer } = edit;
  const own = await ownComment(db.read, edit.id, writer.userId);
  const at = clock.now();
  checkEditable(own, at);
  const status = await discussionStatus(db.read, own.articleId, at);
  if (status === undefined || !status.shown)
    throw new Problem('not-found', 'There is no discussion under this article.');
  const { source, body } = readComment(edit.text, await peopleNamed(db.read, own.articleId, edit.text));
  if (source === own.source) return { state: own.state };
  const draft: Draft = {
    articleId: own.articleId,
    writer,
    source,
    body,
    language: status.language,
    edits: own.id,
    at,
    ...(edit.addressKey === undefined ? {} : { addressKey: edit.addressKey }),
  };
  return reviewed(db, { moderator: house.moderator, draft }, async (verdict) => {
    if (verdict.action === 'reject')
      throw new Problem(
        'invalid',
        'The changed comment was not accepted.',
        verdict.message ?? 'See the community standards.',
        { fields: { '/text': verdict.rule } },
      );
    return db.write(async (tx) => {
      await lockThread(tx, own.articleId, { now: at });
      const row = await ownRow(tx, own.id, writer.userId);
      if (row.state !== own.state)
        throw new Problem('conflict', 'A decision about this comment was made meanwhile.');
      await insertEdit(tx, {
        comment_id: row.id,
        edit_number: row.edit_count + 1,
        body: row.body,
        source: row.source,
        edited_at: row.edited_at ?? row.created_at,
        edited_by: writer.userId,
      });
      await updateComment(tx, row.id, {
        body: toJson(body),
        source,
        excerpt: excerptOf(body),
        edit_count: row.edit_count + 1,
        edited_at: at,
        updated_at: at,
      });
      await putMentions(tx, row.id, commentMentions(body));
      await house.moderator.decided(tx, { commentId: row.id, draft, verdict });
      if (verdict.action === 'hold' && row.state === 'visible') {
        await changeState(tx, db, { commentId: row.id, to: 'held', verdict, at });
        return { state: 'held', verdict };
      }
      await appendEvents(db, tx, [
        {
          topic: COMMENT_CHANGED,
          payload: { articleId: row.article_id, commentId: row.id, state: row.state, was: row.state },
        },
      ]);
      return { state: row.state };
    });
  });
}

/** @throws Problem `conflict` when it is too late, or the comment is not one that can be edited */
export function checkEditable(own: OwnComment, at: Instant): void {
  if (own.state !== 'visible' && own.state !== 'held')
    throw new Problem('conflict', 'This comment can no longer be edited.');
  if (own.editableUntil <= at)
    throw new Problem(
      'conflict',
      'The time to edit this comment is over.',
      'You can delete it, or add an answer to it.',
    );
}

/** Takes a comment back. Answers to it stay, under a gap. @throws Problem `not-found`, `forbidden` */
export async function deleteOwnComment(
  house: DiscussionRoom,
  { id, userId }: { readonly id: string; readonly userId: string },
): Promise<void> {
  const { db, clock } = house;
  await db.write(async (tx) => {
    await ownRow(tx, id, userId);
    await changeState(tx, db, { commentId: id, to: 'deleted', at: clock.now() });
  });
}
