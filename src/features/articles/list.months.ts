import { sql } from 'kysely';
import type { Reader } from '../../storage/db.ts';

export type Placed = { readonly id: string; readonly at: string };
export type TimeColumn = 'updated_at' | 'first_published_at';

/** The month of a time, as the indexes have it: `2026-11`. */
export const monthOf = (column: TimeColumn) => sql<string>`substr(${sql.ref(`articles.${column}`)}, 1, 7)`;

/**
 * The newest of one time among those in a range of the other: no index is in the order of one and narrowed by a range of the other, and in an archive that
 * was imported at once the two run against each other. So each month of the range gives its newest, by an index of its own; the months with the
 * newest first, until no other month can have anything newer than what is found.
 */
export async function pageByMonths(
  db: Reader,
  query: {
    /** What the list is sorted by, newest first, and what its range is of. */
    readonly by: TimeColumn;
    readonly within: TimeColumn;
    /** ISO instants, the second not included. */
    readonly range: readonly [from: string | undefined, to: string | undefined];
    readonly limit: number;
    /** The newest of a month that the other filters let through; with `above` only those that come before it in the list. */
    readonly newest: (month: string, above: Placed | undefined) => Promise<readonly Placed[]>;
  },
): Promise<string[]> {
  const { by, within, limit, newest } = query;
  const [from = '', to = '9'] = query.range;
  const month = monthOf(within);
  // Both indexes hold what was published once; only such articles have both times.
  const there = sql`articles.first_published_at is not null`;
  const { rows } = await sql<{ month: string; newest: string }>`
    with recursive months (month) as (
      select (select max(${month}) from articles where ${there} and ${month} <= ${to.slice(0, 7)})
      union all
      select (select max(${month}) from articles where ${there} and ${month} < months.month and ${month} >= ${from.slice(0, 7)}) from months
      where months.month is not null)
    select months.month, (select max(${sql.ref(`articles.${by}`)}) from articles where ${there} and ${month} = months.month) as newest
    from months where months.month >= ${from.slice(0, 7)}`.execute(db);
  const fullestFirst = rows
    .filter((row) => row.newest !== null)
    .toSorted((a, b) => (a.newest < b.newest ? 1 : -1));
  let found: Placed[] = [];
  for (const each of fullestFirst) {
    const last = found.length < limit ? undefined : found.at(-1);
    if (last !== undefined && each.newest < last.at) break;
    const more = await newest(each.month, last);
    found = [...found, ...more].toSorted(compare).slice(0, limit);
  }
  return found.map(({ id }) => id);
}

function compare(a: Placed, b: Placed): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
