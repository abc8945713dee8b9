import type { Instant } from '../../base/clock.ts';
import { fromJson } from '../../base/json.ts';
import type { PublishedVersion } from '../../contract/article.ts';
import { type ClosedBecause, DiscussionSettings } from '../../contract/comments.ts';
import type { Reader } from '../../storage/db.ts';
import { readSetting } from '../../storage/settings.store.ts';

export const SETTINGS = 'discussion';

/** The site's settings of the discussion; what was never set is as the schema says. */
export async function discussionSettings(db: Reader): Promise<DiscussionSettings> {
  return DiscussionSettings.parse((await readSetting<unknown>(db, SETTINGS)) ?? {});
}

/** Whether comments can be written under an article now, and whether they are shown at all. */
export type DiscussionStatus = {
  readonly articleId: string;
  readonly path: string;
  readonly headline: string;
  readonly language: string;
  /** False: the article is withdrawn or was never published; nothing of its discussion is shown anywhere. */
  readonly shown: boolean;
  readonly closed?: ClosedBecause;
  readonly premoderated: boolean;
  readonly slowSeconds: number;
  /** When age will close it, where it will. */
  readonly closesAt?: Instant;
  readonly counts: { readonly visible: number; readonly held: number; readonly featured: number };
  /** The main storyline, whose closing may close it. */
  readonly storyline?: string;
  readonly storylines: readonly string[];
  readonly section?: string;
  readonly settings: DiscussionSettings;
};

/** What of a published article the state of its discussion follows from. */
export type DiscussedArticle = {
  readonly id: string;
  readonly visibility: 'live' | 'killed' | 'taken_down';
  readonly publishedAt: Instant;
  readonly version: Pick<
    PublishedVersion,
    'kind' | 'path' | 'headline' | 'language' | 'discussion' | 'storylines' | 'section'
  >;
};

/** The state of a discussion; undefined when nothing was ever published under this id. */
export async function discussionStatus(
  db: Reader,
  articleId: string,
  now: Instant,
): Promise<DiscussionStatus | undefined> {
  const row = await db
    .selectFrom('published_articles')
    .select(['visibility', 'published_at', 'version'])
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return statusOf(
    db,
    {
      id: articleId,
      visibility: row.visibility,
      publishedAt: row.published_at,
      version: fromJson<PublishedVersion>(row.version as string),
    },
    now,
  );
}

/** As `discussionStatus`, of an article that has been read. */
export async function statusOf(
  db: Reader,
  article: DiscussedArticle,
  now: Instant,
): Promise<DiscussionStatus> {
  const settings = await discussionSettings(db);
  const thread = await db
    .selectFrom('discussion_threads')
    .select(['hand', 'premoderated', 'slow_seconds', 'visible_count', 'held_count', 'featured_count'])
    .where('article_id', '=', article.id)
    .executeTakeFirst();
  const { version } = article;
  const live = article.visibility === 'live' && version.kind === 'article';
  const shown = live && settings.enabled;
  const storylines = version.storylines.map(({ id }) => id);
  const [storyline] = storylines;
  const hand = thread?.hand ?? null;
  const closesAt =
    settings.closeAfterDays === null
      ? undefined
      : new Date(Date.parse(article.publishedAt) + settings.closeAfterDays * 86_400_000).toISOString();
  const closed = await closedBecause(db, {
    settings,
    live,
    article: version.discussion,
    hand,
    old: closesAt !== undefined && closesAt <= now,
    storyline: settings.closeWithStoryline ? storyline : undefined,
  });
  return {
    articleId: article.id,
    path: version.path,
    headline: version.headline,
    language: version.language,
    shown,
    ...(closed === undefined ? {} : { closed }),
    premoderated: version.discussion === 'premoderated' || thread?.premoderated === 1,
    slowSeconds: thread?.slow_seconds ?? 0,
    ...(closesAt === undefined || hand !== null ? {} : { closesAt }),
    counts: {
      visible: shown ? (thread?.visible_count ?? 0) : 0,
      held: thread?.held_count ?? 0,
      featured: thread?.featured_count ?? 0,
    },
    ...(storyline === undefined ? {} : { storyline }),
    storylines,
    ...(version.section === undefined ? {} : { section: version.section.id }),
    settings,
  };
}

/** The first rule that closes it. A moderator's hand stands above the rules, never above a withdrawal. */
async function closedBecause(
  db: Reader,
  rules: {
    settings: DiscussionSettings;
    live: boolean;
    article: PublishedVersion['discussion'];
    hand: 'open' | 'closed' | null;
    old: boolean;
    storyline: string | undefined;
  },
): Promise<ClosedBecause | undefined> {
  if (!rules.settings.enabled) return 'site';
  if (!rules.live) return 'withdrawn';
  if (rules.hand !== null) return rules.hand === 'closed' ? 'hand' : undefined;
  if (rules.article === 'closed') return 'article';
  if (rules.old) return 'age';
  if (rules.storyline === undefined) return undefined;
  const row = await db
    .selectFrom('storylines')
    .select('state')
    .where('id', '=', rules.storyline)
    .executeTakeFirst();
  return row?.state === 'closed' ? 'storyline' : undefined;
}
