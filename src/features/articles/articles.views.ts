import { type Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { PublishedVersion, StoryDigest } from '../../contract/article.ts';
import type { Reader } from '../../storage/db.ts';
import type { PublishedChange } from './articles.events.ts';
import { stateOf } from './version.ts';

/** A story as lists show it. */
export type StoryRow = {
  readonly id: string;
  readonly path: string;
  readonly headline: string;
  readonly lede: string;
  readonly language: string;
  readonly urgency: number;
  readonly publishedAt: Instant;
  readonly modifiedAt: Instant;
  readonly versionNumber: number;
  readonly digest: StoryDigest;
};

const storyColumns = [
  'published_articles.article_id',
  'published_articles.path',
  'published_articles.headline',
  'published_articles.lede',
  'published_articles.language',
  'published_articles.urgency',
  'published_articles.published_at',
  'published_articles.modified_at',
  'published_articles.version_number',
  'published_articles.card',
] as const;

type StoryColumns = {
  article_id: string;
  path: string;
  headline: string;
  lede: string;
  language: string;
  urgency: number;
  published_at: string;
  modified_at: string;
  version_number: number;
  card: string;
};

function toStory(row: StoryColumns): StoryRow {
  return {
    id: row.article_id,
    path: row.path,
    headline: row.headline,
    lede: row.lede,
    language: row.language,
    urgency: row.urgency,
    publishedAt: row.published_at,
    modifiedAt: row.modified_at,
    versionNumber: row.version_number,
    digest: fromJson<StoryDigest>(row.card),
  };
}

/** Which list: everything of an edition, or what belongs to one noun. */
export type ListOf =
  | { readonly edition: string }
  | { readonly section: string; readonly edition: string }
  | { readonly storyline: string }
  | { readonly concept: string }
  | { readonly author: string }
  | { readonly day: string }
  | 'all';

/** A place in a list, as it stands in an address: `2015-01-21T10:32:00.000Z~<article id>`. */
export type Cursor = string;
export type ListPage = { readonly limit: number; readonly after?: Cursor; readonly before?: Cursor };
export type StoryList = { readonly stories: StoryRow[]; readonly newer?: Cursor; readonly older?: Cursor };

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36})$/;

/** Whether a string can be a cursor; anything else is answered as a page that is not there. */
export function isCursor(text: string): boolean {
  return CURSOR.test(text);
}

/**
 * One page of a list, newest first. Keyset paging: a deep page costs what the first one costs.
 * `after` asks for older stories than the cursor's, `before` for newer ones.
 */
export async function listStories(db: Reader, of: ListOf, page: ListPage): Promise<StoryList> {
  const forward = page.before === undefined;
  const at = CURSOR.exec((forward ? page.after : page.before) ?? '');
  const rows = await keysOf(db, of, {
    limit: page.limit + 1,
    forward,
    at: at === null ? undefined : { publishedAt: at[1] ?? '', id: at[2] ?? '' },
  });
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  if (!forward) kept.reverse();
  const stories = kept.map(toStory);
  const first = stories[0];
  const last = stories.at(-1);
  const hasNewer = forward ? at !== null : more;
  const hasOlder = forward ? more : true;
  return {
    stories,
    ...(hasNewer && first !== undefined ? { newer: cursorOf(first) } : {}),
    ...(hasOlder && last !== undefined ? { older: cursorOf(last) } : {}),
  };
}

export function cursorOf(story: Pick<StoryRow, 'publishedAt' | 'id'>): Cursor {
  return `${story.publishedAt}~${story.id}`;
}

type Keys = { limit: number; forward: boolean; at: { publishedAt: string; id: string } | undefined };

async function keysOf(db: Reader, of: ListOf, keys: Keys): Promise<StoryColumns[]> {
  const direction = keys.forward ? ('desc' as const) : ('asc' as const);
  const compare = keys.forward ? ('<' as const) : ('>' as const);
  const member =
    typeof of === 'string' || 'edition' in of || 'day' in of
      ? undefined
      : 'storyline' in of
        ? ({ table: 'storyline_articles', column: 'storyline_id', id: of.storyline } as const)
        : 'concept' in of
          ? ({ table: 'concept_articles', column: 'concept_id', id: of.concept } as const)
          : ({ table: 'author_articles', column: 'author_id', id: of.author } as const);
  if (member !== undefined) {
    const inner = db
      .selectFrom(member.table as 'storyline_articles')
      .select(['published_at', 'article_id'])
      .where(member.column as 'storyline_id', '=', member.id)
      .$if(keys.at !== undefined, (query) =>
        query.where((eb) =>
          eb(
            eb.refTuple('published_at', 'article_id'),
            compare,
            eb.tuple(keys.at?.publishedAt ?? '', keys.at?.id ?? ''),
          ),
        ),
      )
      .orderBy('published_at', direction)
      .orderBy('article_id', direction)
      .limit(keys.limit)
      .as('page');
    return db
      .selectFrom(inner)
      .innerJoin('published_articles', 'published_articles.article_id', 'page.article_id')
      .select(storyColumns)
      .orderBy('page.published_at', direction)
      .orderBy('page.article_id', direction)
      .execute();
  }
  let query = db
    .selectFrom('published_articles')
    .select(storyColumns)
    .where('kind', '=', 'article')
    .where('visibility', '=', 'live');
  if (typeof of !== 'string') {
    if ('day' in of) query = query.where('published_day', '=', of.day);
    if ('section' in of) query = query.where('section_id', '=', of.section);
    if ('edition' in of) query = query.where('edition', '=', of.edition);
  }
  if (keys.at !== undefined) {
    const { publishedAt, id } = keys.at;
    query = query.where((eb) =>
      eb(eb.refTuple('published_at', 'article_id'), compare, eb.tuple(publishedAt, id)),
    );
  }
  return query
    .orderBy('published_at', direction)
    .orderBy('article_id', direction)
    .limit(keys.limit)
    .execute();
}

