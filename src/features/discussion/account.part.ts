import type { Reader } from '../../storage/db.ts';
import type { AccountPart } from '../accounts/accounts.ts';
import { noticeChoices } from './notice-choices.store.ts';
import { commentsOfPerson } from './own.views.ts';
import { ignoredBy } from './people.store.ts';
import { forgetPerson } from './person.store.ts';

/** What discussions keep of a person: all they wrote, whatever became of it, and what they said by pressing buttons. */
export const discussionPart: AccountPart = {
  name: 'discussion',
  export: async (db, userId) => {
    const comments: unknown[] = [];
    for await (const batch of commentsOfPerson(db, userId)) comments.push(...batch);
    return {
      comments,
      edits: await editsOfPerson(db, userId),
      reactions: await reactionsOfPerson(db, userId),
      follows: await followsOfPerson(db, userId),
      ignored: await ignoredBy(db, userId),
      notices: await noticeChoices(db, userId),
    };
  },
  erase: (tx, { userId, at, db }) => forgetPerson(tx, db, { userId, at }),
};

async function editsOfPerson(db: Reader, userId: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('comment_edits as e')
    .innerJoin('comments as c', 'c.id', 'e.comment_id')
    .select(['e.comment_id', 'e.source', 'e.edited_at'])
    .where('c.user_id', '=', userId)
    .orderBy('e.comment_id')
    .orderBy('e.edit_number')
    .execute();
  return rows.map((row) => ({ comment: row.comment_id, text: row.source, at: row.edited_at }));
}

async function reactionsOfPerson(db: Reader, userId: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('comment_reactions')
    .select(['comment_id', 'kind', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('comment_id')
    .execute();
  return rows.map((row) => ({ comment: row.comment_id, kind: row.kind, at: row.created_at }));
}

async function followsOfPerson(db: Reader, userId: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('discussion_follows')
    .select(['article_id', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('article_id')
    .execute();
  return rows.map((row) => ({ article: row.article_id, since: row.created_at }));
}
