import type { NoticeAnswer } from '../../contract/moderation-answers.ts';
import type { Reader } from '../../storage/db.ts';
import { named, namesOf } from './decisions.views.ts';

/** A page of notices of a state: those that wait oldest first, decided ones newest first. */
export async function noticesPage(
  db: Reader,
  page: {
    state: NoticeAnswer['state'];
    limit: number;
    after: { readonly at: string; readonly id: string } | undefined;
  },
): Promise<NoticeAnswer[]> {
  const { state, limit, after } = page;
  const waiting = state === 'received';
  let query = db
    .selectFrom('moderation_notices')
    .selectAll()
    .where('state', '=', state)
    .orderBy('created_at', waiting ? 'asc' : 'desc')
    .orderBy('id', waiting ? 'asc' : 'desc')
    .limit(limit);
  if (after !== undefined) {
    const beyond = waiting ? '>' : '<';
    query = query.where((eb) =>
      eb.or([
        eb('created_at', beyond, after.at),
        eb.and([eb('created_at', '=', after.at), eb('id', beyond, after.id)]),
      ]),
    );
  }
  const rows = await query.execute();
  const names = await namesOf(
    db,
    rows.map((row) => row.decided_by),
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    url: row.url,
    commentId: row.comment_id,
    category: row.category,
    explanation: row.explanation,
    legalReference: row.legal_reference,
    name: row.notifier_name,
    email: row.notifier_email,
    language: row.language,
    state: row.state,
    answer: row.answer,
    by: named(names, row.decided_by),
    createdAt: row.created_at,
    decidedAt: row.decided_at,
  }));
}

/** How a notice stands, for who filed it. */
export async function noticeByCode(
  db: Reader,
  code: string,
): Promise<Pick<NoticeAnswer, 'code' | 'url' | 'state' | 'answer' | 'createdAt' | 'decidedAt'> | undefined> {
  const row = await db
    .selectFrom('moderation_notices')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { url, state, answer } = row;
  return { code, url, state, answer, createdAt: row.created_at, decidedAt: row.decided_at };
}
