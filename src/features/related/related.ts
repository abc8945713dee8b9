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
type Member = { article_id: string; published_at: string };

/**
 * What one look-round has read so far: stories of one batch share concepts and storylines, and the count of all stories is one number.
 */
type Around = {
  readonly db: Reader;
  total: number | undefined;
  readonly newest: Map<string, Promise<Member[]>>;
};

const lookAround = (db: Reader): Around => ({ db, total: undefined, newest: new Map() });

/**
 * Finds the stories nearest to one: shared concepts weigh by their rarity (the logarithm of the inverse share of stories that carry them,
 * as in inverse document frequency), a shared storyline weighs as a fairly rare concept, and distance in time takes away.
 */
async function nearest(
  around: Around,
  articleId: string,
  limit = SHOWN,
): Promise<{ id: string; score: number }[]> {
  const { db } = around;
  const own = await db
    .selectFrom('published_articles')
    .select(['published_at', 'edition', 'visibility', 'kind'])
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  if (own === undefined || own.visibility !== 'live' || own.kind !== 'article') return [];
  const concepts = await db
    .selectFrom('concept_articles')
    .innerJoin('concepts', 'concepts.id', 'concept_articles.concept_id')
    .select(['concepts.id', 'concepts.article_count'])
    .where('concept_articles.article_id', '=', articleId)
    .orderBy('concepts.article_count')
    .limit(12)
    .execute();
  const storylines = await db
    .selectFrom('storyline_articles')
    .select('storyline_id')
    .where('article_id', '=', articleId)
    .execute();
  const scored = await score(around, {
    articleId,
    at: own.published_at,
    concepts,
    storylines: storylines.map((row) => row.storyline_id),
  });
  return inEdition(db, { scored, edition: own.edition, limit });
}

/** The stories nearest to a text that is being written, by the concepts and storylines that it speaks of: as `nearest`, but unpublished. */
export async function nearestTo(
  db: Reader,
  text: {
    readonly concepts: readonly { readonly id: string; readonly article_count: number }[];
    readonly storylines: readonly string[];
    readonly edition: string;
    readonly at: string;
    readonly articleId: string | undefined;
  },
  limit: number,
): Promise<{ id: string; score: number }[]> {
  const scored = await score(lookAround(db), { ...text, articleId: text.articleId ?? '' });
  return inEdition(db, { scored, edition: text.edition, limit });
}

async function score(
  around: Around,
  of: {
    readonly articleId: string;
    readonly at: string;
    readonly concepts: readonly { readonly id: string; readonly article_count: number }[];
    readonly storylines: readonly string[];
  },
): Promise<Candidate[]> {
  const candidates = new Map<string, Candidate>();
  const add = (rows: readonly Member[], weight: number): void => {
    for (const row of rows) {
      if (row.article_id === of.articleId) continue;
      const known = candidates.get(row.article_id);
      if (known === undefined)
        candidates.set(row.article_id, { id: row.article_id, publishedAt: row.published_at, score: weight });
      else known.score += weight;
    }
  };
  const total = (around.total ??= await storyCount(around.db));
  for (const concept of of.concepts) {
    if (total > 50 && concept.article_count > total * COMMON_SHARE) continue;
    add(
      await newestOf(around, { table: 'concept_articles', id: concept.id }),
      Math.log(1 + total / Math.max(1, concept.article_count)),
    );
  }
  for (const id of of.storylines)
    add(await newestOf(around, { table: 'storyline_articles', id }), Math.log(1 + total / 40) + 0.5);
  const scored = [...candidates.values()].map((candidate) => {
    const days = Math.abs(Date.parse(of.at) - Date.parse(candidate.publishedAt)) / 86_400_000;
    return {
      id: candidate.id,
      score: candidate.score * 2 ** (-days / HALF_LIFE_DAYS) + 1e-6 * candidate.score,
      publishedAt: candidate.publishedAt,
    };
  });
  scored.sort((a, b) => b.score - a.score || (a.publishedAt < b.publishedAt ? 1 : -1));
  return scored;
}

/** The best of an edition: asked a few at a time, since in most houses the first few are of it. */
async function inEdition(
  db: Reader,
  { scored, edition, limit }: { scored: readonly Candidate[]; edition: string; limit: number },
): Promise<{ id: string; score: number }[]> {
  const found: { id: string; score: number }[] = [];
  for (let start = 0; start < scored.length && found.length < limit; start += 4 * limit) {
    const some = scored.slice(start, start + 4 * limit);
    const editions = await editionsOf(
      db,
      some.map((candidate) => candidate.id),
    );
    for (const { id, score } of some)
      if (editions.get(id) === edition && found.length < limit) found.push({ id, score });
  }
  return found;
}

/** Lets requests in between the stories of a long batch. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Finds and keeps the related stories of articles, and of those nearest to them, for which they may now be one. One transaction for all.
 * Returns the ids whose pages changed.
 */
export async function refreshRelated(db: Db, articleIds: readonly string[]): Promise<string[]> {
  const around = lookAround(db.read);
  const fresh = new Map<string, { id: string; score: number }[]>();
  const revisit = new Set<string>();
  for (const articleId of articleIds) {
    const near = await nearest(around, articleId, REVISITED);
    fresh.set(articleId, near.slice(0, SHOWN));
    const holders = await db.read
      .selectFrom('related_articles')
      .select('article_id')
      .where('related_id', '=', articleId)
      .limit(100)
      .execute();
    for (const { id } of near) revisit.add(id);
    for (const { article_id } of holders) revisit.add(article_id);
    await breathe();
  }
  for (const id of revisit) {
    if (fresh.has(id)) continue;
    fresh.set(id, await nearest(around, id));
    await breathe();
  }
  const before = await keptOf(db.read, [...fresh.keys()]);
  const changed = [...fresh].filter(
    ([id, related]) => (before.get(id) ?? []).join() !== related.map((item) => item.id).join(),
  );
  if (changed.length > 0)
    await db.write(async (tx) => {
      for (const [id, related] of changed) await putRelated(tx, id, related);
    });
  return changed.map(([id]) => id);
}

/** What is kept as related of each, best first. */
async function keptOf(db: Reader, ids: readonly string[]): Promise<Map<string, string[]>> {
  const kept = new Map<string, string[]>();
  for (let start = 0; start < ids.length; start += 200) {
    const rows = await db
      .selectFrom('related_articles')
      .select(['article_id', 'related_id'])
      .where('article_id', 'in', ids.slice(start, start + 200))
      .orderBy('article_id')
      .orderBy('position')
      .execute();
    for (const row of rows) kept.set(row.article_id, [...(kept.get(row.article_id) ?? []), row.related_id]);
  }
  return kept;
}

function newestOf(
  around: Around,
  of: { table: 'concept_articles' | 'storyline_articles'; id: string },
): Promise<Member[]> {
  let newest = around.newest.get(of.id);
  if (newest === undefined) {
    newest = readNewest(around.db, of);
    around.newest.set(of.id, newest);
  }
  return newest;
}

async function readNewest(
  db: Reader,
  of: { table: 'concept_articles' | 'storyline_articles'; id: string },
): Promise<Member[]> {
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
