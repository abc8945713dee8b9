import type { TransparencyFigures } from '../../contract/moderation-answers.ts';
import type { Reader } from '../../storage/db.ts';

export type Period = {
  /** A day, `2026-01-01`. */ readonly from: string;
  /** The day after the last. */ readonly to: string;
};

const RESTRICTS = ['hold', 'reject', 'remove', 'ban', 'suspend'];

/** The figures of a period for the reports of Art. 15 and 24 of Regulation (EU) 2022/2065, counted from the decisions themselves. */
export async function transparency(db: Reader, { from, to }: Period): Promise<TransparencyFigures> {
  const grouped = await db
    .selectFrom('moderation_decisions')
    .select(['action', 'automated', 'detected', 'standard_paragraph', (eb) => eb.fn.countAll().as('count')])
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .groupBy(['action', 'automated', 'detected', 'standard_paragraph'])
    .execute();
  const byLaw = await db
    .selectFrom('moderation_decisions')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('legal_ground', 'is not', null)
    .where('action', 'in', RESTRICTS)
    .executeTakeFirst();
  const rows = grouped.map((row) => ({ ...row, count: Number(row.count) }));
  // What lets a comment pass without anybody looking is no decision on it.
  const counted = rows.filter((row) => row.automated === 0 || row.action !== 'publish');
  const restricting = counted.filter((row) => RESTRICTS.includes(row.action));
  const law = Number(byLaw?.count ?? 0);
  const ground = countBy(restricting, (row) => row.standard_paragraph ?? undefined);
  return {
    from,
    to,
    comments: sum(rows.filter((row) => row.automated === 1 && row.detected === 'rule')),
    decisions: {
      total: sum(counted),
      automated: sum(counted.filter((row) => row.automated === 1)),
      byPerson: sum(counted.filter((row) => row.automated === 0)),
      byAction: countBy(counted, (row) => row.action),
      byGround: law === 0 ? ground : { ...ground, law },
      byDetection: countBy(restricting, (row) => row.detected),
      automatedOverturned: await overturned(db, { from, to }),
      medianSeconds: median(
        await delays(db, { from, to }, ['publish', 'reject', 'remove', 'hold', 'restore'], 'hand'),
      ),
    },
    reports: await reports(db, { from, to }),
    notices: await notices(db, { from, to }),
    appeals: await appeals(db, { from, to }),
    sanctions: {
      bans: sum(rows.filter((row) => row.action === 'ban')),
      suspensions: sum(rows.filter((row) => row.action === 'suspend')),
      lifted: sum(rows.filter((row) => row.action === 'lift')),
    },
  };
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}

function countBy<R extends { readonly count: number }>(
  rows: readonly R[],
  key: (row: R) => string | undefined,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const name = key(row);
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + row.count;
  }
  return counts;
}

/** Automatic restrictions that a person turned round: shown after a hold does not count, that is what holding is for. */
async function overturned(db: Reader, { from, to }: Period): Promise<number> {
  const row = await db
    .selectFrom('moderation_decisions as later')
    .innerJoin('moderation_decisions as first', 'first.id', 'later.undoes')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('later.created_at', '>=', from)
    .where('later.created_at', '<', to)
    .where('first.automated', '=', 1)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

async function delays(
  db: Reader,
  { from, to }: Period,
  actions: readonly string[],
  phase: string,
): Promise<number[]> {
  const rows = await db
    .selectFrom('moderation_decisions')
    .select('delay_seconds')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('automated', '=', 0)
    .where('phase', '=', phase)
    .where('action', 'in', actions)
    .where('delay_seconds', 'is not', null)
    .execute();
  return rows.map((row) => Number(row.delay_seconds));
}

/** The middle value; the mean of the two middle ones. Null of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

async function reports(db: Reader, { from, to }: Period): Promise<TransparencyFigures['reports']> {
  const rows = (
    await db
      .selectFrom('moderation_reports')
      .select(['category', 'state', (eb) => eb.fn.countAll().as('count')])
      .where('created_at', '>=', from)
      .where('created_at', '<', to)
      .groupBy(['category', 'state'])
      .execute()
  ).map((row) => ({ ...row, count: Number(row.count) }));
  return {
    total: sum(rows),
    byCategory: countBy(rows, (row) => row.category),
    upheld: sum(rows.filter((row) => row.state === 'upheld')),
    dismissed: sum(rows.filter((row) => row.state === 'dismissed')),
  };
}

async function notices(db: Reader, { from, to }: Period): Promise<TransparencyFigures['notices']> {
  const rows = await db
    .selectFrom('moderation_notices')
    .select(['category', 'state', 'created_at', 'decided_at'])
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .execute();
  const counted = rows.map((row) => ({ ...row, count: 1 }));
  return {
    total: rows.length,
    byCategory: countBy(counted, (row) => row.category),
    acted: sum(counted.filter((row) => row.state === 'acted')),
    dismissed: sum(counted.filter((row) => row.state === 'dismissed')),
    medianSeconds: median(secondsOf(rows)),
  };
}

function secondsOf(
  rows: readonly { readonly created_at: string; readonly decided_at: string | null }[],
): number[] {
  return rows.flatMap((row) =>
    row.decided_at === null
      ? []
      : [Math.round((Date.parse(row.decided_at) - Date.parse(row.created_at)) / 1000)],
  );
}

async function appeals(db: Reader, { from, to }: Period): Promise<TransparencyFigures['appeals']> {
  const rows = await db
    .selectFrom('moderation_appeals')
    .select(['state', 'created_at', 'decided_at'])
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .execute();
  const of = (state: string): number => rows.filter((row) => row.state === state).length;
  return {
    total: rows.length,
    upheld: of('upheld'),
    overturned: of('overturned'),
    open: of('open'),
    medianSeconds: median(secondsOf(rows)),
  };
}

/** The figures as comma-separated values (RFC 4180): one figure a line. */
export function transparencyCsv(figures: TransparencyFigures): string {
  const lines: string[] = ['figure,key,value'];
  const add = (name: string, key: string, value: string | number | null): void => {
    const field = (text: string): string => {
      // A spreadsheet must not take a name for a formula.
      const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    lines.push([field(name), field(key), value === null ? '' : field(String(value))].join(','));
  };
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value !== 'object') add(name, '', value);
    else
      for (const [part, inner] of Object.entries(value)) {
        if (typeof inner === 'object' && inner !== null)
          for (const [key, count] of Object.entries(inner)) add(`${name}.${part}`, key, count);
        else add(`${name}.${part}`, '', inner);
      }
  }
  return `${lines.join('\r\n')}\r\n`;
}
