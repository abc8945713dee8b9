import { toJson } from '../../base/json.ts';
import type { Instant } from '../../base/clock.ts';
import { COMMENT_CHANGED } from '../../contract/events.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { changeStates } from './state.ts';
import { scoreOf } from './score.ts';

const AT_ONCE = 200;
const NOBODY = '@…';

/**
 * Forgets a person in every discussion: their comments become gaps without name, words or history, their reactions, mentions, drafts and lists
 * go. Answers of others stay. Part of the deletion of an account; in one transaction with it.
 */
export async function forgetPerson(
  tx: Tx,
  db: Pick<Db, 'dialect'>,
  { userId, at }: { readonly userId: string; readonly at: Instant },
): Promise<void> {
  const nothing = toJson({ type: 'comment', content: [] });
  for (;;) {
    const rows = await tx
      .selectFrom('comments')
      .select(['id', 'state', 'article_id'])
      .where('user_id', '=', userId)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) break;
    const ids = rows.map((row) => row.id);
    const standing = rows.filter((row) => row.state !== 'deleted');
    await changeStates(
      tx,
      db,
      standing.map((row) => ({ commentId: row.id, to: 'deleted' as const, verdict: null, at })),
    );
    await tx.deleteFrom('comment_edits').where('comment_id', 'in', ids).execute();
    await tx.deleteFrom('comment_mentions').where('comment_id', 'in', ids).execute();
    await tx
      .updateTable('comments')
      .set({
        user_id: null,
        author_name: '',
        author_url: null,
        guest_email: null,
        body: nothing,
        source: '',
        excerpt: '',
        mark: null,
        post_key: null,
        verdict: null,
      })
      .where('id', 'in', ids)
      .execute();
  }
  await unmention(tx, db, userId);
  await forgetReactions(tx, userId);
  await tx.deleteFrom('discussion_people').where('user_id', '=', userId).execute();
  await tx
    .deleteFrom('discussion_ignores')
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('ignored_id', '=', userId)]))
    .execute();
  await tx.deleteFrom('discussion_follows').where('user_id', '=', userId).execute();
  await tx.deleteFrom('discussion_notice_choices').where('user_id', '=', userId).execute();
}

/** The name stays out of other people's comments, too: a mention of somebody who is gone names nobody, in what was typed as in what is shown. */
async function unmention(tx: Tx, db: Pick<Db, 'dialect'>, userId: string): Promise<void> {
  const user = await tx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst();
  const called = user === undefined || user.name === '' ? [] : [user.name];
  const rows = await tx
    .selectFrom('comment_mentions')
    .innerJoin('comments', 'comments.id', 'comment_mentions.comment_id')
    .select([
      'comments.id',
      'comments.body',
      'comments.source',
      'comments.excerpt',
      'comments.article_id',
      'comments.state',
    ])
    .where('comment_mentions.user_id', '=', userId)
    .execute();
  for (const row of rows) {
    const names = new Set(called);
    const body = JSON.parse(row.body, (_key, value: unknown) => {
      const node = value as { type?: string; user?: string; name?: string } | null;
      if (node?.type !== 'mention' || node.user !== userId) return value;
      if (node.name !== undefined && node.name !== '') names.add(node.name);
      return { type: 'text', text: NOBODY };
    }) as unknown;
    await tx
      .updateTable('comments')
      .set({
        body: toJson(body),
        source: withoutMentions(row.source, names),
        excerpt: withoutMentions(row.excerpt, names),
      })
      .where('id', '=', row.id)
      .execute();
  }
  await tx.deleteFrom('comment_mentions').where('user_id', '=', userId).execute();
  await appendEvents(
    db,
    tx,
    rows.map((row) => ({
      topic: COMMENT_CHANGED,
      payload: { articleId: row.article_id, commentId: row.id, state: row.state, was: row.state },
    })),
  );
}

function withoutMentions(text: string, names: ReadonlySet<string>): string {
  const called = [...names].map((name) =>
    name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replace(/\s+/gu, String.raw`\s+`),
  );
  return called.length === 0
    ? text
    : text.replace(new RegExp(`@\\[?(?:${called.join('|')})\\]?`, 'giu'), NOBODY);
}

async function forgetReactions(tx: Tx, userId: string): Promise<void> {
  const mine = await tx
    .deleteFrom('comment_reactions')
    .where('user_id', '=', userId)
    .returning(['comment_id', 'kind'])
    .execute();
  for (const { comment_id, kind } of mine) {
    const row = await tx
      .updateTable('comments')
      .set((eb) => ({
        up_count: eb('up_count', '-', kind === 'up' ? 1 : 0),
        down_count: eb('down_count', '-', kind === 'down' ? 1 : 0),
        insight_count: eb('insight_count', '-', kind === 'insight' ? 1 : 0),
        thanks_count: eb('thanks_count', '-', kind === 'thanks' ? 1 : 0),
      }))
      .where('id', '=', comment_id)
      .returning(['up_count', 'down_count'])
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('comments')
      .set({ score: scoreOf(row.up_count, row.down_count) })
      .where('id', '=', comment_id)
      .execute();
  }
}
