import type { Insertable } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { toJson } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';
import type { AudienceTables } from '../../storage/tables/audience.ts';
import type { Tally } from './recorder.ts';
import { addToScore, type Measure, type Period, periods } from './scores.ts';

const FOLD = 'fold';
/** How far the scores of what is discussed are in the outbox. */
export const SHELVES = 'audience shelves';
const BATCH = 200;

function* batches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}

/** Appends to the log; what is the same in it becomes one row. */
export async function insertLog(tx: Tx, tallies: readonly Tally[]): Promise<void> {
  for (const batch of batches(merged(tallies)))
    await tx
      .insertInto('audience_log')
      .values(
        batch.map(({ slot, kind, subject, class: of, source, n }) => ({
          slot,
          kind,
          subject,
          class: of,
          source,
          n,
        })),
      )
      .execute();
}

function merged(tallies: readonly Tally[]): Tally[] {
  const found = new Map<string, Tally>();
  for (const tally of tallies) {
    const key = [tally.slot, tally.kind, tally.subject, tally.class, tally.source].join(' ');
    const known = found.get(key);
    found.set(key, known === undefined ? tally : { ...tally, n: known.n + tally.n });
  }
  return [...found.values()];
}

/** How many lines of a journal are in the log. */
export async function spoolPosition(tx: Tx, spool: string): Promise<number> {
  const row = await tx
    .selectFrom('audience_spools')
    .select('position')
    .where('spool', '=', spool)
    .executeTakeFirst();
  return row?.position ?? 0;
}

export async function moveSpool(
  tx: Tx,
  { spool, to, now }: { spool: string; to: number; now: Instant },
): Promise<void> {
  await tx
    .insertInto('audience_spools')
    .values({ spool, position: to, updated_at: now })
    .onConflict((oc) => oc.column('spool').doUpdateSet({ position: to, updated_at: now }))
    .execute();
}

/** Begins a fold: whoever folds waits here for who does, and gets the number of this fold. */
async function beginFold(tx: Tx, now: Instant): Promise<number> {
  const row = await tx
    .insertInto('audience_spools')
    .values({ spool: FOLD, position: 1, updated_at: now })
    .onConflict((oc) =>
      oc
        .column('spool')
        .doUpdateSet((eb) => ({ position: eb('audience_spools.position', '+', 1), updated_at: now })),
    )
    .returning('position')
    .executeTakeFirstOrThrow();
  return row.position;
}

/**
 * Brings rows of the log that are not there yet into hours, totals and scores; how many rows. Each row is taken by the transaction that marks it, so
 * that each counts once, however many nodes fold.
 */
export async function foldLog(tx: Tx, { now, limit }: { now: Instant; limit: number }): Promise<number> {
  const fold = await beginFold(tx, now);
  const rows = await tx
    .updateTable('audience_log')
    .set({ folded: 1 })
    .where('folded', '=', 0)
    .where('seq', 'in', (eb) =>
      eb.selectFrom('audience_log').select('seq').where('folded', '=', 0).orderBy('seq').limit(limit),
    )
    .returning(['slot', 'kind', 'subject', 'class', 'source', 'n'])
    .execute();
  if (rows.length === 0) return 0;
  await addHours(tx, rows);
  await addTotals(tx, { rows, fold });
  const read = rows.filter((row) => row.kind === 'article' && row.class === 'people');
  await addScores(tx, {
    measure: 'read',
    points: read.map(({ subject, slot, n }) => ({ article: subject, atMs: Date.parse(slot), n })),
  });
  return rows.length;
}

export async function addHours(tx: Tx, tallies: readonly Tally[]): Promise<void> {
  const hours = merged(tallies.map((tally) => ({ ...tally, slot: `${tally.slot.slice(0, 13)}:00:00.000Z` })));
  for (const batch of batches(hours))
    await tx
      .insertInto('audience_hours')
      .values(
        batch.map(({ slot, kind, subject, class: of, source, n }) => ({
          hour: slot,
          kind,
          subject,
          class: of,
          source,
          n,
        })),
      )
      .onConflict((oc) =>
        oc
          .columns(['kind', 'subject', 'hour', 'class', 'source'])
          .doUpdateSet((eb) => ({ n: eb('audience_hours.n', '+', eb.ref('excluded.n')) })),
      )
      .execute();
}

type Totals = Insertable<AudienceTables['audience_totals']> & Record<Tally['class'], number>;

export async function addTotals(
  tx: Tx,
  { rows, fold }: { rows: readonly Tally[]; fold: number },
): Promise<void> {
  const totals = new Map<string, Totals>();
  for (const { kind, subject, class: of, n } of rows) {
    const key = `${kind} ${subject}`;
    const known = totals.get(key) ?? {
      kind,
      subject,
      people: 0,
      repeats: 0,
      previews: 0,
      bots: 0,
      excess: 0,
      fold,
    };
    known[of] += n;
    totals.set(key, known);
  }
  for (const batch of batches([...totals.values()]))
    await tx
      .insertInto('audience_totals')
      .values(batch)
      .onConflict((oc) =>
        oc.columns(['kind', 'subject']).doUpdateSet((eb) => ({
          people: eb('audience_totals.people', '+', eb.ref('excluded.people')),
          repeats: eb('audience_totals.repeats', '+', eb.ref('excluded.repeats')),
          previews: eb('audience_totals.previews', '+', eb.ref('excluded.previews')),
          bots: eb('audience_totals.bots', '+', eb.ref('excluded.bots')),
          excess: eb('audience_totals.excess', '+', eb.ref('excluded.excess')),
          fold,
        })),
      )
      .execute();
}

