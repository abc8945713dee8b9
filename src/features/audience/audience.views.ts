import { fromJson } from '../../base/json.ts';
import type { Instant } from '../../base/clock.ts';
import type { Reader } from '../../storage/db.ts';
import type { AudienceKind, AudienceTables } from '../../storage/tables/audience.ts';
import { commentCounts } from '../discussion/counts.views.ts';
import { leastScore, type Measure, type Period, periods } from './scores.ts';

export type Totals = Omit<
  AudienceTables['audience_totals'],
  'people' | 'repeats' | 'previews' | 'bots' | 'excess' | 'fold'
> & {
  readonly people: number;
  readonly repeats: number;
  readonly previews: number;
  readonly bots: number;
  readonly excess: number;
  readonly fold: number;
};

/** The kept numbers of things of one kind; what was never counted is absent. */
export async function totalsOf(
  db: Reader,
  { kind, subjects }: { kind: AudienceKind; subjects: readonly string[] },
): Promise<Map<string, Totals>> {
  if (subjects.length === 0) return new Map();
  const rows = await db
    .selectFrom('audience_totals')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject', 'in', subjects)
    .execute();
  return new Map(rows.map((row) => [row.subject, row]));
}

/** Views of people; 0 for what was never counted. */
export async function viewsOf(db: Reader, article: string): Promise<number> {
  return (await totalsOf(db, { kind: 'article', subjects: [article] })).get(article)?.people ?? 0;
}

/** What has moved since a fold, and the newest fold. */
export async function totalsSince(db: Reader, fold: number): Promise<readonly Totals[]> {
  return db
    .selectFrom('audience_totals')
    .selectAll()
    .where('fold', '>', fold)
    .orderBy('fold')
    .limit(5000)
    .execute();
}

export async function newestFold(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('audience_totals')
    .select((eb) => eb.fn.max('fold').as('fold'))
    .executeTakeFirst();
  return Number(row?.fold ?? 0);
}

export type Shelf = {
  readonly measure: Measure;
  readonly period: Period;
  readonly edition?: string;
  readonly section?: string;
  /** The moment of the list: what nobody has looked at within the period is not on it. */
  readonly atMs: number;
};

/** Stories by a decaying score, the greatest first: what is most read or discussed in an edition or a section. */
export async function mostOf(
  db: Reader,
  shelf: Shelf,
  limit: number,
): Promise<{ article: string; score: number; headline: string; path: string; language: string }[]> {
  let query = db
    .selectFrom('audience_scores')
    .innerJoin('published_articles', 'published_articles.article_id', 'audience_scores.article_id')
    .select([
      'audience_scores.article_id as article',
      'audience_scores.score',
      'published_articles.headline',
      'published_articles.path',
      'published_articles.language',
    ])
    .where('measure', '=', shelf.measure)
    .where('period', '=', shelf.period)
    .where('score', '>', leastScore(shelf.period, shelf.atMs))
    .where('published_articles.visibility', '=', 'live')
    .orderBy('audience_scores.score', 'desc')
    .limit(limit);
  if (shelf.edition !== undefined) query = query.where('audience_scores.edition', '=', shelf.edition);
  if (shelf.section !== undefined) query = query.where('audience_scores.section_id', '=', shelf.section);
  return query.execute();
}

export type Hour = {
  readonly hour: Instant;
  readonly class: AudienceTables['audience_hours']['class'];
  readonly source: string;
  readonly n: number;
};

/** Hour by hour, of one thing, the oldest first. */
export async function hoursOf(
  db: Reader,
  at: { kind: AudienceKind; subject: string; since: Instant },
): Promise<Hour[]> {
  return db
    .selectFrom('audience_hours')
    .select(['hour', 'class', 'source', 'n'])
    .where('kind', '=', at.kind)
    .where('subject', '=', at.subject)
    .where('hour', '>=', at.since)
    .orderBy('hour')
    .execute();
}

