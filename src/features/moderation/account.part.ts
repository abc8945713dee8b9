import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import type { AccountPart } from '../accounts/accounts.ts';
import { userKey } from './people.ts';
import { forgetInModeration } from './person.store.ts';

/** What moderation keeps of a person: what they reported, decisions about them with their grounds, appeals, sanctions. */
export const moderationPart: AccountPart = {
  name: 'moderation',
  export: async (db, userId) => {
    const key = userKey(userId);
    return {
      reports: await reportsBy(db, key),
      notices: await noticesBy(db, userId),
      decisions: await decisionsAbout(db, key),
      appeals: await appealsBy(db, key),
      sanctions: await sanctionsOn(db, key),
      notes: await notesAbout(db, key),
    };
  },
  erase: (tx, { userId }) => forgetInModeration(tx, userId),
};

async function reportsBy(db: Reader, key: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_reports')
    .selectAll()
    .where('reporter_key', '=', key)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    comment: row.comment_id,
    category: row.category,
    details: row.details,
    state: row.state,
    at: row.created_at,
  }));
}

async function noticesBy(db: Reader, userId: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_notices')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    code: row.code,
    url: row.url,
    category: row.category,
    explanation: row.explanation,
    name: row.notifier_name,
    email: row.notifier_email,
    state: row.state,
    at: row.created_at,
  }));
}

async function decisionsAbout(db: Reader, key: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('author_key', '=', key)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    comment: row.comment_id,
    action: row.action,
    phase: row.phase,
    rule: row.rule_id,
    matched: fromJson<string[]>(row.matched as string),
    standard: row.standard_paragraph,
    facts: row.facts,
    message: row.message,
    automated: row.automated === 1,
    at: row.created_at,
  }));
}

async function appealsBy(db: Reader, key: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_appeals')
    .selectAll()
    .where('author_key', '=', key)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    decision: row.decision_id,
    text: row.body,
    state: row.state,
    answer: row.answer,
    at: row.created_at,
    decidedAt: row.decided_at,
  }));
}

async function sanctionsOn(db: Reader, key: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_sanctions')
    .selectAll()
    .where('author_key', '=', key)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    until: row.until_at,
    reason: row.reason,
    standard: row.standard_paragraph,
    at: row.created_at,
    liftedAt: row.lifted_at,
  }));
}

async function notesAbout(db: Reader, key: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('moderation_notes')
    .select(['body', 'created_at'])
    .where('subject_kind', '=', 'person')
    .where('subject_id', '=', key)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ text: row.body, at: row.created_at }));
}
