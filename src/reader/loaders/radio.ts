import { addDaysTo, dayIn, startOfDay } from '../../base/clock.ts';
import { tag } from '../../contract/cache-tags.ts';
import { mediaTypes } from '../../contract/media.ts';
import type { Programme } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { picturesOf } from '../../features/media/media.views.ts';
import {
  articlesAtMoments,
  type EpisodeView,
  mountStates,
  programmeBySlug,
  publishedEpisodes,
  type ScheduledAiring,
  scheduleBetween,
  transcriptFile,
} from '../../features/radio/radio.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';

const mimes = { mp3: 'audio/mpeg', aac: 'audio/aac', opus: 'audio/ogg' } as const;
const SHOWN_EPISODES = 12;

function programmeOf(airing: ScheduledAiring, now: string): Programme {
  const { programme, startsAt, endsAt } = airing;
  return {
    title: programme.title,
    startsAt,
    endsAt,
    href: paths.programme(programme.slug),
    ...(programme.description === '' ? {} : { description: programme.description }),
    ...(programme.hosts.length === 0 ? {} : { host: programme.hosts.join(', ') }),
    ...(startsAt <= now && now < endsAt ? { now: true } : {}),
  };
}

const episodeLink = (episode: EpisodeView) => ({
  label: episode.title,
  href: paths.episode(episode.programmeSlug, episode.slug),
  publishedAt: episode.publishedAt,
  durationSeconds: Math.round(episode.durationMs / 1000),
});

/** The radio's page: what is on the air, the day's timetable in the site's zone, what can be heard again. */
export async function loadLive(ctx: ReaderContext): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  const { timeZone } = house.settings;
  const [state] = await mountStates(ctx.read);
  const today = dayIn(ctx.now, timeZone);
  const from = startOfDay(today, timeZone);
  const to = startOfDay(addDaysTo(today, 1), timeZone);
  const later = new Date(Date.parse(to) + 24 * 3600_000).toISOString();
  const airings =
    state === undefined
      ? []
      : await scheduleBetween(ctx.read, { from, to: later, mountId: state.mountId, timeZone });
  const onNow = airings.filter(({ startsAt, endsAt }) => startsAt <= ctx.now && ctx.now < endsAt).at(-1);
  const next = airings.find(({ startsAt }) => startsAt > ctx.now);
  const sounds = state !== undefined && state.origin !== 'off';
  const song =
    state === undefined ? '' : [state.artist, state.title].filter((part) => part !== '').join(' – ');
  const episodes = await publishedEpisodes(ctx.read, { limit: SHOWN_EPISODES });
  // The page is true until the next programme begins, or the day ends.
  const until = Math.min(Date.parse(next?.startsAt ?? to), Date.parse(onNow?.endsAt ?? to), Date.parse(to));
  return htmlAnswer(
    {
      kind: 'live',
      ...(sounds
        ? {
            onAir:
              onNow === undefined
                ? { title: state.name, startsAt: state.since ?? ctx.now }
                : programmeOf(onNow, ctx.now),
            listeners: state.listeners,
          }
        : {}),
      ...(sounds && song !== '' ? { song } : {}),
      ...(next === undefined ? {} : { next: programmeOf(next, ctx.now) }),
      streams: sounds
        ? [
            {
              src: paths.radioStream(state.slug),
              type: mimes[state.format ?? 'mp3'],
              label: `${(state.format ?? 'mp3').toUpperCase()}${state.kbits === undefined ? '' : ` ${state.kbits} kbit/s`}`,
            },
            { src: paths.radioPlaylist(state.slug), type: 'application/vnd.apple.mpegurl', label: 'HLS' },
          ]
        : [],
      schedule: airings.filter(({ startsAt }) => startsAt < to).map((airing) => programmeOf(airing, ctx.now)),
      episodes: episodes.map(episodeLink),
      ...pageBase(ctx, house, { path: paths.live(), title: state?.name ?? 'Live' }),
    },
    {
      tags: [tag.site, tag.radio, tag.podcasts],
      maxAgeSeconds: Math.max(1, Math.min(3600, Math.ceil((until - Date.parse(ctx.now)) / 1000))),
    },
  );
}