/** Who listens to what on the nodes that were seen lately, but for one. */
export async function readersElsewhere(
  db: Reader,
  { node, since }: { node: string; since: Instant },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('audience_nodes')
    .select('readers')
    .where('node', '<>', node)
    .where('seen_at', '>=', since)
    .execute();
  const found = new Map<string, number>();
  for (const row of rows)
    for (const [topic, count] of Object.entries(fromJson<Record<string, number>>(row.readers as string)))
      found.set(topic, (found.get(topic) ?? 0) + count);
  return found;
}

export type Counted = { readonly section: string | null; readonly storylines: readonly string[] };

/** What a view of a thing counts for beside itself; undefined for what readers do not see. */
export async function countedAs(
  db: Reader,
  { kind, id }: { kind: string; id: string },
): Promise<Counted | undefined> {
  if (kind === 'storyline' || kind === 'section') {
    const table = kind === 'storyline' ? 'storylines' : 'sections';
    const row = await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : { section: null, storylines: [] };
  }
  const row = await db
    .selectFrom('published_articles')
    .select('section_id')
    .where('article_id', '=', id)
    .where('visibility', '=', 'live')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const lines = await db
    .selectFrom('storyline_articles')
    .select('storyline_id')
    .where('article_id', '=', id)
    .execute();
  return { section: row.section_id, storylines: lines.map((line) => line.storyline_id) };
}

/** For what pages show late: numbers, and which version of a story is the newest. What is withdrawn has a version, and no comments. */
export async function storyNumbers(
  db: Reader,
  ids: readonly string[],
): Promise<{ id: string; version: number; views: number; comments: number }[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('published_articles as p')
    .leftJoin('audience_totals as t', (join) =>
      join.onRef('t.subject', '=', 'p.article_id').on('t.kind', '=', 'article'),
    )
    .select(['p.article_id as id', 'p.version_number as version', 't.people'])
    .where('p.article_id', 'in', ids)
    .execute();
  const comments = await commentCounts(db, ids);
  return rows.map(({ people, ...row }) => ({
    ...row,
    views: people ?? 0,
    comments: comments.get(row.id) ?? 0,
  }));
}

export async function storylineNumbers(
  db: Reader,
  ids: readonly string[],
): Promise<{ id: string; stories: number; views: number }[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('storylines as s')
    .leftJoin('audience_totals as t', (join) =>
      join.onRef('t.subject', '=', 's.id').on('t.kind', '=', 'storyline'),
    )
    .select(['s.id', 's.article_count as stories', 't.people'])
    .where('s.id', 'in', ids)
    .execute();
  return rows.map(({ people, ...row }) => ({ ...row, views: people ?? 0 }));
}

/** How stories stand in the decaying scores at a moment, for those that were read at all. */
export async function scoresOf(
  db: Reader,
  articles: readonly string[],
): Promise<{ article: string; measure: Measure; period: Period; score: number }[]> {
  if (articles.length === 0) return [];
  return db
    .selectFrom('audience_scores')
    .select(['article_id as article', 'measure', 'period', 'score'])
    .where('article_id', 'in', articles)
    .execute();
}

const LISTED = 5;

/** The lists that pages show, as one text: while it is the same no page need be made anew. */
export async function mostListed(db: Reader, atMs: number): Promise<string> {
  const editions = await db.selectFrom('audience_scores').select('edition').distinct().execute();
  const sections = await db
    .selectFrom('audience_scores')
    .select('section_id')
    .where('section_id', 'is not', null)
    .distinct()
    .execute();
  const shelves = [
    ...editions.map(({ edition }) => ({ edition })),
    ...sections.map(({ section_id: section }) => ({ section: section ?? '' })),
  ];
  const lists: string[] = [];
  for (const shelf of shelves)
    for (const measure of ['read', 'discussed'] as const)
      for (const period of periods)
        lists.push(
          (await mostOf(db, { measure, period, atMs, ...shelf }, LISTED))
            .map(({ article }) => article)
            .join(),
        );
  return lists.join('\n');
}
