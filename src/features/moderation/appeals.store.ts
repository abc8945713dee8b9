import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

/** Keeps an appeal; undefined where the decision has one already. */
export async function insertAppeal(
  tx: Tx,
  appeal: { decisionId: string; commentId: string | null; authorKey: string; body: string; at: Instant },
): Promise<string | undefined> {
  const row = await tx
    .insertInto('moderation_appeals')
    .values({
      id: newId(),
      decision_id: appeal.decisionId,
      comment_id: appeal.commentId,
      author_key: appeal.authorKey,
      body: appeal.body,
      state: 'open',
      decided_by: null,
      answer: '',
      outcome_decision_id: null,
      created_at: appeal.at,
      decided_at: null,
    })
    .onConflict((oc) => oc.column('decision_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Decides an appeal that is open; false when it was decided already. */
export async function endAppeal(
  tx: Tx,
  appeal: {
    id: string;
    state: 'upheld' | 'overturned' | 'void';
    by: string | null;
    answer: string;
    outcome: string | null;
    at: Instant;
  },
): Promise<boolean> {
  const row = await tx
    .updateTable('moderation_appeals')
    .set({
      state: appeal.state,
      decided_by: appeal.by,
      answer: appeal.answer,
      outcome_decision_id: appeal.outcome,
      decided_at: appeal.at,
    })
    .where('id', '=', appeal.id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertSanction(
  tx: Tx,
  sanction: Insertable<Tables['moderation_sanctions']>,
): Promise<void> {
  await tx.insertInto('moderation_sanctions').values(sanction).execute();
}

/** Lifts a sanction that holds; false when it was lifted already. */
export async function liftSanctionRow(
  tx: Tx,
  { id, by, at }: { id: string; by: string; at: Instant },
): Promise<boolean> {
  const row = await tx
    .updateTable('moderation_sanctions')
    .set({ lifted_by: by, lifted_at: at })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
