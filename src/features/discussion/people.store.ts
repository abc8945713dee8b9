import type { Instant } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { foldName } from './names.ts';

/** Whom a person ignores; at most so many, so that every page can ask for all of them. */
const MOST_IGNORED = 1000;

export async function ignorePerson(
  tx: Tx,
  { userId, ignoredId, on, at }: { userId: string; ignoredId: string; on: boolean; at: Instant },
): Promise<void> {
  if (!on) {
    await tx
      .deleteFrom('discussion_ignores')
      .where('user_id', '=', userId)
      .where('ignored_id', '=', ignoredId)
      .execute();
    return;
  }
  if (userId === ignoredId) throw new Problem('invalid', 'You cannot ignore yourself.');
  const known = await tx.selectFrom('users').select('id').where('id', '=', ignoredId).executeTakeFirst();
  if (known === undefined) throw new Problem('not-found', 'There is no such person.');
  if ((await ignoredBy(tx, userId)).length >= MOST_IGNORED)
    throw new Problem('conflict', `You ignore ${MOST_IGNORED} people; more are not possible.`);
  await tx
    .insertInto('discussion_ignores')
    .values({ user_id: userId, ignored_id: ignoredId, created_at: at })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function ignoredBy(db: Reader, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('discussion_ignores')
    .select('ignored_id')
    .where('user_id', '=', userId)
    .orderBy('ignored_id')
    .execute();
  return rows.map((row) => row.ignored_id);
}

export async function followDiscussion(
  tx: Tx,
  { userId, articleId, on, at }: { userId: string; articleId: string; on: boolean; at: Instant },
): Promise<void> {
  if (on)
    await tx
      .insertInto('discussion_follows')
      .values({ user_id: userId, article_id: articleId, created_at: at, told_at: at })
      .onConflict((oc) => oc.doNothing())
      .execute();
  else
    await tx
      .deleteFrom('discussion_follows')
      .where('user_id', '=', userId)
      .where('article_id', '=', articleId)
      .execute();
}

export async function followsDiscussion(db: Reader, userId: string, articleId: string): Promise<boolean> {
  const row = await db
    .selectFrom('discussion_follows')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  return row !== undefined;
}

/** People of a discussion whose names begin so, for mentions: only who has a visible comment there. */
export async function peopleBeginning(
  db: Reader,
  articleId: string,
  { start, limit }: { start: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  const key = foldName(start);
  const rows = await db
    .selectFrom('discussion_people')
    .select(['user_id', 'name'])
    .where('article_id', '=', articleId)
    .where('name_key', '>=', key)
    .where('name_key', '<', `${key}\u{10FFFF}`)
    .orderBy('name_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.user_id, name: row.name }));
}

/** Lets a person be mentioned by another name, in all discussions. */
export async function renamePerson(
  tx: Tx,
  { userId, name, nameKey }: { userId: string; name: string; nameKey: string },
): Promise<void> {
  await tx
    .updateTable('discussion_people')
    .set({ name, name_key: nameKey })
    .where('user_id', '=', userId)
    .where('name', '<>', name)
    .execute();
}
