import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { ArticleContent } from '../../contract/article.ts';
import { checkNames, defaultRules, type WorkAnswer } from '../../contract/desks.ts';
import type { Actor } from '../../contract/permissions.ts';
import { actionsOf } from '../../contract/workflow.ts';
import type { Reader } from '../../storage/db.ts';
import { levelOf } from './checks.ts';
import { deskOf, type DeskView, handOf, peopleOf } from './desks.views.ts';
import { examine } from './facts.ts';
import { pieceOf } from './work.ts';

const MOVES = 50;

/** Everything that a desk's people see beside an article, as one of them sees it; undefined when there is no such article. */
export async function workOf(
  db: Reader,
  actor: Actor,
  { articleId, now }: { articleId: string; now: Instant },
): Promise<WorkAnswer | undefined> {
  const row = await db.selectFrom('articles').selectAll().where('id', '=', articleId).executeTakeFirst();
  if (row === undefined) return undefined;
  const desk = await deskOf(db, row.desk);
  const piece = pieceOf(row, desk);
  const schedule = await db
    .selectFrom('schedules')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  const last = await db
    .selectFrom('article_versions')
    .select(['revision_number', 'reason'])
    .where('article_id', '=', articleId)
    .orderBy('version_number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const rules = desk?.rules ?? defaultRules;
  const content = await contentOf(db, articleId, row.revision_number);
  const moves = await db
    .selectFrom('desk_moves')
    .selectAll()
    .where('article_id', '=', articleId)
    .orderBy('id', 'desc')
    .limit(MOVES)
    .execute();
  const approvals = await db
    .selectFrom('desk_approvals')
    .selectAll()
    .where('article_id', '=', articleId)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  const ticks = await db.selectFrom('desk_ticks').selectAll().where('article_id', '=', articleId).execute();
  const person = await peopleOf(db, [
    row.assignee,
    row.created_by,
    ...moves.flatMap((move) => [move.created_by, move.assignee]),
    ...approvals.map((approval) => approval.created_by),
    ...ticks.map((tick) => tick.created_by),
  ]);
  return {
    article: row.id,
    headline: row.headline,
    state: row.state,
    stage: piece.stage,
    standing: piece.standing,
    desk: row.desk === null ? null : { slug: row.desk, name: desk?.name ?? row.desk },
    assignee: person(row.assignee),
    createdBy: person(row.created_by),
    revision: row.revision_number,
    publishedRevision: last?.revision_number ?? null,
    version: row.version_number,
    lastReason: last?.reason ?? null,
    embargo: row.embargo_at,
    path: row.path,
    actions: actionsOf(await handOf(db, actor, desk), piece),
    findings: await examine(db, {
      articleId,
      revision: row.revision_number,
      content,
      rules,
      at: schedule !== undefined && schedule.publish_at > now ? schedule.publish_at : now,
    }),
    asked: checkNames.flatMap((check) => {
      const level = levelOf(rules, check);
      return level === 'off' || (check === 'checklist' && rules.checklist.length === 0)
        ? []
        : [{ check, level }];
    }),
    checklist: checklistOf(rules, { ticks, revision: row.revision_number, person }),
    approvals: approvals.flatMap((approval) => {
      const by = person(approval.created_by);
      return by === null
        ? []
        : [
            {
              revision: approval.revision_number,
              by,
              note: approval.note,
              at: approval.created_at,
              holds: approval.revision_number === row.revision_number,
            },
          ];
    }),
    schedule:
      schedule === undefined
        ? null
        : {
            id: schedule.id,
            revision: schedule.revision_number,
            at: schedule.publish_at,
            reason: schedule.reason,
            overdue: schedule.publish_at < now,
          },
    moves: moves.map((move) => ({
      id: move.id,
      action: move.action,
      from: move.from_stage,
      to: move.to_stage,
      desk: move.desk,
      revision: move.revision_number,
      assignee: person(move.assignee),
      note: move.note,
      by: person(move.created_by),
      at: move.created_at,
    })),
  };
}

function checklistOf(
  rules: DeskView['rules'],
  known: {
    ticks: readonly { item: string; revision_number: number; created_by: string; created_at: string }[];
    revision: number;
    person: Awaited<ReturnType<typeof peopleOf>>;
  },
): WorkAnswer['checklist'] {
  return rules.checklist.map((item) => {
    const tick = known.ticks.find((other) => other.item === item.key);
    const stale = tick !== undefined && item.again && tick.revision_number !== known.revision;
    return {
      key: item.key,
      label: item.label,
      level: item.level,
      done: tick !== undefined && !stale,
      by: tick === undefined ? null : known.person(tick.created_by),
      at: tick?.created_at ?? null,
      stale,
    };
  });
}

/** The content of a revision. @throws Error when a row of an article lacks it */
export async function contentOf(db: Reader, articleId: string, revision: number): Promise<ArticleContent> {
  const row = await db
    .selectFrom('article_revisions')
    .select('content')
    .where('article_id', '=', articleId)
    .where('revision_number', '=', revision)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`article ${articleId} lacks its revision ${revision}`);
  return fromJson<ArticleContent>(row.content as string);
}
