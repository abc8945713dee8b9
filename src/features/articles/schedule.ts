import { type Instant, toInstant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import type { VersionReason } from '../../contract/article.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { SCHEDULE_CHANGED } from '../../contract/events.ts';
import { type ArticleRow, lockArticles, setWork } from './articles.store.ts';
import { type Press, publish, type Published, type PublishOrder } from './publish.ts';
import { insertSchedule, type ScheduleRow, settleSchedule } from './schedule.store.ts';
import { stageOf } from './stage.ts';

export type ScheduleOrder = {
  readonly articleId: string;
  /** The exact revision that will be published. */
  readonly revision: number;
  /** ISO 8601 with an offset; in the future. */
  readonly at: string;
  readonly by: string | null;
  /** Of a published article: why there will be a new version; `update` when absent. */
  readonly reason?: Exclude<VersionReason, 'kill' | 'takedown'>;
  readonly note?: string;
  readonly severity?: 'minor' | 'major';
  readonly override?: { readonly why: string; readonly checks: readonly string[] };
};

/** Schedules the publication of one exact revision; replaces the schedule that waits, if any. Returns its id. */
export async function schedulePublish(tx: Tx, press: Press, order: ScheduleOrder): Promise<string> {
  const now = press.clock.now();
  const at = toInstant(order.at);
  if (at === undefined)
    throw new Problem(
      'invalid',
      `"${order.at}" is not an instant.`,
      'Give ISO 8601 with an offset, as 2026-01-21T10:30:00+01:00.',
    );
  if (at <= now)
    throw new Problem('invalid', `${at} has passed.`, 'Publish now, or choose a later time.', {
      fields: { '/at': 'is in the past' },
    });
  const row = (await lockArticles(tx, [order.articleId])).get(order.articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${order.articleId}.`);
  if (order.revision < 1 || order.revision > row.revision_number)
    throw new Problem('not-found', `The article has no revision ${order.revision}.`);
  checkReason(row, order);
  const waiting = await waitingOf(tx, row.id);
  if (waiting !== undefined) await settleSchedule(tx, waiting.id, { state: 'cancelled', at: now });
  const stage = stageOf(row);
  const id = newId();
  await insertSchedule(tx, {
    id,
    article_id: row.id,
    revision_number: order.revision,
    publish_at: at,
    state: 'waiting',
    created_by: order.by,
    created_at: now,
    fired_at: null,
    failure: null,
    base_version: row.version_number,
    reason: row.version_number === 0 ? null : (order.reason ?? 'update'),
    note: order.note ?? null,
    severity: order.severity ?? null,
    override:
      order.override === undefined
        ? null
        : toJson({ why: order.override.why, checks: [...order.override.checks] }),
    from_stage: waiting?.from_stage ?? (stage === null || stage === 'scheduled' ? 'draft' : stage),
    late_ms: null,
  });
  await setWork(tx, row, { stage: 'scheduled', now });
  await changed(tx, press, { scheduleId: id, articleId: row.id, state: 'waiting' });
  return id;
}

function checkReason(row: ArticleRow, order: ScheduleOrder): void {
  if (row.state === 'taken_down')
    throw new Problem('conflict', 'The article was taken down for legal cause and stays down.');
  const { reason } = order;
  if (row.version_number === 0 && reason !== undefined && reason !== 'initial')
    throw new Problem('conflict', `An article that was never published cannot have a ${reason}.`);
  if (row.version_number > 0 && reason === 'initial')
    throw new Problem(
      'conflict',
      'The article is published already.',
      'Give a reason: update, correction or clarification.',
    );
  if ((reason === 'correction' || reason === 'clarification') && (order.note ?? '').trim() === '')
    throw new Problem(
      'invalid',
      `A ${reason} needs a note that tells readers what changed.`,
      'Give a note.',
      {
        fields: { '/note': 'may not be empty' },
      },
    );
}

/** Takes a waiting schedule back; the work stands again where it stood before. */
export async function cancelSchedule(tx: Tx, press: Press, order: { articleId: string }): Promise<void> {
  const row = (await lockArticles(tx, [order.articleId])).get(order.articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${order.articleId}.`);
  const now = press.clock.now();
  const waiting = await waitingOf(tx, row.id);
  if (waiting === undefined || !(await settleSchedule(tx, waiting.id, { state: 'cancelled', at: now })))
    throw new Problem('conflict', 'The article has no schedule that waits.');
  await setWork(tx, row, { stage: waiting.from_stage, now });
  await changed(tx, press, { scheduleId: waiting.id, articleId: row.id, state: 'cancelled' });
}

/** Lets go of a schedule that a publication by hand has overtaken, if there is one. */
export async function dropSchedule(tx: Tx, press: Press, articleId: string): Promise<void> {
  const waiting = await waitingOf(tx, articleId);
  if (waiting === undefined) return;
  await settleSchedule(tx, waiting.id, { state: 'cancelled', at: press.clock.now() });
  await changed(tx, press, { scheduleId: waiting.id, articleId, state: 'cancelled' });
}

async function waitingOf(tx: Tx, articleId: string): Promise<ScheduleRow | undefined> {
  return tx
    .selectFrom('schedules')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
}

async function changed(
  tx: Tx,
  press: Press,
  payload: { scheduleId: string; articleId: string; state: ScheduleRow['state'] },
): Promise<void> {
  await appendEvents(press.db, tx, [{ topic: SCHEDULE_CHANGED, payload }]);
}

export type Fired = {
  readonly schedule: ScheduleRow;
  readonly published?: Published;
  readonly failure?: string;
  readonly lateMs: number;
};

/**
 * Publishes what is due. Each schedule's state moves in the transaction of its publish, so on any number of nodes, with any of them
 * dying at any moment, it fires exactly once. What cannot be published is marked failed with the reason and its work goes back to
 * where it stood.
 */
export async function fireDueSchedules(db: Db, press: Press): Promise<Fired[]> {
  const now = press.clock.now();
  const due = await db.read
    .selectFrom('schedules')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('publish_at', '<=', now)
    .orderBy('publish_at')
    .limit(100)
    .execute();
  const fired: Fired[] = [];
  for (const schedule of due) {
    const lateMs = Date.parse(now) - Date.parse(schedule.publish_at);
    try {
      const published = await db.write((tx) => fire(tx, press, { schedule, now, lateMs }));
      if (published !== undefined) fired.push({ schedule, published, lateMs });
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.kind === 'storage-full' || cause.kind === 'unavailable')
        throw cause;
      const failure = cause.line;
      await db.write(async (tx) => {
        if (!(await settleSchedule(tx, schedule.id, { state: 'failed', at: now, failure, lateMs }))) return;
        const row = (await lockArticles(tx, [schedule.article_id])).get(schedule.article_id);
        if (row !== undefined) await setWork(tx, row, { stage: schedule.from_stage, now });
        await changed(tx, press, {
          scheduleId: schedule.id,
          articleId: schedule.article_id,
          state: 'failed',
        });
        fired.push({ schedule, failure, lateMs });
      });
    }
  }
  return fired;
}

