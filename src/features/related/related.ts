import type { Db, Reader } from '../../storage/db.ts';
import { putRelated } from './related.store.ts';

/** How many related stories an article shows. */
const SHOWN = 3;
/** From each concept and storyline only its newest articles are weighed: a concept that everything carries says nothing anyway. */
const PER_CONCEPT = 40;
/** How many others look again for their related stories when one is published. */
const REVISITED = 12;
/** A concept on a larger share of all stories than this is not rare. */
const COMMON_SHARE = 0.2;
const HALF_LIFE_DAYS = 45;

type Candidate = { id: string; publishedAt: string; score: number };

/**
 * Finds the stories nearest to one: shared concepts weigh by their rarity (the logarithm of the inverse share of stories that carry them,
 * as in inverse document frequency), a shared storyline weighs as a fairly rare concept, and distance in time takes away.
 */
export async function nearest(
  db: Reader,
  articleId: string,
  limit = SHOWN,
): Promise<{ id: string; score: number }[]> {
  const own = await db
    .selectFrom('published_articles')
    .select(['published_at', 'edition', 'visibility', 'kind'])
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  if (own === undefined || own.visibility !== 'live' || own.kind !== 'article') return [];
  const candidates = new Map<string, Candidate>();
  const add = (rows: readonly { article_id: string; published_at: string }[], weight: number): void => {
    for (const row of rows) {
      if (row.article_id === articleId) continue;
      const known = candidates.get(row.article_id);
      if (known === undefined)
        candidates.set(row.article_id, { id: row.article_id, publishedAt: row.published_at, score: weight });
      else known.score += weight;
    }
  };
  const total = await storyCount(db);
  const concepts = await db
    .selectFrom('concept_articles')
    .innerJoin('concepts', 'concepts.id', 'concept_articles.concept_id')
    .select(['concepts.id', 'concepts.article_count'])
    .where('concept_articles.article_id', '=', articleId)
    .orderBy('concepts.article_count')
    .limit(12)
    .execute();
  for (const concept of concepts) {
    if (total > 50 && concept.article_count > total * COMMON_SHARE) continue;
    add(
      await newestOf(db, { table: 'concept_articles', id: concept.id }),
      Math.log(1 + total / Math.max(1, concept.article_count)),
    );
  }
  const storylines = await db
    .selectFrom('storyline_articles')
    .select('storyline_id')
    .where('article_id', '=', articleId)
    .execute();
  for (const { storyline_id } of storylines) {
    add(
      await newestOf(db, { table: 'storyline_articles', id: storyline_id }),
      Math.log(1 + total / 40) + 0.5,
    );
  }
  const editions = await editionsOf(db, [...candidates.keys()]);
  const scored = [...candidates.values()]
    .filter((candidate) => editions.get(candidate.id) === own.edition)
    .map((candidate) => {
      const days = Math.abs(Date.parse(own.published_at) - Date.parse(candidate.publishedAt)) / 86_400_000;
      return {
        id: candidate.id,
        score: candidate.score * 2 ** (-days / HALF_LIFE_DAYS) + 1e-6 * candidate.score,
        publishedAt: candidate.publishedAt,
      };
    });
  scored.sort((a, b) => b.score - a.score || (a.publishedAt < b.publishedAt ? 1 : -1));
  return scored.slice(0, limit).map(({ id, score }) => ({ id, score }));
}

/**
 * Finds and keeps the related stories of an article, and of those nearest to it, for which it may now be one. Returns the ids whose
 * pages changed.
 */
export async function refreshRelated(db: Db, articleId: string): Promise<string[]> {
  const around = await nearest(db.read, articleId, REVISITED);
  const holders = await db.read
    .selectFrom('related_articles')
    .select('article_id')
    .where('related_id', '=', articleId)
    .limit(100)
    .execute();
  const ids = [
    ...new Set([articleId, ...around.map((item) => item.id), ...holders.map((row) => row.article_id)]),
  ];
  const changed: string[] = [];
  for (const id of ids) {
    const fresh = id === articleId ? around.slice(0, SHOWN) : await nearest(db.read, id);
    const before = await db.read
      .selectFrom('related_articles')
      .select('related_id')
      .where('article_id', '=', id)
      .orderBy('position')
      .execute();
    if (before.map((row) => row.related_id).join() === fresh.map((item) => item.id).join()) continue;
    await db.write((tx) => putRelated(tx, id, fresh));
    changed.push(id);
  }
  return changed;
}

async function newestOf(
  db: Reader,
  of: { table: 'concept_articles' | 'storyline_articles'; id: string },
): Promise<{ article_id: string; published_at: string }[]> {
  return of.table === 'concept_articles'
    ? db
        .selectFrom('concept_articles')
        .select(['article_id', 'published_at'])
        .where('concept_id', '=', of.id)
        .orderBy('published_at', 'desc')
        .orderBy('article_id', 'desc')
        .limit(PER_CONCEPT)
        .execute()
    : db
        .selectFrom('storyline_articles')
        .select(['article_id', 'published_at'])
        .where('storyline_id', '=', of.id)
        .orderBy('published_at', 'desc')
        .orderBy('article_id', 'desc')
        .limit(PER_CONCEPT)
        .execute();
}

async function editionsOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('published_articles')
    .select(['article_id', 'edition'])
    .where('article_id', 'in', [...ids])
    .where('visibility', '=', 'live')
    .execute();
  return new Map(rows.map((row) => [row.article_id, row.edition]));
}

/** All live stories: kept by day, so that this sums days and not stories. */
async function storyCount(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('archive_days')
    .select((eb) => eb.fn.sum<number>('article_count').as('total'))
    .executeTakeFirst();
  return Number(row?.total ?? 0);
}
