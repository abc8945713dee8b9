import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { CommentState, Verdict } from '../../contract/comments.ts';
import { MODERATION_DECIDED } from '../../contract/events.ts';
import type { QueueName, Ruled, Ruling } from '../../contract/moderation.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { writeAudit } from '../audit/audit.ts';
import { changeState } from '../discussion/discussion.ts';
import {
  type DecisionRow,
  insertDecision,
  isUndone,
  lastDecision,
  movePersonCounts,
} from './decisions.store.ts';
import { authorKeyOf, type Person } from './people.ts';
import { claimsOn, dropClaims, enterQueue, leaveQueues } from './queue.store.ts';
import { reopenReports, settleReports } from './reports.store.ts';
import { currentStandards } from './standards.views.ts';
import { type CommentRow, commentRow, type ModerationRoom } from './room.ts';
import { tellAuthor } from './tell.ts';

/** How somebody came to look at it. */
export type Detected = 'report' | 'notice' | 'own' | 'rule' | 'appeal';

export type Order = {
  readonly commentIds: readonly string[];
  readonly ruling: Ruling;
  readonly by: Person;
  readonly detected?: Detected;
  readonly noticeId?: string;
};

/**
 * Decides on comments by hand. Each comment's outcome is told by itself: one that another holds a claim on, that is under appeal, that its author
 * took back, or that the person wrote, is left as it is. @throws Problem `invalid` for a removal without a ground
 */
export async function ruleOn(tx: Tx, room: ModerationRoom, order: Order): Promise<Ruled[]> {
  const at = room.clock.now();
  await checkGround(tx, order.ruling);
  const ids = [...new Set(order.commentIds)].sort();
  const claims = await claimsOn(tx, { commentIds: ids, now: at });
  const results: Ruled[] = [];
  for (const commentId of ids) {
    const claim = claims.get(commentId);
    const row = await commentRow(tx, commentId);
    if (row === undefined) results.push({ commentId, outcome: 'gone' });
    else if (claim !== undefined && claim.user_id !== order.by.userId)
      results.push({ commentId, outcome: 'claimed', by: claim.user_id });
    else results.push(await ruleOne(tx, room, { ...order, row, at }));
  }
  await dropClaims(tx, { commentIds: ids, userId: order.by.userId });
  const done = results.filter(({ outcome }) => outcome === 'done');
  if (done.length > 0)
    await writeAudit(tx, {
      by: order.by,
      action: `moderation.${order.ruling.action}`,
      object: {
        kind: 'comment',
        id: done.length === 1 ? (done[0]?.commentId ?? '') : `${done.length} comments`,
      },
      details: {
        comments: done.slice(0, 100).map(({ commentId }) => commentId),
        standard: order.ruling.standard,
        law: order.ruling.legalGround,
      },
      at,
    });
  // In the order that was asked.
  const byId = new Map(results.map((result) => [result.commentId, result]));
  return [...new Set(order.commentIds)].flatMap((id) => byId.get(id) ?? []);
}

/** Whoever takes a text off a page says on what ground. @throws Problem `invalid` */
async function checkGround(db: Reader, ruling: Ruling): Promise<void> {
  if (ruling.standard !== undefined) {
    const { texts } = await currentStandards(db);
    const known = Object.values(texts).some((list) => list.some(({ id }) => id === ruling.standard));
    if (!known)
      throw new Problem('invalid', `The standards have no paragraph ${ruling.standard}.`, undefined, {
        fields: { '/standard': 'is no paragraph of the standards' },
      });
  }
  if (ruling.action === 'reject' && ruling.standard === undefined && (ruling.legalGround ?? '').trim() === '')
    throw new Problem(
      'invalid',
      'A comment is removed on a ground that its author is told.',
      'Choose a paragraph of the community standards, or name the law.',
      { fields: { '/standard': 'is missing' } },
    );
}

type One = Order & { readonly row: CommentRow; readonly at: Instant };

