import type { Instant } from '../../base/clock.ts';
import type { Reader, Tx } from '../../storage/db.ts';

/** People who follow a discussion and were told of it before `before`; a batch of them. */
export async function followersDue(db: Reader, articleId: string, before: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('discussion_follows')
    .select('user_id')
    .where('article_id', '=', articleId)
    .where((eb) => eb.or([eb('told_at', 'is', null), eb('told_at', '<=', before)]))
    .limit(500)
    .execute();
  return rows.map((row) => row.user_id);
}

export async function noteTold(
  tx: Tx,
  { userId, articleId, at }: { userId: string; articleId: string; at: Instant },
): Promise<void> {
  await tx
    .updateTable('discussion_follows')
    .set({ told_at: at })
    .where('user_id', '=', userId)
    .where('article_id', '=', articleId)
    .execute();
}
