import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { ReportCategory } from '../../contract/moderation.ts';
import type { Tx } from '../../storage/db.ts';

export type NewReport = {
  readonly commentId: string;
  readonly articleId: string;
  readonly reporterKey: string;
  readonly userId: string | null;
  readonly category: ReportCategory;
  readonly details: string;
  readonly at: Instant;
};

/** Keeps a report; false where the same person has reported the comment already. */
export async function insertReport(tx: Tx, report: NewReport): Promise<boolean> {
  const row = await tx
    .insertInto('moderation_reports')
    .values({
      id: newId(),
      comment_id: report.commentId,
      article_id: report.articleId,
      reporter_key: report.reporterKey,
      user_id: report.userId,
      category: report.category,
      details: report.details,
      state: 'open',
      decision_id: null,
      created_at: report.at,
      resolved_at: null,
    })
    .onConflict((oc) => oc.columns(['comment_id', 'reporter_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the open reports of a comment. */
export async function settleReports(
  tx: Tx,
  settled: { commentId: string; decisionId: string; state: 'upheld' | 'dismissed'; at: Instant },
): Promise<void> {
  await tx
    .updateTable('moderation_reports')
    .set({ state: settled.state, decision_id: settled.decisionId, resolved_at: settled.at })
    .where('comment_id', '=', settled.commentId)
    .where('state', '=', 'open')
    .execute();
}

export async function reopenReports(tx: Tx, decisionId: string): Promise<void> {
  await tx
    .updateTable('moderation_reports')
    .set({ state: 'open', decision_id: null, resolved_at: null })
    .where('decision_id', '=', decisionId)
    .execute();
}
