import type { Instant } from '../../base/clock.ts';
import type { ScheduleItem } from '../../contract/desks.ts';
import type { Reader } from '../../storage/db.ts';
import { peopleOf } from './desks.views.ts';

export type CalendarPage = {
  readonly limit: number;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly state?: ScheduleItem['state'] | undefined;
  readonly desk?: string | undefined;
  readonly after?: { readonly at: Instant; readonly id: string } | undefined;
  readonly now: Instant;
};

/** Schedules by the time they are for: what is due, what came late, what failed. */
export async function calendarPage(db: Reader, page: CalendarPage): Promise<ScheduleItem[]> {
  let query = db
    .selectFrom('schedules')
    .innerJoin('articles', 'articles.id', 'schedules.article_id')
    .select([
      'schedules.id',
      'schedules.article_id',
      'schedules.revision_number',
      'schedules.publish_at',
      'schedules.state',
      'schedules.reason',
      'schedules.created_by',
      'schedules.fired_at',
      'schedules.failure',
      'schedules.late_ms',
      'articles.headline',
      'articles.desk',
      'articles.revision_number as latest',
    ]);
  if (page.state !== undefined) query = query.where('schedules.state', '=', page.state);
  if (page.from !== undefined) query = query.where('publish_at', '>=', page.from);
  if (page.until !== undefined) query = query.where('publish_at', '<', page.until);
  if (page.desk !== undefined) query = query.where('articles.desk', '=', page.desk);
  const { after } = page;
  if (after !== undefined)
    query = query.where((eb) =>
      eb(eb.refTuple('schedules.publish_at', 'schedules.id'), '>', eb.tuple(after.at, after.id)),
    );
  const rows = await query
    .orderBy('schedules.publish_at')
    .orderBy('schedules.id')
    .limit(page.limit)
    .execute();
  const person = await peopleOf(
    db,
    rows.map((row) => row.created_by),
  );
  return rows.map((row) => ({
    id: row.id,
    article: row.article_id,
    headline: row.headline,
    desk: row.desk,
    revision: row.revision_number,
    latestRevision: row.latest,
    at: row.publish_at,
    state: row.state,
    reason: row.reason,
    by: person(row.created_by),
    firedAt: row.fired_at,
    failure: row.failure,
    lateMs: row.late_ms,
    overdue: row.state === 'waiting' && row.publish_at < page.now,
  }));
}

/** How many schedules should have fired before an instant and have not: something is wrong with the nodes that do jobs. */
export async function overdueSchedules(db: Reader, before: Instant): Promise<{ id: string; at: Instant }[]> {
  const rows = await db
    .selectFrom('schedules')
    .select(['id', 'publish_at'])
    .where('state', '=', 'waiting')
    .where('publish_at', '<', before)
    .orderBy('publish_at')
    .limit(20)
    .execute();
  return rows.map((row) => ({ id: row.id, at: row.publish_at }));
}
