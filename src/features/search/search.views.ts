import { docText } from '../../contract/document.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import type { Db, Reader } from '../../storage/db.ts';
import { type StoryRow, storiesById } from '../articles/articles.views.ts';
import { type Asked, matchingKeys } from './engine.store.ts';
import { isEmpty, parseQuery, type Query } from './query.ts';
import { facetToken, KEYS_PER_MS } from './search.store.ts';
import { type Snippet, snippetOf } from './snippet.ts';
import { stem, STEM_MARK, words } from './words.ts';

export type SearchQuestion = {
  readonly text: string;
  /** The languages whose word forms are tried: the site's. */
  readonly languages: readonly string[];
  readonly filters?: {
    readonly section?: string;
    readonly storyline?: string;
    readonly concept?: string;
    readonly language?: string;
  };
  /** Days in the site's zone have been made instants by the caller. */
  readonly from?: string;
  readonly before?: string;
  readonly sort?: 'relevance' | 'newest';
  /** How many results to pass over. */
  readonly offset?: number;
  readonly limit: number;
};

export type SearchResult = {
  readonly story: StoryRow;
  readonly headline: Snippet;
  readonly snippet: Snippet;
};
export type SearchAnswer = {
  readonly total: number;
  /** There are more than `total`. */
  readonly totalIsFloor: boolean;
  readonly results: readonly SearchResult[];
  readonly nextOffset?: number;
};

/** Counting stops here, and so does the pool from which the most relevant are chosen: the newest that match. */
const POOL = 1000;
const RANKED = 100;
/** Of so many the lede counts too. */
const LEDES = 40;

/**
 * Full-text search. The newest matches and the newest whose headline matches form a pool; the pool is ranked by where the words stand and
 * how old the story is. News is asked for by recency first, and no query costs more than its pool.
 */
export async function search(db: Reader, kind: Db['kind'], question: SearchQuestion): Promise<SearchAnswer> {
  const query = parseQuery(question.text, question.languages);
  const facets = facetsOf(question.filters ?? {});
  if (isEmpty(query) && facets.length === 0) return { total: 0, totalIsFloor: false, results: [] };
  const range: Pick<Asked, 'from' | 'below'> = {
    ...(question.from === undefined ? {} : { from: Date.parse(question.from) * KEYS_PER_MS }),
    ...(question.before === undefined ? {} : { below: Date.parse(question.before) * KEYS_PER_MS }),
  };
  const offset = question.offset ?? 0;
  const newest = await matchingKeys(db, kind, {
    query,
    facets,
    ...range,
    limit: Math.max(POOL, offset + question.limit) + 1,
  });
  const totalIsFloor = newest.length > POOL;
  let keys = newest.slice(0, Math.max(POOL, offset + question.limit));
  if (question.sort !== 'newest' && !isEmpty(query))
    keys = await rank(db, kind, { query, facets, ...range, newest: keys });
  const page = keys.slice(offset, offset + question.limit);
  const results = await present(db, page, query);
  const nextOffset = offset + question.limit;
  return {
    total: Math.min(newest.length, POOL),
    totalIsFloor,
    results,
    ...(keys.length > nextOffset ? { nextOffset } : {}),
  };
}

function facetsOf(filters: NonNullable<SearchQuestion['filters']>): string[] {
  return [
    ...(filters.section === undefined ? [] : [`s:${filters.section}`]),
    ...(filters.storyline === undefined ? [] : [`y:${filters.storyline}`]),
    ...(filters.concept === undefined ? [] : [`c:${filters.concept}`]),
    ...(filters.language === undefined ? [] : [`l:${filters.language}`]),
  ].map(facetToken);
}

type RankInput = Pick<Asked, 'query' | 'facets' | 'from' | 'below'> & { newest: readonly number[] };

