import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../storage/db.ts';

export async function insertServiceCall(tx: Tx, call: { commentId: string; at: Instant }): Promise<void> {
  await tx
    .insertInto('moderation_service_calls')
    .values({
      comment_id: call.commentId,
      state: 'waiting',
      attempts: 0,
      outcome: null,
      created_at: call.at,
      answered_at: null,
    })
    .onConflict((oc) =>
      oc
        .column('comment_id')
        .doUpdateSet({ state: 'waiting', outcome: null, created_at: call.at, answered_at: null }),
    )
    .execute();
}

/** Ends a call that still waits; false when it was ended already, so that an answer counts once. */
export async function endServiceCall(
  tx: Tx,
  call: { commentId: string; state: 'answered' | 'unanswered'; outcome: string; at: Instant },
): Promise<boolean> {
  const row = await tx
    .updateTable('moderation_service_calls')
    .set((eb) => ({
      state: call.state,
      outcome: call.outcome,
      answered_at: call.at,
      attempts: eb('attempts', '+', 1),
    }))
    .where('comment_id', '=', call.commentId)
    .where('state', '=', 'waiting')
    .returning('comment_id')
    .executeTakeFirst();
  return row !== undefined;
}
