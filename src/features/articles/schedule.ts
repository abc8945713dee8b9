import { type Instant, toInstant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { lockArticles, updateArticle } from './articles.store.ts';
import { type Press, publish, type Published } from './publish.ts';
import { insertSchedule, type ScheduleRow, settleSchedule } from './schedule.store.ts';

export type ScheduleOrder = {
  readonly articleId: string;
  /** The exact revision that will be published. */
  readonly revision: number;
  /** ISO 8601 with an offset; in the future. */
  readonly at: string;
  readonly by: string | null;
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
  if (row.version_number > 0)
    throw new Problem('conflict', 'The article is published already; a schedule is for a first publication.');
  await cancelWaiting(tx, row.id, now);
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
  });
  await updateArticle(tx, row.id, { state: 'scheduled', updated_at: now });
  return id;
}

/** Takes a waiting schedule back; the article is a draft again. */
export async function cancelSchedule(tx: Tx, press: Press, order: { articleId: string }): Promise<void> {
  const row = (await lockArticles(tx, [order.articleId])).get(order.articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${order.articleId}.`);
  const now = press.clock.now();
  if (!(await cancelWaiting(tx, row.id, now)))
    throw new Problem('conflict', 'The article has no schedule that waits.');
  // A published article that still had a schedule stays published.
  if (row.version_number === 0) await updateArticle(tx, row.id, { state: 'draft', updated_at: now });
}

/** Lets go of a schedule that a publication by hand has overtaken, if there is one. */
export async function dropSchedule(tx: Tx, press: Press, articleId: string): Promise<void> {
  await cancelWaiting(tx, articleId, press.clock.now());
}

async function cancelWaiting(tx: Tx, articleId: string, now: Instant): Promise<boolean> {
  const waiting = await tx
    .selectFrom('schedules')
    .select('id')
    .where('article_id', '=', articleId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return waiting !== undefined && (await settleSchedule(tx, waiting.id, { state: 'cancelled', at: now }));
}

export type Fired = {
  readonly schedule: ScheduleRow;
  readonly published?: Published;
  readonly failure?: string;
  readonly lateMs: number;
};

/**
 * Publishes whatever is due, each in a transaction of its own that first takes the schedule: on any number of nodes each fires once.
 * One that cannot be published is marked failed with the reason and its article goes back to draft.
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
      const published = await db.write(async (tx) => {
        const article = (await lockArticles(tx, [schedule.article_id])).get(schedule.article_id);
        // Published by hand in the meantime: an older revision must not come over it.
        const overtaken = article !== undefined && article.version_number > 0;
        const settled = { state: overtaken ? ('cancelled' as const) : ('fired' as const), at: now };
        if (!(await settleSchedule(tx, schedule.id, settled)) || overtaken) return undefined;
        const [result] = await publish(tx, press, [
          { articleId: schedule.article_id, revision: schedule.revision_number, by: schedule.created_by },
        ]);
        return result;
      });
      if (published !== undefined) fired.push({ schedule, published, lateMs });
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.kind === 'storage-full' || cause.kind === 'unavailable')
        throw cause;
      await db.write(async (tx) => {
        if (!(await settleSchedule(tx, schedule.id, { state: 'failed', at: now, failure: cause.line })))
          return;
        await updateArticle(tx, schedule.article_id, { state: 'draft', updated_at: now });
        fired.push({ schedule, failure: cause.line, lateMs });
      });
    }
  }
  return fired;
}
