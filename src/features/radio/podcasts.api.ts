import { generateRssFeed } from 'feedsmith';
import { tag } from '../../contract/cache-tags.ts';
import { mediaTypes } from '../../contract/media.ts';
import { paths } from '../../contract/routes.ts';
import type { Blobs } from '../../storage/files/blobs.ts';
import { pageRoute, type PageAnswer, type PageContext, type PageRoute } from '../../http/route.ts';
import { siteOf } from '../articles/site.views.ts';
import { picturesOf } from '../media/media.views.ts';
import {
  type EpisodeView,
  programmeBySlug,
  type ProgrammeView,
  publishedEpisodes,
  transcriptFile,
} from './radio.views.ts';

type PodcastServices = { readonly origin: string; readonly blobs: Blobs };
type Context = PageContext<PodcastServices>;
const define = pageRoute as <P extends string, Q extends string = never>(
  definition: Parameters<typeof pageRoute<P, Q, PodcastServices>>[0],
) => PageRoute<PodcastServices>;

const PER_FEED = 300;
const open = { 'access-control-allow-origin': '*' };

/** XML 1.0 has no place for control characters. */
const plain = (text: string): string => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');

/** Apple's own names, where it has some. */
const appleTypes: Readonly<Record<string, string>> = { 'audio/mp4': 'audio/x-m4a' };

function enclosureOf(origin: string, episode: EpisodeView): { url: string; length: number; type: string } {
  const url = origin + paths.media(episode.digest, mediaTypes[episode.mime] ?? 'mp3');
  return { url, length: episode.bytes, type: appleTypes[episode.mime] ?? episode.mime };
}

