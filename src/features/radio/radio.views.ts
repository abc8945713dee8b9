import { fromJson } from '../../base/json.ts';
import type { Reader } from '../../storage/db.ts';
import type { Chapter } from '../../storage/tables/radio.ts';
import { allSlots } from './mounts.views.ts';
import { type Airing, airingsBetween } from './schedule/slots.ts';

export { type MountState, mountStates, onAirTitle } from './mounts.views.ts';

export type ProgrammeView = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly hosts: readonly string[];
  readonly language: string;
  readonly asset: string | undefined;
  readonly category: string;
  readonly explicit: boolean;
  readonly ownerEmail: string | undefined;
  readonly copyright: string;
  readonly feedGuid: string;
  readonly episodeCount: number;
  readonly archived: boolean;
};

type ProgrammeRow = {
  id: string;
  slug: string;
  title: string;
  description: string;
  hosts: string;
  language: string;
  asset_id: string | null;
  category: string;
  explicit: number;
  owner_email: string | null;
  copyright: string;
  feed_guid: string;
  episode_count: number;
  archived: number;
};

export function programmeOf(row: ProgrammeRow): ProgrammeView {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    description: row.description,
    hosts: fromJson<string[]>(row.hosts),
    language: row.language,
    asset: row.asset_id ?? undefined,
    category: row.category,
    explicit: row.explicit === 1,
    ownerEmail: row.owner_email ?? undefined,
    copyright: row.copyright,
    feedGuid: row.feed_guid,
    episodeCount: row.episode_count,
    archived: row.archived === 1,
  };
}

export async function programmeBySlug(db: Reader, slug: string): Promise<ProgrammeView | undefined> {
  const row = await db.selectFrom('radio_programmes').selectAll().where('slug', '=', slug).executeTakeFirst();
  return row === undefined ? undefined : programmeOf(row);
}

export type ScheduledAiring = Airing & { readonly programme: ProgrammeView };

/** What is on the first mount (or the one asked for) in a span, with its programmes. */
export async function scheduleBetween(
  db: Reader,
  span: {
    readonly from: string;
    readonly to: string;
    readonly mountId: string;
    readonly timeZone: string;
  },
): Promise<ScheduledAiring[]> {
  const slots = (await allSlots(db)).filter((slot) => slot.mountId === span.mountId);
  const airings = airingsBetween(slots, span);
  const ids = [...new Set(airings.map(({ programmeId }) => programmeId))];
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('radio_programmes').selectAll().where('id', 'in', ids).execute();
  const programmes = new Map(rows.map((row) => [row.id, programmeOf(row)]));
  return airings.flatMap((airing) => {
    const programme = programmes.get(airing.programmeId);
    return programme === undefined ? [] : [{ ...airing, programme }];
  });
}

/** What the file of a transcript is called below its episode. */
export const transcriptFile = (mime: string): string =>
  `transcript.${mime === 'text/vtt' ? 'vtt' : mime === 'application/json' ? 'json' : 'srt'}`;

export type EpisodeView = {
  readonly id: string;
  readonly programmeId: string;
  readonly programmeSlug: string;
  readonly programmeTitle: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly state: 'draft' | 'published' | 'withdrawn';
  readonly publishedAt: string;
  readonly startsAt: string | undefined;
  readonly digest: string;
  readonly mime: string;
  readonly bytes: number;
  readonly durationMs: number;
  readonly season: number | undefined;
  readonly number: number | undefined;
  readonly explicit: boolean;
  readonly asset: string | undefined;
  readonly chapters: readonly Chapter[];
  readonly transcript:
    | { readonly digest: string; readonly mime: string; readonly language: string }
    | undefined;
  readonly guid: string;
  readonly updatedAt: string;
};

/** Published episodes, the newest first: of one programme, or of all. */
export async function publishedEpisodes(
  db: Reader,
  asked: { readonly programmeId?: string; readonly slug?: string; readonly limit: number },
): Promise<EpisodeView[]> {
  const rows = await db
    .selectFrom('radio_episodes')
    .innerJoin('radio_programmes', 'radio_programmes.id', 'radio_episodes.programme_id')
    .selectAll('radio_episodes')
    .select(['radio_programmes.slug as programme_slug', 'radio_programmes.title as programme_title'])
    .where('radio_episodes.state', '=', 'published')
    .$if(asked.programmeId !== undefined, (query) =>
      query.where('radio_episodes.programme_id', '=', asked.programmeId ?? ''),
    )
    .$if(asked.slug !== undefined, (query) => query.where('radio_episodes.slug', '=', asked.slug ?? ''))
    .orderBy('radio_episodes.published_at', 'desc')
    .orderBy('radio_episodes.id', 'desc')
    .limit(asked.limit)
    .execute();
  return rows.flatMap((row) => {
    if (row.digest === null || row.mime === null || row.published_at === null) return [];
    return [
      {
        id: row.id,
        programmeId: row.programme_id,
        programmeSlug: row.programme_slug,
        programmeTitle: row.programme_title,
        slug: row.slug,
        title: row.title,
        description: row.description,
        state: row.state,
        publishedAt: row.published_at,
        startsAt: row.starts_at ?? undefined,
        digest: row.digest,
        mime: row.mime,
        bytes: row.bytes ?? 0,
        durationMs: row.duration_ms ?? 0,
        season: row.season ?? undefined,
        number: row.number ?? undefined,
        explicit: row.explicit === 1,
        asset: row.asset_id ?? undefined,
        chapters: fromJson<Chapter[]>(row.chapters as string),
        transcript:
          row.transcript_digest === null
            ? undefined
            : {
                digest: row.transcript_digest,
                mime: row.transcript_mime ?? 'text/vtt',
                language: row.transcript_language ?? 'en',
              },
        guid: row.guid,
        updatedAt: row.updated_at,
      },
    ];
  });
}

/** Articles that link to moments of an episode, in the order of the episode. */
export async function articlesAtMoments(
  db: Reader,
  episodeId: string,
): Promise<{ second: number; headline: string; path: string }[]> {
  const rows = await db
    .selectFrom('radio_links')
    .innerJoin('published_articles', 'published_articles.article_id', 'radio_links.article_id')
    .innerJoin('articles', 'articles.id', 'radio_links.article_id')
    .select(['radio_links.second', 'articles.headline', 'published_articles.path'])
    .where('radio_links.episode_id', '=', episodeId)
    .orderBy('radio_links.second')
    .orderBy('radio_links.article_id')
    .limit(200)
    .execute();
  return rows;
}
