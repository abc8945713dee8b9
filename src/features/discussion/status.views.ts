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

/** The state of a discussion; undefined when nothing was ever published under this id. */
export async function discussionStatus(
  db: Reader,
  articleId: string,
  now: Instant,
): Promise<DiscussionStatus | undefined> {
  const settings = await discussionSettings(db);
  const row = await db
    .selectFrom('published_articles as p')
    .leftJoin('discussion_threads as t', 't.article_id', 'p.article_id')
    .select([
      'p.kind',
      'p.visibility',
      'p.path',
      'p.headline',
      'p.language',
      'p.published_at',
      'p.section_id',
      'p.version',
      't.hand',
      't.premoderated',
      't.slow_seconds',
      't.visible_count',
      't.held_count',
      't.featured_count',
    ])
    .where('p.article_id', '=', articleId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const version = fromJson<PublishedVersion>(row.version as string);
  const storylines = version.storylines.map(({ id }) => id);
  const [storyline] = storylines;
  const shown = row.visibility === 'live' && row.kind === 'article' && settings.enabled;
  const closesAt =
    settings.closeAfterDays === null
      ? undefined
      : new Date(Date.parse(row.published_at) + settings.closeAfterDays * 86_400_000).toISOString();
  const closed = await closedBecause(db, {
    settings,
    live: row.visibility === 'live' && row.kind === 'article',
    article: version.discussion,
    hand: row.hand,
    old: closesAt !== undefined && closesAt <= now,
    storyline: settings.closeWithStoryline ? storyline : undefined,
  });
  return {
    articleId,
    path: row.path,
    headline: row.headline,
    language: row.language,
    shown,
    ...(closed === undefined ? {} : { closed }),
    premoderated: version.discussion === 'premoderated' || row.premoderated === 1,
    slowSeconds: row.slow_seconds ?? 0,
    ...(closesAt === undefined || row.hand !== null ? {} : { closesAt }),
    counts: {
      visible: shown ? (row.visible_count ?? 0) : 0,
      held: row.held_count ?? 0,
      featured: row.featured_count ?? 0,
    },
    ...(storyline === undefined ? {} : { storyline }),
    storylines,
    ...(row.section_id === null ? {} : { section: row.section_id }),
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
