import type { Instant } from '../../base/clock.ts';
import type { Db } from '../db.ts';
import { appliedMigrations, unknownMigrations } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { latestSeq } from '../outbox.ts';
import { broken, type Finding, ok, warning } from './finding.ts';

const LATE_MS = 10 * 60_000;
const CLOCK_MS = 5000;

/** Looks at the database itself, at the outbox's followers and at the jobs. */
export async function examineDatabase(db: Db, now: Instant): Promise<Finding[]> {
  return [
    ok('database', await db.dialect.describe()),
    ...(await settings(db)),
    await integrity(db),
    await clock(db),
    ...(await tables(db, now)),
  ];
}

async function settings(db: Db): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const { name, value, wanted } of await db.dialect.settings()) {
    if (value === wanted) continue;
    out.push(
      broken('database settings', {
        message: `${name} is ${value}`,
        todo: `Set it to ${wanted}: otherwise a power cut loses what was acknowledged, or text is lost.`,
      }),
    );
  }
  return out.length > 0 ? out : [ok('database settings', 'nothing acknowledged is lost in a power cut')];
}

async function integrity(db: Db): Promise<Finding> {
  const faults = await db.dialect.integrityFaults();
  if (faults.length === 0) return ok('integrity', 'the database finds itself whole');
  return broken('integrity', {
    message: `${faults.length} faults, the first: ${faults[0]}`,
    todo: 'Stop the service, keep a copy of the data as they are, and restore the latest good backup.',
  });
}

async function clock(db: Db): Promise<Finding> {
  const before = Date.now();
  const server = Date.parse(await db.dialect.serverTime());
  const off = Math.round(Math.abs(server - (before + Date.now()) / 2));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (off <= CLOCK_MS)
    return ok('clock', `${new Date(before).toISOString()}, the system's time zone is ${zone}`);
  return broken('clock', {
    message: `this machine's clock and the database's differ by ${(off / 1000).toFixed(1)} s`,
    todo: 'Run a time service (chrony, systemd-timesyncd) on both.',
  });
}

async function tables(db: Db, now: Instant): Promise<Finding[]> {
  let applied: string[];
  try {
    applied = await appliedMigrations(db.read);
  } catch {
    return [
      broken('migrations', { message: 'the database has no tables yet', todo: 'Start dateline serve once.' }),
    ];
  }
  const unknown = unknownMigrations(applied);
  if (unknown.length > 0) {
    const message = `the database has ${unknown.at(-1)}, which this version does not know`;
    return [broken('migrations', { message, todo: 'Run the newer version of Dateline.' })];
  }
  const missing = migrations.filter((migration) => !applied.includes(migration.name));
  if (missing.length > 0) {
    const message = `${missing.length} still to be applied, from ${missing[0]?.name}`;
    return [warning('migrations', { message, todo: 'Start dateline serve once: it applies them.' })];
  }
  return [
    ok('migrations', `all ${applied.length} applied`),
    ...(await outbox(db, now)),
    ...(await jobs(db, now)),
  ];
}

async function outbox(db: Db, now: Instant): Promise<Finding[]> {
  const newest = await latestSeq(db.read);
  const positions = await db.read.selectFrom('outbox_positions').select(['subscriber', 'seq']).execute();
  const late: Finding[] = [];
  for (const { subscriber, seq } of positions) {
    if (seq >= newest) continue;
    const oldest = await db.read
      .selectFrom('outbox')
      .select('created_at')
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined || Date.parse(now) - Date.parse(oldest.created_at) < LATE_MS) continue;
    late.push(
      warning('outbox', {
        message: `${subscriber} has ${newest - seq} events to handle, the oldest of ${oldest.created_at}`,
        todo: 'See that a node with --role=jobs or all runs, and look into its log for this name.',
      }),
    );
  }
  return late.length > 0 ? late : [ok('outbox', `${newest} events, nobody is behind`)];
}

async function jobs(db: Db, now: Instant): Promise<Finding[]> {
  const past = new Date(Date.parse(now) - LATE_MS).toISOString();
  const failed = await db.read
    .selectFrom('jobs')
    .select((eb) => ['queue', eb.fn.countAll<number>().as('count'), eb.fn.max('last_error').as('error')])
    .where('state', '=', 'failed')
    .groupBy('queue')
    .execute();
  const stuck = await db.read
    .selectFrom('jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb('run_at', '<', past)]),
        eb.and([eb('state', '=', 'running'), eb('lease_until', '<', past)]),
      ]),
    )
    .executeTakeFirst();
  const out = failed.map(({ queue, count, error }) =>
    warning('jobs', {
      message: `${Number(count)} failed in ${queue}: ${(error ?? '').split('\n')[0]}`,
      todo: 'Mend the cause; failed jobs are kept with their error.',
    }),
  );
  if (Number(stuck?.count ?? 0) > 0) {
    const message = `${Number(stuck?.count)} have been due for more than ten minutes`;
    out.push(broken('jobs', { message, todo: 'See that a node with --role=jobs or all runs.' }));
  }
  return out.length > 0 ? out : [ok('jobs', 'none stuck, none failed')];
}