/** Apple's spelling: `true` or `false`, and no blanks around a value, which indentation around CDATA would be. */
function asApple(xml: string): string {
  return xml
    .replace(/<itunes:explicit>(yes|no)</g, (_, said) => `<itunes:explicit>${said === 'yes'}<`)
    .replace(/>\s+<!\[CDATA\[/g, '><![CDATA[')
    .replace(/\]\]>\s+<\//g, ']]></');
}

/** Apple's categories have at most one below them. */
function categoriesOf(category: string) {
  const [text = 'News', sub] = category.split(' > ');
  return [{ text, ...(sub === undefined ? {} : { categories: [{ text: sub }] }) }];
}

async function feed(ctx: Context, programme: ProgrammeView): Promise<PageAnswer> {
  const { origin } = ctx.services;
  const settings = await siteOf(ctx.read);
  const episodes = await publishedEpisodes(ctx.read, { programmeId: programme.id, limit: PER_FEED });
  const assets = [programme.asset, ...episodes.map(({ asset }) => asset)].filter((id) => id !== undefined);
  const pictures = await picturesOf(ctx.read, assets, { now: ctx.now, shape: 'square' });
  // Apple takes JPEG and PNG of 1,400 to 3,000 pixels a side.
  const pictureOf = (id: string | undefined): string | undefined => {
    const picture = id === undefined ? undefined : pictures.get(id);
    const jpegs = picture?.sources.find(({ type }) => type === 'image/jpeg')?.srcset ?? [];
    const largest = jpegs.toSorted((a, b) => b.width - a.width)[0];
    return largest === undefined ? undefined : origin + largest.url;
  };
  const page = origin + paths.programme(programme.slug);
  const image = pictureOf(programme.asset);
  const author = plain(programme.hosts.join(', ') || settings.publisher || settings.name);
  const ownerEmail = programme.ownerEmail ?? settings.contactEmail;
  const xml = generateRssFeed({
    title: plain(programme.title),
    link: page,
    description: plain(programme.description || programme.title),
    language: programme.language,
    copyright: plain(programme.copyright || `© ${settings.publisher ?? settings.name}`),
    lastBuildDate: new Date(episodes[0]?.publishedAt ?? ctx.now),
    atom: {
      links: [{ href: origin + paths.podcastFeed(programme.slug), rel: 'self', type: 'application/rss+xml' }],
    },
    ...(image === undefined ? {} : { image: { url: image, title: plain(programme.title), link: page } }),
    itunes: {
      author,
      explicit: programme.explicit,
      type: 'episodic',
      categories: categoriesOf(programme.category),
      ...(image === undefined ? {} : { image }),
      ...(ownerEmail === undefined
        ? {}
        : { owner: { name: plain(settings.publisher ?? settings.name), email: ownerEmail } }),
    },
    podcast: {
      guid: programme.feedGuid,
      medium: 'podcast',
      locked: { value: true, ...(ownerEmail === undefined ? {} : { owner: ownerEmail }) },
      persons: programme.hosts.map((host) => ({ display: plain(host), role: 'host' })),
    },
    items: episodes.map((episode) => {
      const picture = pictureOf(episode.asset);
      const address = (file: string): string =>
        origin + paths.episodeFile(programme.slug, episode.slug, file);
      return {
        title: plain(episode.title),
        link: origin + paths.episode(programme.slug, episode.slug),
        description: plain(episode.description || episode.title),
        guid: { value: episode.guid, isPermaLink: false },
        pubDate: new Date(episode.publishedAt),
        enclosures: [enclosureOf(origin, episode)],
        itunes: {
          title: plain(episode.title),
          duration: Math.round(episode.durationMs / 1000),
          explicit: episode.explicit,
          episodeType: 'full' as const,
          ...(episode.season === undefined ? {} : { season: episode.season }),
          ...(episode.number === undefined ? {} : { episode: episode.number }),
          ...(picture === undefined ? {} : { image: picture }),
        },
        podcast: {
          ...(episode.chapters.length === 0
            ? {}
            : { chapters: { url: address('chapters.json'), type: 'application/json+chapters' } }),
          ...(episode.transcript === undefined
            ? {}
            : {
                transcripts: [
                  {
                    url: address(transcriptFile(episode.transcript.mime)),
                    type: episode.transcript.mime,
                    language: episode.transcript.language,
                  },
                ],
              }),
        },
      };
    }),
  });
  return {
    status: 200,
    contentType: 'application/rss+xml; charset=utf-8',
    body: asApple(xml),
    tags: [tag.podcasts, tag.site, ...assets.map(tag.asset)],
    cache: 'page',
    headers: open,
  };
}

/** JSON Chapters 1.2 of the Podcast namespace. */
function chaptersOf(episode: EpisodeView): string {
  return JSON.stringify({
    version: '1.2.0',
    title: episode.title,
    podcastName: episode.programmeTitle,
    chapters: episode.chapters.map(({ startMs, title, url }) => ({
      startTime: startMs / 1000,
      title,
      ...(url === undefined ? {} : { url }),
    })),
  });
}

async function transcriptOf(
  ctx: Context,
  episode: EpisodeView,
  file: string,
): Promise<PageAnswer | undefined> {
  const { transcript } = episode;
  if (transcript === undefined || file !== transcriptFile(transcript.mime)) return undefined;
  const stream = await ctx.services.blobs.get(transcript.digest);
  if (stream === undefined) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return {
    status: 200,
    contentType: `${transcript.mime}; charset=utf-8`,
    body: Buffer.concat(chunks),
    tags: [tag.podcasts],
    cache: 'page',
    headers: open,
  };
}

/** Feeds and what they point to; sound itself is an asset like any other, with ranges. */
export const podcastRoutes: readonly PageRoute<PodcastServices>[] = [
  define({
    pattern: '/podcast/:programme/feed.xml',
    load: async (ctx, { params }) => {
      const programme = await programmeBySlug(ctx.read, params.programme);
      return programme === undefined ? undefined : feed(ctx, programme);
    },
  }),
  define({
    pattern: '/podcast/:programme/:episode/:file',
    load: async (ctx, { params }) => {
      const programme = await programmeBySlug(ctx.read, params.programme);
      if (programme === undefined) return undefined;
      const [episode] = await publishedEpisodes(ctx.read, {
        programmeId: programme.id,
        slug: params.episode,
        limit: 1,
      });
      if (episode === undefined) return undefined;
      if (params.file !== 'chapters.json') return transcriptOf(ctx, episode, params.file);
      return {
        status: 200,
        contentType: 'application/json+chapters',
        body: chaptersOf(episode),
        tags: [tag.podcasts],
        cache: 'page',
        headers: open,
      };
    },
  }),
];