async function ruleOne(tx: Tx, room: ModerationRoom, one: One): Promise<Ruled> {
  const { row, by, ruling, at } = one;
  const commentId = row.id;
  if (row.state === 'deleted') return { commentId, outcome: 'gone' };
  if (row.user_id === by.userId) return { commentId, outcome: 'own' };
  if (await isAppealed(tx, commentId)) return { commentId, outcome: 'appealed' };
  const to = targetOf(ruling, row.state);
  const standards = await currentStandards(tx);
  const verdict: Verdict = {
    action: to === 'visible' ? 'publish' : to === 'held' ? 'hold' : 'reject',
    phase: 'hand',
    rule: 'hand',
    matched: [],
    ...(ruling.standard === undefined ? {} : { standard: ruling.standard }),
    ...(ruling.message === undefined ? {} : { message: ruling.message }),
  };
  const moved = await changeState(tx, room.db, {
    commentId,
    to,
    verdict: to === 'visible' ? null : verdict,
    at,
  });
  const left = await leaveQueues(tx, commentId, { except: ['appealed'] });
  if (to === 'held') await enterQueue(tx, { queue: 'pending', commentId, articleId: row.article_id, at });
  if (!moved && left.length === 0) return { commentId, outcome: 'unchanged', state: row.state };
  const authorKey = authorKeyOf(row);
  const detected =
    one.detected ??
    detectedBy(
      left.map(({ queue }) => queue),
      row.state,
    );
  const entered = left.map((entry) => Date.parse(entry.entered_at));
  const decisionId = await insertDecision(tx, {
    comment_id: commentId,
    article_id: row.article_id,
    author_key: authorKey,
    user_id: row.user_id,
    notice_id: one.noticeId ?? null,
    action: actionOf(to, row.state),
    was: row.state,
    phase: 'hand',
    rule_id: 'hand',
    standard_version: ruling.standard === undefined ? null : standards.version,
    standard_paragraph: ruling.standard ?? null,
    legal_ground: ruling.legalGround ?? null,
    facts: ruling.facts ?? '',
    message: ruling.message ?? '',
    decided_by: by.userId,
    automated: false,
    detected,
    category: ruling.category ?? null,
    delay_seconds:
      entered.length === 0 ? null : Math.max(0, Math.round((Date.parse(at) - Math.min(...entered)) / 1000)),
    left: left.map(({ queue }) => queue),
    language: row.language ?? 'en',
    created_at: at,
  });
  if (moved) await movePersonCounts(tx, authorKey, { at, ...countsBetween(row.state, to) });
  if (to !== 'held')
    await settleReports(tx, { commentId, decisionId, state: to === 'visible' ? 'dismissed' : 'upheld', at });
  await appendEvents(room.db, tx, [
    {
      topic: MODERATION_DECIDED,
      payload: {
        decisionId,
        commentId,
        articleId: row.article_id,
        ...(to === 'held' ? {} : { lesson: to === 'visible' ? 'fine' : 'trouble' }),
      },
    },
  ]);
  if (moved && to !== 'visible' && to !== 'held') await tellAuthor(tx, room, { decisionId, comment: row });
  return { commentId, outcome: 'done', decisionId, state: to };
}

function targetOf(ruling: Ruling, from: CommentState): CommentState {
  if (ruling.action === 'approve') return 'visible';
  if (ruling.action === 'hold') return 'held';
  return from === 'visible' || from === 'removed' ? 'removed' : 'rejected';
}

function actionOf(to: CommentState, from: CommentState): string {
  if (to === 'visible') return from === 'removed' || from === 'rejected' ? 'restore' : 'publish';
  if (to === 'held') return 'hold';
  return to === 'removed' ? 'remove' : 'reject';
}

function detectedBy(left: readonly QueueName[], state: CommentState): Detected {
  if (left.includes('reported')) return 'report';
  return left.includes('pending') || state === 'held' ? 'rule' : 'own';
}

/** How a person's counts move when a comment's state does. */
export function countsBetween(
  from: CommentState,
  to: CommentState,
): { approved?: number; held?: number; rejected?: number } {
  const kind = (state: CommentState): 'approved' | 'held' | 'rejected' | undefined =>
    state === 'visible'
      ? 'approved'
      : state === 'held'
        ? 'held'
        : state === 'deleted'
          ? undefined
          : 'rejected';
  const before = kind(from);
  const after = kind(to);
  if (before === after) return {};
  return {
    ...(before === undefined ? {} : { [before]: -1 }),
    ...(after === undefined ? {} : { [after]: 1 }),
  };
}

