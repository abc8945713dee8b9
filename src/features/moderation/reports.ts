import { Problem } from '../../base/problem.ts';
import { MODERATION_QUEUED } from '../../contract/events.ts';
import type { ReportCategory } from '../../contract/moderation.ts';
import type { Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { changeState } from '../discussion/discussion.ts';
import { countsBetween } from './decide.ts';
import { commentRow, type ModerationRoom } from './room.ts';
import { insertDecision, movePersonCounts } from './decisions.store.ts';
import { addressReporter, authorKeyOf, ensureSecret, userKey } from './people.ts';
import { enterQueue } from './queue.store.ts';
import { insertReport } from './reports.store.ts';
import { rulebook } from './rules.views.ts';

export type Report = {
  readonly commentId: string;
  readonly category: ReportCategory;
  readonly details: string;
  readonly userId: string | undefined;
  /** What limits count as one caller: tells guests apart, kept as a keyed digest. */
  readonly addressKey: string;
};

/**
 * Takes a reader's report. One of a person for a comment counts; a second is answered like the first. Enough of different people may hold
 * the comment until somebody has looked, where the site has set it so. @throws Problem `not-found`, `conflict`
 */
export async function fileReport(
  tx: Tx,
  room: ModerationRoom,
  report: Report,
): Promise<{ readonly counted: boolean }> {
  const at = room.clock.now();
  const comment = await commentRow(tx, report.commentId);
  if (comment === undefined || comment.state !== 'visible')
    throw new Problem('not-found', 'The comment is not on the page any more.');
  if (report.userId !== undefined && comment.user_id === report.userId)
    throw new Problem('conflict', 'This is a comment of your own.', 'You can delete it instead.');
  const reporterKey =
    report.userId === undefined
      ? addressReporter(await ensureSecret(tx), report.addressKey)
      : userKey(report.userId);
  const counted = await insertReport(tx, {
    commentId: comment.id,
    articleId: comment.article_id,
    reporterKey,
    userId: report.userId ?? null,
    category: report.category,
    details: report.details,
    at,
  });
  if (!counted) return { counted };
  const ids = { commentId: comment.id, articleId: comment.article_id };
  await enterQueue(tx, { queue: 'reported', ...ids, at, reports: 1 });
  const authorKey = authorKeyOf(comment);
  await movePersonCounts(tx, authorKey, { at, reported: 1 });
  const { site } = await rulebook(tx);
  const entry = await tx
    .selectFrom('moderation_queue')
    .select('reports')
    .where('queue', '=', 'reported')
    .where('comment_id', '=', comment.id)
    .executeTakeFirst();
  const many = Number(entry?.reports ?? 0);
  if (site.reports.hold > 0 && many >= site.reports.hold && comment.mark === null) {
    const verdict = { action: 'hold', phase: 'reports', rule: 'reports.many', matched: [] } as const;
    await changeState(tx, room.db, { commentId: comment.id, to: 'held', verdict, at });
    await movePersonCounts(tx, authorKey, { at, ...countsBetween('visible', 'held') });
    await insertDecision(tx, {
      comment_id: comment.id,
      article_id: comment.article_id,
      author_key: authorKey,
      user_id: comment.user_id,
      action: 'hold',
      was: 'visible',
      phase: 'reports',
      rule_id: 'reports.many',
      automated: true,
      detected: 'report',
      language: comment.language ?? 'en',
      created_at: at,
      findings: [
        {
          phase: 'reports',
          rule: 'reports.many',
          outcome: 'hold',
          matched: [],
          standard: null,
          facts: { count: many },
        },
      ],
    });
    await enterQueue(tx, { queue: 'pending', ...ids, at });
  }
  await appendEvents(room.db, tx, [{ topic: MODERATION_QUEUED, payload: { queue: 'reported', ...ids } }]);
  return { counted };
}
