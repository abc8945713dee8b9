import { fromJson } from '../../base/json.ts';
import type { DecisionAnswer } from '../../contract/moderation-answers.ts';
import type { Finding } from '../../contract/moderation.ts';
import type { Reader } from '../../storage/db.ts';
import type { DecisionRow } from './decisions.store.ts';
import { citedIn, type Standards, standardsAt } from './standards.views.ts';

/** Names of people by id; who is gone has none. */
export async function namesOf(db: Reader, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export function named(
  names: ReadonlyMap<string, string>,
  id: string | null,
): { id: string; name: string } | null {
  return id === null ? null : { id, name: names.get(id) ?? '' };
}

/** Decisions as they are shown, with the paragraphs they cite as those read then. */
export async function showDecisions(
  db: Reader,
  rows: readonly DecisionRow[],
  language: string,
): Promise<DecisionAnswer[]> {
  const names = await namesOf(
    db,
    rows.map((row) => row.decided_by),
  );
  const ids = rows.map((row) => row.id);
  const undone = new Set(
    ids.length === 0
      ? []
      : (
          await db.selectFrom('moderation_decisions').select('undoes').where('undoes', 'in', ids).execute()
        ).map((row) => row.undoes),
  );
  const versions = new Map<number, Standards>();
  for (const row of rows) {
    const version = Number(row.standard_version ?? 0);
    if (row.standard_paragraph !== null && !versions.has(version))
      versions.set(version, await standardsAt(db, version));
  }
  return rows.map((row) => {
    const standards = versions.get(Number(row.standard_version ?? 0));
    const cited =
      row.standard_paragraph === null || standards === undefined
        ? undefined
        : citedIn(standards, { paragraph: row.standard_paragraph, language });
    return {
      id: row.id,
      commentId: row.comment_id,
      action: row.action,
      was: row.was,
      phase: row.phase,
      rule: row.rule_id,
      matched: fromJson(row.matched),
      findings: fromJson(row.findings) as Finding[],
      standard:
        cited === undefined
          ? null
          : {
              version: cited.version,
              id: cited.id,
              number: cited.number,
              title: cited.title,
              body: cited.body,
            },
      legalGround: row.legal_ground,
      facts: row.facts,
      message: row.message,
      by: named(names, row.decided_by),
      automated: row.automated === 1,
      detected: row.detected,
      category: row.category,
      undone: undone.has(row.id),
      createdAt: row.created_at,
    };
  });
}

/** The newest decision of each comment, by comment. */
export async function lastDecisions(
  db: Reader,
  commentIds: readonly string[],
  language: string,
): Promise<Map<string, DecisionAnswer>> {
  if (commentIds.length === 0) return new Map();
  const newest = db
    .selectFrom('moderation_decisions')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('comment_id', 'in', commentIds)
    .groupBy('comment_id');
  const rows = await db.selectFrom('moderation_decisions').selectAll().where('id', 'in', newest).execute();
  const shown = await showDecisions(db, rows, language);
  return new Map(shown.map((decision) => [decision.commentId ?? '', decision]));
}