async function fire(
  tx: Tx,
  press: Press,
  { schedule, now, lateMs }: { schedule: ScheduleRow; now: Instant; lateMs: number },
): Promise<Published | undefined> {
  const article = (await lockArticles(tx, [schedule.article_id])).get(schedule.article_id);
  // Published by hand in the meantime: an older revision must not come over it.
  const overtaken = article !== undefined && article.version_number !== schedule.base_version;
  const state = overtaken ? ('cancelled' as const) : ('fired' as const);
  if (!(await settleSchedule(tx, schedule.id, { state, at: now, lateMs }))) return undefined;
  await changed(tx, press, { scheduleId: schedule.id, articleId: schedule.article_id, state });
  if (overtaken) return undefined;
  const [result] = await publish(tx, press, [orderOf(schedule)]);
  return result;
}

function orderOf(schedule: ScheduleRow): PublishOrder {
  const { reason, note, severity, override } = schedule;
  return {
    articleId: schedule.article_id,
    revision: schedule.revision_number,
    by: schedule.created_by,
    ...(reason === null ? {} : { reason }),
    ...(note === null ? {} : { note }),
    ...(severity === null ? {} : { severity }),
    ...(override === null
      ? {}
      : { override: fromJson<{ why: string; checks: string[] }>(override as string) }),
  };
}
