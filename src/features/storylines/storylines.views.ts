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
  readonly language: string;
  readonly closed: boolean;
  readonly position: number;
  /** Published articles in it at this moment. */
  readonly count: number;
  readonly latestAt: string | null;
  readonly rowVersion: number;
};

function toView(row: Selectable<Tables['storylines']>): StorylineView {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    titles: fromJson<Record<string, string>>(row.titles as string),
    description: row.description,
    language: row.language,
    closed: row.state === 'closed',
    position: row.position,
    count: row.article_count,
    latestAt: row.latest_at,
    rowVersion: row.row_version,
  };
}

export async function storylineBySlug(db: Reader, slug: string): Promise<StorylineView | undefined> {
  const row = await db.selectFrom('storylines').selectAll().where('slug', '=', slug).executeTakeFirst();
  return row === undefined ? undefined : toView(row);
}

/** Storylines by id, whatever their order. */
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
  return new Map(rows.map((row) => [row.id, toView(row)]));
}

/** The open storylines that moved last. */
export async function activeStorylines(db: Reader, limit: number): Promise<StorylineView[]> {
  const rows = await db
    .selectFrom('storylines')
    .selectAll()
    .where('state', '=', 'open')
    .where('latest_at', 'is not', null)
    .orderBy('latest_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toView);
}

export type FactView = {
  readonly date: string;
  readonly text: string;
  readonly articleId: string;
  readonly path: string;
};

/** The dated facts of a storyline's live articles, oldest first; the same fact told twice is shown once. */
export async function timelineOf(db: Reader, storylineId: string, limit: number): Promise<FactView[]> {
  const rows = await db
    .selectFrom('storyline_facts')
    .innerJoin('published_articles', 'published_articles.article_id', 'storyline_facts.article_id')
    .select(['fact_date', 'fact_text', 'storyline_facts.article_id', 'published_articles.path'])
    .where('storyline_id', '=', storylineId)
    .orderBy('fact_date', 'desc')
    .orderBy('storyline_facts.id', 'desc')
    .limit(limit * 2)
    .execute();
  const seen = new Set<string>();
  const facts: FactView[] = [];
  for (const row of rows) {
    const key = `${row.fact_date} ${row.fact_text.toLowerCase()}`;
    if (seen.has(key) || facts.length >= limit) continue;
    seen.add(key);
    facts.push({ date: row.fact_date, text: row.fact_text, articleId: row.article_id, path: row.path });
  }
  return facts.reverse();
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
