import type { Instant } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { DiscussionSettings } from '../../contract/comments.ts';
import { COMMENT_CHANGED, DISCUSSION_CHANGED, NOUN_CHANGED } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { writeSetting } from '../../storage/settings.store.ts';
import { writeAudit } from '../audit/audit.ts';
import { commentById, updateComment } from './comments.store.ts';
import { SETTINGS } from './status.views.ts';
import { lockThread, moveCounts, updateThread } from './threads.store.ts';

type By = { readonly userId: string; readonly name: string };
type Change = { readonly by: By; readonly at: Instant };

/** What a moderator sets of one discussion; absent members stay as they are. */
export type DiscussionChange = {
  readonly articleId: string;
  /** `null` leaves opening and closing to the rules again. */
  readonly hand?: 'open' | 'closed' | null | undefined;
  readonly premoderated?: boolean | undefined;
  /** 0 for none. */
  readonly slowSeconds?: number | undefined;
};

/** Opens, closes or slows a discussion by hand. @throws Problem `not-found` */
export async function setDiscussion(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  change: DiscussionChange & Change,
): Promise<void> {
  const { articleId, hand, premoderated, slowSeconds, by, at } = change;
  const article = await tx.selectFrom('articles').select('id').where('id', '=', articleId).executeTakeFirst();
  if (article === undefined) throw new Problem('not-found', `There is no article ${articleId}.`);
  await lockThread(tx, articleId, { now: at });
  await updateThread(tx, articleId, {
    ...(hand === undefined ? {} : { hand }),
    ...(premoderated === undefined ? {} : { premoderated: premoderated ? 1 : 0 }),
    ...(slowSeconds === undefined ? {} : { slow_seconds: slowSeconds }),
    updated_at: at,
  });
  await writeAudit(tx, {
    by,
    action: 'discussion.set',
    object: { kind: 'article', id: articleId },
    details: {
      ...(hand === undefined ? {} : { hand }),
      ...(premoderated === undefined ? {} : { premoderated }),
      ...(slowSeconds === undefined ? {} : { slowSeconds }),
    },
  });
  await appendEvents(db, tx, [{ topic: DISCUSSION_CHANGED, payload: { articleId } }]);
}

/** Picks a visible comment for the top of its discussion, or no longer. @throws Problem `not-found`, `conflict` */
export async function featureComment(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  change: { readonly commentId: string; readonly on: boolean } & Change,
): Promise<void> {
  const found = await commentById(tx, change.commentId);
  if (found === undefined) throw new Problem('not-found', 'There is no such comment.');
  await lockThread(tx, found.article_id, { now: change.at });
  const row = (await commentById(tx, change.commentId)) ?? found;
  if (change.on && row.state !== 'visible')
    throw new Problem('conflict', 'Only a visible comment can be picked.');
  if ((row.featured_at !== null) === change.on) return;
  await updateComment(tx, row.id, { featured_at: change.on ? change.at : null });
  await moveCounts(tx, row.article_id, { featured: change.on ? 1 : -1 });
  await writeAudit(tx, {
    by: change.by,
    action: change.on ? 'comment.featured' : 'comment.unfeatured',
    object: { kind: 'comment', id: row.id },
    details: { articleId: row.article_id },
  });
  await appendEvents(db, tx, [
    {
      topic: COMMENT_CHANGED,
      payload: { articleId: row.article_id, commentId: row.id, state: row.state, was: row.state },
    },
  ]);
}

/** Sets the discussion of the whole site. Every page may change by it. */
export async function writeDiscussionSettings(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  change: { readonly settings: DiscussionSettings; readonly by: By },
): Promise<void> {
  await writeSetting(tx, SETTINGS, DiscussionSettings.parse(change.settings));
  await writeAudit(tx, {
    by: change.by,
    action: 'discussion.settings',
    object: { kind: 'site', id: 'discussion' },
    details: { ...change.settings },
  });
  await appendEvents(db, tx, [{ topic: NOUN_CHANGED, payload: { noun: 'site', id: 'site' } }]);
}
