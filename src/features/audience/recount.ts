import type { Clock } from '../../base/clock.ts';
import type { Db, Tx } from '../../storage/db.ts';
import type { Tally } from './recorder.ts';
import {
  addHours,
  addScores,
  addTotals,
  clearCounts,
  compactSlot,
  foldLog,
  forgetLog,
  nextFold,
} from './audience.store.ts';

const HOUR_MS = 3_600_000;
/** So long the log is kept by ten minutes; then the hours are what is left of it. */
export const LOG_HOURS = 48;
/** Scores forget: a fifth of what is this old is left in the longest of them. */
const SCORED_MS = 21 * 24 * HOUR_MS;
const PAGE = 2000;

/** Brings everything that waits in the log into hours, totals and scores. */
export async function foldAll(db: Db, clock: Clock): Promise<number> {
  let folded = 0;
  const waiting = await db.read
    .selectFrom('audience_log')
    .select('seq')
    .where('folded', '=', 0)
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) return 0;
  for (;;) {
    const taken = await db.write((tx) => foldLog(tx, { now: clock.now(), limit: PAGE }));
    folded += taken;
    if (taken < PAGE) return folded;
  }
}

/** Puts finished slots together and lets the old ones go. */
export async function tendLog(db: Db, clock: Clock): Promise<void> {
  const now = Date.parse(clock.now());
  const done = new Date(now - HOUR_MS).toISOString();
  const slots = await db.read
    .selectFrom('audience_log')
    .select('slot')
    .where('slot', '<', done)
    .where('folded', '=', 1)
    .groupBy(['slot', 'kind', 'subject', 'class', 'source'])
    .having((eb) => eb(eb.fn.countAll<number>(), '>', 1))
    .limit(200)
    .execute();
  for (const slot of new Set(slots.map((row) => row.slot))) await db.write((tx) => compactSlot(tx, slot));
  const horizon = hourOf(now - LOG_HOURS * HOUR_MS);
  await db.write((tx) => forgetLog(tx, horizon));
}

function hourOf(ms: number): string {
  return new Date(Math.floor(ms / HOUR_MS) * HOUR_MS).toISOString();
}

/**
 * Makes hours, totals and scores anew from the log and, before its beginning, from the hours. Everything that waits is folded first; all in one
 * transaction, so that nobody sees half of it. Answers with the views of the site.
 */
export async function recountAudience(db: Db, clock: Clock): Promise<number> {
  await foldAll(db, clock);
  return db.write(async (tx) => {
    const now = clock.now();
    const fold = await nextFold(tx, now);
    const first = await tx
      .selectFrom('audience_log')
      .select((eb) => eb.fn.min('slot').as('slot'))
      .where('folded', '=', 1)
      .executeTakeFirst();
    // The first hour of which the log has everything; the log goes by whole hours.
    const since = first?.slot === null || first === undefined ? now : hourOf(Date.parse(first.slot));
    await clearCounts(tx, since);
    const scored = new Date(Date.parse(now) - SCORED_MS).toISOString();
    const read = (rows: readonly Tally[]): { article: string; atMs: number; n: number }[] =>
      rows
        .filter((row) => row.kind === 'article' && row.class === 'people' && row.slot >= scored)
        .map(({ subject, slot, n }) => ({ article: subject, atMs: Date.parse(slot), n }));
    await eachHour(tx, async (rows) => {
      await addTotals(tx, { rows, fold });
      await addScores(tx, { measure: 'read', points: read(rows) });
    });
    let seq = 0;
    for (;;) {
      const rows = await tx
        .selectFrom('audience_log')
        .selectAll()
        .where('seq', '>', seq)
        .where('folded', '=', 1)
        .orderBy('seq')
        .limit(PAGE)
        .execute();
      const last = rows.at(-1);
      if (last === undefined) break;
      seq = last.seq;
      await addHours(tx, rows);
      await addTotals(tx, { rows, fold });
      await addScores(tx, { measure: 'read', points: read(rows) });
    }
    const total = await tx
      .selectFrom('audience_totals')
      .select('people')
      .where('kind', '=', 'site')
      .executeTakeFirst();
    return total?.people ?? 0;
  });
}

/** Hours that are there, by the order of their key. */
async function eachHour(tx: Tx, work: (rows: readonly Tally[]) => Promise<void>): Promise<void> {
  let after: { hour: string; kind: string; subject: string; class: string; source: string } | undefined;
  for (;;) {
    let query = tx
      .selectFrom('audience_hours')
      .selectAll()
      .orderBy('hour')
      .orderBy('kind')
      .orderBy('subject')
      .orderBy('class')
      .orderBy('source')
      .limit(PAGE);
    if (after !== undefined) {
      const at = after;
      query = query.where((eb) =>
        eb(
          eb.refTuple('hour', 'kind', 'subject', 'class', 'source'),
          '>',
          eb.tuple(at.hour, at.kind, at.subject, at.class, at.source) as never,
        ),
      );
    }
    const rows = await query.execute();
    after = rows.at(-1);
    if (after === undefined) return;
    await work(rows.map(({ hour, ...row }) => ({ ...row, slot: hour })));
  }
}
