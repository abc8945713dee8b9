import { toJson } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';
import { userKey } from './people.ts';

/**
 * Forgets a person in moderation: what they wrote (reports, appeals, notices), what was noted of them and what rules matched in their words goes.
 * That something was decided stays, with its ground: the house answers for it (DSA Article 17, 24), of an id with nobody behind it.
 */
export async function forgetInModeration(tx: Tx, userId: string): Promise<void> {
  const key = userKey(userId);
  const written = (await tx.selectFrom('comments').select('id').where('user_id', '=', userId).execute()).map(
    ({ id }) => id,
  );
  for (let start = 0; start < written.length; start += 500) {
    const ids = written.slice(start, start + 500);
    await tx
      .deleteFrom('moderation_notes')
      .where('subject_kind', '=', 'comment')
      .where('subject_id', 'in', ids)
      .execute();
    await tx.deleteFrom('moderation_bands').where('comment_id', 'in', ids).execute();
    await tx.deleteFrom('moderation_sketches').where('comment_id', 'in', ids).execute();
  }
  await tx
    .deleteFrom('moderation_notes')
    .where('subject_kind', '=', 'person')
    .where('subject_id', '=', key)
    .execute();
  await tx.deleteFrom('moderation_people').where('author_key', '=', key).execute();
  await tx
    .updateTable('moderation_reports')
    .set({ user_id: null, details: '' })
    .where('reporter_key', '=', key)
    .execute();
  await tx.updateTable('moderation_appeals').set({ body: '' }).where('author_key', '=', key).execute();
  await tx
    .updateTable('moderation_notices')
    .set({ user_id: null, notifier_name: null, notifier_email: null })
    .where('user_id', '=', userId)
    .execute();
  await tx
    .updateTable('moderation_decisions')
    .set({ user_id: null, matched: toJson([]), findings: toJson([]) })
    .where('author_key', '=', key)
    .execute();
}