/** A programme and its episodes. */
export async function loadProgramme(ctx: ReaderContext, slug: string): Promise<PageAnswer | undefined> {
  const programme = await programmeBySlug(ctx.read, slug);
  if (programme === undefined) return undefined;
  const house = await readHouse(ctx);
  const episodes = await publishedEpisodes(ctx.read, { programmeId: programme.id, limit: 100 });
  const assets = programme.asset === undefined ? [] : [programme.asset];
  const picture = (await picturesOf(ctx.read, assets, { now: ctx.now })).get(programme.asset ?? '');
  const base = pageBase(ctx, house, {
    path: paths.programme(slug),
    lang: programme.language,
    title: programme.title,
    description: programme.description,
  });
  const feedHref = paths.podcastFeed(slug);
  return htmlAnswer(
    {
      ...base,
      kind: 'programme',
      title: programme.title,
      summary: programme.description,
      hosts: programme.hosts,
      feedHref,
      feeds: [{ type: 'rss', title: programme.title, href: feedHref }, ...base.feeds],
      ...(picture === undefined ? {} : { picture: { src: picture.src, alt: picture.alt } }),
      episodes: episodes.map(episodeLink),
    },
    { tags: [tag.podcasts, ...assets.map(tag.asset)] },
  );
}

/** One episode. */
export async function loadEpisode(
  ctx: ReaderContext,
  params: { readonly programme: string; readonly episode: string },
): Promise<PageAnswer | undefined> {
  const programme = await programmeBySlug(ctx.read, params.programme);
  if (programme === undefined) return undefined;
  const [episode] = await publishedEpisodes(ctx.read, {
    programmeId: programme.id,
    slug: params.episode,
    limit: 1,
  });
  if (episode === undefined) return undefined;
  const house = await readHouse(ctx);
  const moments = await articlesAtMoments(ctx.read, episode.id);
  const { origin } = ctx.services;
  const audio = paths.media(episode.digest, mediaTypes[episode.mime] ?? 'mp3');
  const { transcript } = episode;
  return htmlAnswer(
    {
      kind: 'episode',
      summary: episode.description,
      programme: { label: programme.title, href: paths.programme(programme.slug) },
      publishedAt: episode.publishedAt,
      durationSeconds: Math.round(episode.durationMs / 1000),
      audio: { src: audio, type: episode.mime },
      ...(transcript === undefined
        ? {}
        : {
            transcript: {
              src: paths.episodeFile(programme.slug, episode.slug, transcriptFile(transcript.mime)),
              language: transcript.language,
              vtt: transcript.mime === 'text/vtt',
            },
          }),
      chapters: episode.chapters.map(({ startMs, title, url }) => ({
        second: Math.floor(startMs / 1000),
        title,
        ...(url === undefined ? {} : { href: url }),
      })),
      moments: moments.map(({ second, headline, path }) => ({ second, label: headline, href: path })),
      ...pageBase(ctx, house, {
        path: paths.episode(programme.slug, episode.slug),
        lang: programme.language,
        title: episode.title,
        description: episode.description,
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'PodcastEpisode',
            name: episode.title,
            datePublished: episode.publishedAt,
            duration: `PT${Math.round(episode.durationMs / 1000)}S`,
            partOfSeries: {
              '@type': 'PodcastSeries',
              name: programme.title,
              webFeed: origin + paths.podcastFeed(programme.slug),
            },
            associatedMedia: {
              '@type': 'MediaObject',
              contentUrl: origin + audio,
              encodingFormat: episode.mime,
            },
          },
        ],
      }),
      title: episode.title,
    },
    {
      tags: [tag.podcasts, tag.latest],
    },
  );
}
