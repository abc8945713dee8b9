import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';

export type SectionView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly position: number;
  readonly listed: boolean;
  readonly articleCount: number;
  readonly rowVersion: number;
};

export type AuthorView = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly bio: string;
  readonly roleTitle: string;
  readonly guest: boolean;
  readonly asset: string | null;
  readonly articleCount: number;
  readonly rowVersion: number;
};

/** All sections in the order of the menu. */
export async function allSections(db: Reader): Promise<SectionView[]> {
  const rows = await db.selectFrom('sections').selectAll().orderBy('position').orderBy('name').execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    names: fromJson<Record<string, string>>(row.names as string),
    description: row.description,
    position: row.position,
    listed: row.listed === 1,
    articleCount: row.article_count,
    rowVersion: row.row_version,
  }));
}

export async function authorBySlug(db: Reader, slug: string): Promise<AuthorView | undefined> {
  const row = await db.selectFrom('authors').selectAll().where('slug', '=', slug).executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        slug: row.slug,
        name: row.name,
        names: fromJson<Record<string, string>>(row.names as string),
        bio: row.bio,
        roleTitle: row.role_title,
        guest: row.guest === 1,
        asset: row.asset_id,
        articleCount: row.article_count,
        rowVersion: row.row_version,
      };
}

/** The archive's days with stories in a month (`2015-01`), and the nearest days before and after a day. */
export async function archiveMonth(db: Reader, month: string): Promise<{ day: string; count: number }[]> {
  const rows = await db
    .selectFrom('archive_days')
    .selectAll()
    .where('archive_day', '>=', `${month}-01`)
    .where('archive_day', '<=', `${month}-31`)
    .orderBy('archive_day')
    .execute();
  return rows.map((row) => ({ day: row.archive_day, count: row.article_count }));
}

export async function archiveNeighbours(
  db: Reader,
  day: string,
): Promise<{ previous?: string; next?: string }> {
  const previous = await db
    .selectFrom('archive_days')
    .select('archive_day')
    .where('archive_day', '<', day)
    .orderBy('archive_day', 'desc')
    .executeTakeFirst();
  const next = await db
    .selectFrom('archive_days')
    .select('archive_day')
    .where('archive_day', '>', day)
    .orderBy('archive_day')
    .executeTakeFirst();
  return {
    ...(previous === undefined ? {} : { previous: previous.archive_day }),
    ...(next === undefined ? {} : { next: next.archive_day }),
  };
}
