import { fromJson } from '../../base/json.ts';
import type { Selectable } from 'kysely';
import type { Reader } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';

export type StorylineView = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly language: string;
  readonly closed: boolean;
  readonly position: number;
  /** Published articles in it at this moment. */
  readonly count: number;
  readonly latestAt: string | null;
  readonly rowVersion: number;
  /** The article that stands first on its page, until when. */
  readonly pinned?: { readonly article: string; readonly until: string | null };
};

function toView(row: Selectable<Tables['storylines']>): StorylineView {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    titles: fromJson<Record<string, string>>(row.titles as string),
    description: row.description,
    descriptions: fromJson<Record<string, string>>(row.descriptions as string),
    language: row.language,
    closed: row.state === 'closed',
    position: row.position,
    count: row.article_count,
    latestAt: row.latest_at,
    rowVersion: row.row_version,
    ...(row.pinned_article === null
      ? {}
      : { pinned: { article: row.pinned_article, until: row.pinned_until } }),
  };
}

/** The storyline of a slug; of one that has become part of another, that other: its slug is not the one that was asked for. */
export async function storylineBySlug(db: Reader, slug: string): Promise<StorylineView | undefined> {
  const row = await db.selectFrom('storylines').selectAll().where('slug', '=', slug).executeTakeFirst();
  if (row === undefined || row.merged_into === null) return row === undefined ? undefined : toView(row);
  return (await storylinesById(db, [row.merged_into])).get(row.merged_into);
}

/** Storylines by the ids that were asked for; one that has become part of another stands as that other. */
export async function storylinesById(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, StorylineView>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('storylines')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  const merged = [...new Set(rows.map((row) => row.merged_into).filter((id) => id !== null))];
  const others =
    merged.length === 0
      ? []
      : await db.selectFrom('storylines').selectAll().where('id', 'in', merged).execute();
  const byId = new Map([...rows, ...others].map((row) => [row.id, row]));
  return new Map(rows.map((row) => [row.id, toView(byId.get(row.merged_into ?? row.id) ?? row)]));
}

/** The open storylines: those that editors have put first, in their order, then those that moved last. */
export async function activeStorylines(db: Reader, limit: number): Promise<StorylineView[]> {
  const open = db
    .selectFrom('storylines')
    .selectAll()
    .where('state', '=', 'open')
    .where('latest_at', 'is not', null)
    .limit(limit);
  const first = await open
    .where('position', '>', 0)
    .orderBy('position')
    .orderBy('latest_at', 'desc')
    .execute();
  const moved = first.length >= limit ? [] : await open.orderBy('latest_at', 'desc').execute();
  const rest = moved.filter((row) => !first.some((known) => known.id === row.id));
  return [...first, ...rest].slice(0, limit).map(toView);
}

export type FactView = {
  readonly date: string;
  readonly text: string;
  /** Where it is told; absent for a fact of the editors' own. */
  readonly path?: string;
};

/** The facts that editors have confirmed, in their order. What a withdrawn article said is withdrawn with it. */
export async function timelineOf(db: Reader, storylineId: string, limit: number): Promise<FactView[]> {
  const rows = await db
    .selectFrom('timeline_entries')
    .leftJoin('published_articles', 'published_articles.article_id', 'timeline_entries.article_id')
    .select(['fact_date', 'fact_text', 'published_articles.path'])
    .where('storyline_id', '=', storylineId)
    .where('state', '=', 'confirmed')
    .where((eb) => eb.or([eb('timeline_entries.article_id', 'is', null), eb('visibility', '=', 'live')]))
    .orderBy('position', 'desc')
    .orderBy('timeline_entries.id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map((row) => ({
    date: row.fact_date,
    text: row.fact_text,
    ...(row.path === null ? {} : { path: row.path }),
  }));
}

/** The first and last publication of a storyline. */
export async function spanOf(db: Reader, storylineId: string): Promise<{ since?: string; until?: string }> {
  const row = await db
    .selectFrom('storyline_articles')
    .select((eb) => [eb.fn.min('published_at').as('since'), eb.fn.max('published_at').as('until')])
    .where('storyline_id', '=', storylineId)
    .executeTakeFirst();
  return { ...(row?.since ? { since: row.since } : {}), ...(row?.until ? { until: row.until } : {}) };
}
