import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { toJson } from '../../base/json.ts';
import type { Finding } from '../../contract/moderation.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type DecisionRow = Selectable<Tables['moderation_decisions']>;

/** What a decision says; the rest is empty. */
export type NewDecision = Partial<
  Omit<
    Insertable<Tables['moderation_decisions']>,
    'id' | 'matched' | 'findings' | 'left_queues' | 'automated'
  >
> & {
  readonly action: string;
  readonly phase: string;
  readonly rule_id: string;
  readonly detected: string;
  readonly automated: boolean;
  readonly created_at: Instant;
  readonly matched?: readonly string[];
  readonly findings?: readonly Finding[];
  readonly left?: readonly string[];
};

/** Writes a decision; its id. Decisions are never changed. */
export async function insertDecision(tx: Tx, decision: NewDecision): Promise<string> {
  const id = newId();
  const { matched = [], findings = [], left = [], automated, ...rest } = decision;
  await tx
    .insertInto('moderation_decisions')
    .values({
      facts: '',
      message: '',
      language: 'en',
      ...rest,
      id,
      matched: toJson([...matched]),
      findings: toJson([...findings]),
      left_queues: toJson([...left]),
      automated: automated ? 1 : 0,
    })
    .execute();
  return id;
}

export async function decisionById(db: Reader, id: string): Promise<DecisionRow | undefined> {
  return db.selectFrom('moderation_decisions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The newest decision on a comment. */
export async function lastDecision(db: Reader, commentId: string): Promise<DecisionRow | undefined> {
  return db
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('comment_id', '=', commentId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function isUndone(db: Reader, decisionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('moderation_decisions')
    .select('id')
    .where('undoes', '=', decisionId)
    .executeTakeFirst();
  return row !== undefined;
}

type Counts = { comments?: number; approved?: number; held?: number; rejected?: number; reported?: number };

/** Moves what is known of a person. */
export async function movePersonCounts(
  tx: Tx,
  authorKey: string,
  { at, ...by }: Counts & { at: Instant },
): Promise<void> {
  const { comments = 0, approved = 0, held = 0, rejected = 0, reported = 0 } = by;
  const least = (value: number): number => Math.max(0, value);
  await tx
    .insertInto('moderation_people')
    .values({
      author_key: authorKey,
      comments: least(comments),
      approved: least(approved),
      held: least(held),
      rejected: least(rejected),
      reported: least(reported),
      last_at: at,
    })
    .onConflict((oc) =>
      oc.column('author_key').doUpdateSet((eb) => ({
        comments: eb('moderation_people.comments', '+', comments),
        approved: eb('moderation_people.approved', '+', approved),
        held: eb('moderation_people.held', '+', held),
        rejected: eb('moderation_people.rejected', '+', rejected),
        reported: eb('moderation_people.reported', '+', reported),
        last_at: at,
      })),
    )
    .execute();
}

export async function insertNote(
  tx: Tx,
  note: { kind: 'comment' | 'person'; subject: string; body: string; by: string; at: Instant },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('moderation_notes')
    .values({
      id,
      subject_kind: note.kind,
      subject_id: note.subject,
      body: note.body,
      created_by: note.by,
      created_at: note.at,
    })
    .execute();
  return id;
}
