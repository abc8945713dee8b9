import type { Reader } from '../../storage/db.ts';
import { type DecisionRow, isUndone } from './decisions.store.ts';

/** What the page of a decision shows beside it. */
export async function decisionCase(db: Reader, decision: DecisionRow) {
  const appeal = await db
    .selectFrom('moderation_appeals')
    .selectAll()
    .where('decision_id', '=', decision.id)
    .executeTakeFirst();
  const comment =
    decision.comment_id === null
      ? undefined
      : await db
          .selectFrom('comments')
          .select(['id', 'article_id', 'state', 'body', 'language'])
          .where('id', '=', decision.comment_id)
          .executeTakeFirst();
  const sanction =
    decision.sanction_id === null
      ? undefined
      : await db
          .selectFrom('moderation_sanctions')
          .select(['lifted_at'])
          .where('id', '=', decision.sanction_id)
          .executeTakeFirst();
  /** It restricts nothing any more: taken back, shown again, lifted. */
  const over =
    (await isUndone(db, decision.id)) ||
    comment?.state === 'visible' ||
    comment?.state === 'deleted' ||
    (sanction !== undefined && sanction.lifted_at !== null);
  return { appeal, comment, over };
}