export type Point = { readonly article: string; readonly atMs: number; readonly n: number };

/** Adds to the decaying scores of published stories; others have none. */
export async function addScores(
  tx: Tx,
  { measure, points }: { measure: Measure; points: readonly Point[] },
): Promise<void> {
  const byArticle = new Map<string, Point[]>();
  for (const point of points) byArticle.set(point.article, [...(byArticle.get(point.article) ?? []), point]);
  for (const ids of batches([...byArticle.keys()])) {
    const stories = await tx
      .selectFrom('published_articles')
      .select(['article_id', 'edition', 'section_id'])
      .where('article_id', 'in', ids)
      .where('kind', '=', 'article')
      .execute();
    const known = await tx
      .selectFrom('audience_scores')
      .selectAll()
      .where('measure', '=', measure)
      .where('article_id', 'in', ids)
      .execute();
    const scores = new Map(known.map((row) => [`${row.article_id} ${row.period}`, row.score]));
    const rows: Insertable<AudienceTables['audience_scores']>[] = [];
    for (const story of stories)
      for (const period of periods) {
        let score = scores.get(`${story.article_id} ${period}`);
        for (const { atMs, n } of byArticle.get(story.article_id) ?? [])
          score = addToScore(score, { period, atMs, n });
        if (score !== undefined) rows.push({ ...story, measure, period, score });
        else await dropScore(tx, { article: story.article_id, measure, period });
      }
    if (rows.length === 0) continue;
    await tx
      .insertInto('audience_scores')
      .values(rows)
      .onConflict((oc) =>
        oc
          .columns(['article_id', 'measure', 'period'])
          .doUpdateSet((eb) => ({ score: eb.ref('excluded.score') })),
      )
      .execute();
  }
}

async function dropScore(tx: Tx, at: { article: string; measure: Measure; period: Period }): Promise<void> {
  await tx
    .deleteFrom('audience_scores')
    .where('article_id', '=', at.article)
    .where('measure', '=', at.measure)
    .where('period', '=', at.period)
    .execute();
}

/** A story has moved to another section or edition: its scores are listed there. */
export async function shelve(
  tx: Tx,
  story: { article: string; edition: string; section: string | null },
): Promise<void> {
  await tx
    .updateTable('audience_scores')
    .set({ edition: story.edition, section_id: story.section })
    .where('article_id', '=', story.article)
    .execute();
}

/** Puts the rows of a slot that are folded together; one row a thing is left. Slots of the last hour stay as they are. */
export async function compactSlot(tx: Tx, slot: Instant): Promise<void> {
  const rows = await tx
    .deleteFrom('audience_log')
    .where('slot', '=', slot)
    .where('folded', '=', 1)
    .returningAll()
    .execute();
  for (const batch of batches(merged(rows)))
    await tx
      .insertInto('audience_log')
      .values(
        batch.map(({ kind, subject, class: of, source, n }) => ({
          slot,
          kind,
          subject,
          class: of,
          source,
          n,
          folded: 1,
        })),
      )
      .execute();
}

/** Lets rows of the log before an hour go: the hours have them. */
export async function forgetLog(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('audience_log').where('slot', '<', before).where('folded', '=', 1).execute();
  await tx
    .deleteFrom('audience_spools')
    .where('spool', 'not in', [FOLD, SHELVES])
    .where('updated_at', '<', before)
    .execute();
}

/** Empties what is made of the log: hours from `since` on, totals, and the scores of what was read. */
export async function clearCounts(tx: Tx, since: Instant): Promise<void> {
  await tx.deleteFrom('audience_hours').where('hour', '>=', since).execute();
  await tx.deleteFrom('audience_totals').execute();
  await tx.deleteFrom('audience_scores').where('measure', '=', 'read').execute();
}

export async function nextFold(tx: Tx, now: Instant): Promise<number> {
  return beginFold(tx, now);
}

export async function saveReaders(
  tx: Tx,
  row: { node: string; now: Instant; readers: Readonly<Record<string, number>> },
): Promise<void> {
  const values = { seen_at: row.now, readers: toJson(row.readers) };
  await tx
    .insertInto('audience_nodes')
    .values({ node: row.node, ...values })
    .onConflict((oc) => oc.column('node').doUpdateSet(values))
    .execute();
}

export async function forgetNode(tx: Tx, { node, before }: { node: string; before: Instant }): Promise<void> {
  await tx
    .deleteFrom('audience_nodes')
    .where((eb) => eb.or([eb('node', '=', node), eb('seen_at', '<', before)]))
    .execute();
}
