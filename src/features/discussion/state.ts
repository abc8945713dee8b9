import type { Instant } from '../../base/clock.ts';
import { toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { CommentState, Verdict } from '../../contract/comments.ts';
import { COMMENT_CHANGED, COMMENT_HELD, COMMENT_PUBLISHED } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents, type NewEvent } from '../../storage/outbox.ts';
import { commentById, type CommentRow, updateComment } from './comments.store.ts';
import { cameToBeSeen, relatives } from './post.ts';
import { lockThread, moveCounts } from './threads.store.ts';

export type StateChange = {
  readonly commentId: string;
  readonly to: CommentState;
  /** The decision that holds now; null where nobody has to be told one. */
  readonly verdict?: Verdict | null;
  /** Whoever changes it writes to its author about that. */
  readonly told?: true;
  readonly at: Instant;
};

/** What may follow what. What its author took back stays so. */
const MAY: Readonly<Record<CommentState, readonly CommentState[]>> = {
  visible: ['held', 'rejected', 'removed', 'deleted'],
  held: ['visible', 'rejected', 'removed', 'deleted'],
  rejected: ['visible', 'held', 'deleted'],
  removed: ['visible', 'held', 'rejected', 'deleted'],
  deleted: [],
};

/**
 * Gives comments another state; the counts of their discussions, the comments above them, and the events move with them in this
 * transaction. A comment that has the state already is passed over. The ids of those that changed.
 * @throws Problem `not-found`, `conflict` where the one state may not follow the other
 */
export async function changeStates(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  changes: readonly StateChange[],
): Promise<string[]> {
  const found = new Map<string, CommentRow>();
  for (const { commentId } of changes) {
    const row = await commentById(tx, commentId);
    if (row === undefined) throw new Problem('not-found', `There is no comment ${commentId}.`);
    found.set(commentId, row);
  }
  const now = changes[0]?.at ?? '';
  // Always in the same order, so that two that move the same discussions do not wait for each other.
  for (const article of [...new Set([...found.values()].map((row) => row.article_id))].sort())
    await lockThread(tx, article, { now });
  const events: NewEvent[] = [];
  const moved: string[] = [];
  for (const change of changes) {
    // Read again under the lock: another may have been first.
    const row = await commentById(tx, change.commentId);
    if (row === undefined || row.state === change.to) continue;
    if (!MAY[row.state].includes(change.to))
      throw new Problem('conflict', `A comment that is ${row.state} cannot be made ${change.to}.`);
    await moveOne(tx, row, change);
    events.push(...eventsOf(row, change));
    moved.push(row.id);
  }
  await appendEvents(db, tx, events);
  return moved;
}

/** As `changeStates`, of one; whether it changed. */
export async function changeState(tx: Tx, db: Pick<Db, 'dialect'>, change: StateChange): Promise<boolean> {
  return (await changeStates(tx, db, [change])).length === 1;
}

async function moveOne(tx: Tx, row: CommentRow, { to, verdict, at }: StateChange): Promise<void> {
  const seen = to === 'visible';
  const unfeatures = row.featured_at !== null && !seen;
  await updateComment(tx, row.id, {
    state: to,
    listed: seen || row.descendants > 0 ? 1 : 0,
    updated_at: at,
    ...(verdict === undefined
      ? seen
        ? { verdict: null }
        : {}
      : { verdict: verdict === null ? null : toJson(verdict) }),
    ...(unfeatures ? { featured_at: null } : {}),
  });
  await moveCounts(tx, row.article_id, {
    [row.state]: -1,
    [to]: 1,
    ...(unfeatures ? { featured: -1 } : {}),
    ...(seen ? { lastCommentAt: row.created_at } : {}),
  });
  if (seen) await cameToBeSeen(tx, row, { at: row.created_at });
  else if (row.state === 'visible') await cameToBeSeen(tx, row, { at: row.created_at, by: -1 });
}

function eventsOf(row: CommentRow, { to, told }: StateChange): NewEvent[] {
  const ids = { articleId: row.article_id, commentId: row.id };
  const changed = {
    topic: COMMENT_CHANGED,
    payload: { ...ids, state: to, was: row.state, ...(told === true ? { told } : {}) },
  };
  if (to === 'visible')
    return [{ topic: COMMENT_PUBLISHED, payload: { ...ids, ...relatives(row) } }, changed];
  return to === 'held' ? [{ topic: COMMENT_HELD, payload: ids }, changed] : [changed];
}