export async function isAppealed(db: Reader, commentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('moderation_appeals')
    .select('id')
    .where('comment_id', '=', commentId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return row !== undefined;
}

const UNDO_MS = 15 * 60_000;

/**
 * Takes a person's own decision back: the comment has its state again and stands in the queues that it left.
 * @throws Problem `not-found`, `forbidden`, `conflict` where it is no longer the last, is undone, appealed, or older than a quarter of an hour
 */
export async function undo(
  tx: Tx,
  room: ModerationRoom,
  { decision, by }: { decision: DecisionRow; by: Person },
): Promise<Ruled> {
  const at = room.clock.now();
  const { comment_id: commentId } = decision;
  if (commentId === null || decision.was === null || decision.phase !== 'hand')
    throw new Problem('conflict', 'This decision cannot be taken back.');
  if (decision.decided_by !== by.userId)
    throw new Problem('forbidden', 'Only who made a decision can take it back.', 'Decide anew instead.');
  const last = await lastDecision(tx, commentId);
  if (last?.id !== decision.id || (await isUndone(tx, decision.id)))
    throw new Problem('conflict', 'The comment has been decided on again since.');
  if (Date.parse(at) - Date.parse(decision.created_at) > UNDO_MS)
    throw new Problem(
      'conflict',
      'After a quarter of an hour a decision is not taken back.',
      'Decide anew instead.',
    );
  if (await isAppealed(tx, commentId))
    throw new Problem('conflict', 'Its author has appealed: another moderator decides.');
  const row = await commentRow(tx, commentId);
  if (row === undefined || row.state === 'deleted')
    throw new Problem('conflict', 'Its author has taken the comment back.');
  const to = decision.was as CommentState;
  // Back to how it was before anyone decided, with the machine's verdict where that held it.
  const before = to === 'visible' ? null : await verdictBefore(tx, commentId, decision.id);
  const moved = await changeState(tx, room.db, {
    commentId,
    to: reachable(row.state, to),
    verdict: before,
    at,
  });
  for (const queue of fromJson(decision.left_queues) as QueueName[])
    await enterQueue(tx, { queue, commentId, articleId: row.article_id, at });
  await reopenReports(tx, decision.id);
  const authorKey = authorKeyOf(row);
  if (moved) await movePersonCounts(tx, authorKey, { at, ...countsBetween(row.state, to) });
  const decisionId = await insertDecision(tx, {
    comment_id: commentId,
    article_id: row.article_id,
    author_key: authorKey,
    user_id: row.user_id,
    action: 'undo',
    was: row.state,
    phase: 'undo',
    rule_id: 'undo',
    decided_by: by.userId,
    automated: false,
    detected: 'own',
    undoes: decision.id,
    language: decision.language,
    created_at: at,
  });
  await writeAudit(tx, {
    by,
    action: 'moderation.undo',
    object: { kind: 'comment', id: commentId },
    details: { decision: decision.id },
    at,
  });
  const events = { decisionId, commentId, articleId: row.article_id };
  await appendEvents(room.db, tx, [{ topic: MODERATION_DECIDED, payload: events }]);
  return { commentId, outcome: 'done', decisionId, state: to };
}

/** A rejection of what was held goes back to held, never to a state that may not follow. */
function reachable(from: CommentState, to: CommentState): CommentState {
  return from === 'rejected' && to === 'removed' ? 'rejected' : to;
}

async function verdictBefore(db: Reader, commentId: string, decisionId: string): Promise<Verdict | null> {
  const row = await db
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('comment_id', '=', commentId)
    .where('id', '<', decisionId)
    .where('action', 'in', ['hold', 'reject', 'remove'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    action: row.action === 'hold' ? 'hold' : 'reject',
    phase: row.phase,
    rule: row.rule_id,
    matched: fromJson(row.matched),
    ...(row.standard_paragraph === null ? {} : { standard: row.standard_paragraph }),
  };
}