/** Puts the most relevant first: headline matches, older ones included, then lede, then text; newer before older among equals. */
async function rank(db: Reader, kind: Db['kind'], input: RankInput): Promise<number[]> {
  const { newest, ...asked } = input;
  const inHeadline = await matchingKeys(db, kind, { ...asked, headlineOnly: true, limit: RANKED });
  const pool = [...new Set([...inHeadline, ...newest.slice(0, RANKED)])];
  const heads = await headsByKey(db, pool);
  const now = Date.now();
  const byHeadline = pool.map((key) => {
    const head = heads.get(key);
    if (head === undefined) return { key, head, score: -1 };
    const days = Math.max(0, now - Date.parse(head.published_at)) / 86_400_000;
    const score = 3 * share(input.query, head.headline, head.language) + 1 / (1 + Math.log1p(days) / 2);
    return { key, head, score };
  });
  byHeadline.sort((a, b) => b.score - a.score || b.key - a.key);
  // To cut a lede into words costs four times what its headline costs, so only the nearest are read that far.
  const scored = byHeadline.map(({ key, head, score }, i) => ({
    key,
    score:
      head === undefined || i >= LEDES ? score : score + 1.5 * share(input.query, head.lede, head.language),
  }));
  scored.sort((a, b) => b.score - a.score || b.key - a.key);
  const ranked = scored.map((item) => item.key);
  const seen = new Set(ranked);
  return [...ranked, ...newest.filter((key) => !seen.has(key))];
}

/** The share of the query's terms that a text has. */
function share(query: Query, text: string, language: string): number {
  const have = new Set<string>();
  for (const word of words(text)) {
    have.add(word.text);
    if (!word.pairs) have.add(STEM_MARK + stem(word.text, language));
  }
  const wanted = query.terms.filter((term) => !term.not);
  const found = wanted.filter((term) =>
    term.kind === 'phrase'
      ? term.words.every((word) => have.has(word))
      : [...term.words, ...term.stems].some((word) => have.has(word)),
  );
  return wanted.length === 0 ? 0 : found.length / wanted.length;
}

type Head = { headline: string; lede: string; language: string; published_at: string };

async function headsByKey(db: Reader, keys: readonly number[]): Promise<Map<number, Head>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('search_docs')
    .innerJoin('published_articles', 'published_articles.article_id', 'search_docs.article_id')
    .select([
      'search_docs.doc_key',
      'published_articles.headline',
      'published_articles.lede',
      'published_articles.language',
      'published_articles.published_at',
    ])
    .where('search_docs.doc_key', 'in', [...keys])
    .execute();
  return new Map(rows.map((row) => [row.doc_key, row]));
}

async function storiesByKey(db: Reader, keys: readonly number[]): Promise<Map<number, StoryRow>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('search_docs')
    .select(['doc_key', 'article_id'])
    .where('doc_key', 'in', [...keys])
    .execute();
  const stories = new Map(
    (
      await storiesById(
        db,
        rows.map((row) => row.article_id),
      )
    ).map((story) => [story.id, story]),
  );
  return new Map(
    rows.flatMap((row) => {
      const story = stories.get(row.article_id);
      return story === undefined ? [] : [[row.doc_key, story] as const];
    }),
  );
}

async function present(db: Reader, keys: readonly number[], query: Query): Promise<SearchResult[]> {
  const stories = await storiesByKey(db, keys);
  const ids = [...stories.values()].map((story) => story.id);
  if (ids.length === 0) return [];
  const versions = await db
    .selectFrom('published_articles')
    .select(['article_id', 'version'])
    .where('article_id', 'in', ids)
    .execute();
  const texts = new Map(
    versions.map((row) => {
      const version = JSON.parse(row.version as string) as PublishedVersion;
      return [row.article_id, docText(version.body)];
    }),
  );
  return keys.flatMap((key) => {
    const story = stories.get(key);
    if (story === undefined) return [];
    const text = `${story.lede}\n${texts.get(story.id) ?? ''}`;
    return [
      {
        story,
        headline: snippetOf(story.headline, { query, language: story.language, length: 400 }),
        snippet: snippetOf(text, { query, language: story.language, length: 240 }),
      },
    ];
  });
}