/** Stories by id, in the order of the ids; what is not live is left out. */
export async function storiesById(db: Reader, ids: readonly string[]): Promise<StoryRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('published_articles')
    .select(storyColumns)
    .where('article_id', 'in', [...ids])
    .where('visibility', '=', 'live')
    .execute();
  const byId = new Map(rows.map((row) => [row.article_id, toStory(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What stands at a public path: a live article or page, or the notice of a withdrawn one. */
export type PublishedArticle = {
  readonly id: string;
  readonly visibility: 'live' | 'killed' | 'taken_down';
  readonly edition: string;
  readonly translationGroup: string;
  readonly publishedAt: Instant;
  readonly modifiedAt: Instant;
  readonly day: string;
  readonly shortCode: string | undefined;
  readonly version: PublishedVersion;
};

export async function publishedAt(db: Reader, path: string): Promise<PublishedArticle | undefined> {
  return onePublished(db, 'path', path);
}

export async function publishedById(db: Reader, id: string): Promise<PublishedArticle | undefined> {
  return onePublished(db, 'article_id', id);
}

async function onePublished(
  db: Reader,
  column: 'path' | 'article_id',
  value: string,
): Promise<PublishedArticle | undefined> {
  const row = await db
    .selectFrom('published_articles')
    .selectAll()
    .where(column, '=', value)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.article_id,
    visibility: row.visibility,
    edition: row.edition,
    translationGroup: row.translation_group,
    publishedAt: row.published_at,
    modifiedAt: row.modified_at,
    day: row.published_day,
    shortCode: row.short_code ?? undefined,
    version: fromJson<PublishedVersion>(row.version as string),
  };
}

/** Where an old address leads now: a path of this site, an address elsewhere, or `gone`. */
export async function redirectOf(
  db: Reader,
  path: string,
): Promise<{ to: string; status: 301 | 302 } | 'gone' | undefined> {
  const row = await db
    .selectFrom('redirects')
    .leftJoin('articles', 'articles.id', 'redirects.article_id')
    .select(['redirects.to_path', 'redirects.status', 'articles.path'])
    .where('redirects.from_path', '=', path)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.status === 410) return 'gone';
  const to = row.path ?? row.to_path;
  return to === null ? undefined : { to, status: row.status };
}

/** The live static pages (about, imprint, standards), by address. */
export async function livePages(db: Reader): Promise<{ path: string; headline: string; edition: string }[]> {
  return db
    .selectFrom('published_articles')
    .select(['path', 'headline', 'edition'])
    .where('kind', '=', 'page')
    .where('visibility', '=', 'live')
    .orderBy('edition')
    .orderBy('path')
    .limit(40)
    .execute();
}

export type VersionRow = {
  readonly number: number;
  readonly reason: PublishedVersion['reason'];
  readonly note: string;
  readonly severity: 'minor' | 'major' | null;
  readonly publishedAt: Instant;
  readonly leafIndex: number;
};

/** All versions of an article, newest first, without their contents. */
export async function versionsOf(db: Reader, articleId: string): Promise<VersionRow[]> {
  const rows = await db
    .selectFrom('article_versions')
    .select(['version_number', 'reason', 'note', 'severity', 'published_at', 'leaf_index'])
    .where('article_id', '=', articleId)
    .orderBy('version_number', 'desc')
    .execute();
  return rows.map((row) => ({
    number: row.version_number,
    reason: row.reason,
    note: row.note,
    severity: row.severity,
    publishedAt: row.published_at,
    leafIndex: row.leaf_index,
  }));
}

/** The other live translations of an article. */
export async function translationsOf(
  db: Reader,
  article: { id: string; translationGroup: string },
): Promise<{ id: string; language: string; path: string; headline: string }[]> {
  const rows = await db
    .selectFrom('published_articles')
    .select(['article_id', 'language', 'path', 'headline'])
    .where('translation_group', '=', article.translationGroup)
    .where('visibility', '=', 'live')
    .where('article_id', '<>', article.id)
    .orderBy('language')
    .execute();
  return rows.map((row) => ({
    id: row.article_id,
    language: row.language,
    path: row.path,
    headline: row.headline,
  }));
}

/** The stories next to one in a storyline: `older` and `newer`. */
export async function neighboursIn(
  db: Reader,
  options: { storyline: string; publishedAt: Instant; articleId: string },
): Promise<{ older?: StoryRow; newer?: StoryRow }> {
  const cursor = `${options.publishedAt}~${options.articleId}`;
  const older = await listStories(db, { storyline: options.storyline }, { limit: 1, after: cursor });
  const newer = await listStories(db, { storyline: options.storyline }, { limit: 1, before: cursor });
  const [before] = older.stories;
  const [after] = newer.stories;
  return {
    ...(before === undefined ? {} : { older: before }),
    ...(after === undefined ? {} : { newer: after }),
  };
}

/** Everything that is published, as changes from nothing, in batches: to build a projection anew. */
export async function* newestVersionStates(db: Reader, size = 500): AsyncGenerator<PublishedChange[]> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('published_articles')
      .selectAll()
      .where('article_id', '>', after)
      .orderBy('article_id')
      .limit(size)
      .execute();
    if (rows.length === 0) return;
    yield rows.map((row) => {
      const state = stateOf(row);
      return { articleId: row.article_id, reason: state.version.reason, before: undefined, after: state };
    });
    after = rows.at(-1)?.article_id ?? after;
  }
}
