import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { directionOf } from '../../base/text.ts';
import { type FeedFormat, paths } from '../../contract/routes.ts';
import type { SiteSettings } from '../../contract/site.ts';
import { docHtml, escapeHtml, type FeedPictures } from './doc-html.ts';
import type { FeedStory } from './feeds.views.ts';

export type FeedInput = {
  readonly format: FeedFormat;
  readonly origin: string;
  readonly settings: SiteSettings;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The page that the feed belongs to, and the feed's own path. */
  readonly pagePath: string;
  readonly feedPath: string;
  readonly stories: readonly FeedStory[];
  readonly pictures: FeedPictures;
  /** Visible comments by story; a story that is not in it has no discussion to read. */
  readonly comments: ReadonlyMap<string, number>;
};

export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Writes a feed: RSS 2.0 (with Media RSS and Dublin Core), Atom (RFC 4287) or JSON Feed 1.1. Bodies are whole. */
export function writeFeed(input: FeedInput): string {
  if (input.format === 'rss') return rss(input);
  return input.format === 'atom' ? atom(input) : json(input);
}

/** The lead picture, lede and body as one piece of HTML. */
function contentHtml(story: FeedStory, input: FeedInput): string {
  const { version } = story;
  const lead = version.leadPicture === undefined ? undefined : input.pictures.get(version.leadPicture.asset);
  const figure =
    lead === undefined || version.leadPicture === undefined
      ? ''
      : docHtml(
          {
            type: 'doc',
            content: [
              {
                type: 'image',
                attrs: {
                  asset: version.leadPicture.asset,
                  caption: version.leadPicture.caption,
                  credit: version.leadPicture.credit,
                },
              },
            ],
          },
          input,
        );
  const note = version.note === '' ? '' : `<p><em>${escapeHtml(version.note)}</em></p>`;
  const body =
    figure +
    note +
    (version.lede === '' ? '' : `<p><strong>${escapeHtml(version.lede)}</strong></p>\n`) +
    docHtml(version.body, input);
  return directionOf(version.language) === 'rtl'
    ? `<div dir="rtl" lang="${version.language}">${body}</div>`
    : body;
}

/** XML 1.0 has no place for control characters; titles and names are plain text. */
// oxlint-disable-next-line no-control-regex
const plain = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

const newest = (input: FeedInput): string =>
  input.stories.reduce(
    (latest, story) => (story.modifiedAt > latest ? story.modifiedAt : latest),
    '1970-01-01T00:00:00.000Z',
  );
const authorsOf = (story: FeedStory): string[] => story.version.bylines.map((byline) => plain(byline.name));
const topicsOf = (story: FeedStory): string[] =>
  [
    ...(story.version.section === undefined ? [] : [story.version.section.name]),
    ...story.version.concepts.map((concept) => concept.name),
  ].map(plain);

function rss(input: FeedInput): string {
  const { origin } = input;
  return generateRssFeed({
    title: plain(input.title),
    link: origin + input.pagePath,
    description: plain(input.description === '' ? input.title : input.description),
    language: input.language,
    lastBuildDate: new Date(newest(input)),
    ttl: 5,
    atom: { links: [{ href: origin + input.feedPath, rel: 'self', type: 'application/rss+xml' }] },
    items: input.stories.map((story) => {
      const picture =
        story.version.leadPicture === undefined
          ? undefined
          : input.pictures.get(story.version.leadPicture.asset);
      return {
        title: plain(story.version.headline),
        link: origin + story.version.path,
        guid: { value: `urn:uuid:${story.id}`, isPermaLink: false },
        pubDate: new Date(story.publishedAt),
        description: plain(story.version.lede),
        content: { encoded: contentHtml(story, input) },
        ...(authorsOf(story).length === 0 ? {} : { dc: { creators: authorsOf(story) } }),
        categories: topicsOf(story).map((name) => ({ name })),
        ...discussionOf(story, input),
        ...(picture === undefined
          ? {}
          : {
              media: {
                contents: [
                  {
                    url: picture.url,
                    type: mimeOf(picture.url),
                    medium: 'image',
                    width: picture.width,
                    height: picture.height,
                    description: { value: plain(story.version.leadPicture?.caption ?? '') },
                    credits: [{ value: plain(story.version.leadPicture?.credit ?? '') }],
                  },
                ],
              },
            }),
      };
    }),
  });
}

/** The discussion of a story as feed readers know it: its page, its count (Slash) and its own feed (Well-Formed Web). */
function discussionOf(story: FeedStory, { origin, comments }: FeedInput) {
  if (story.version.discussion === 'closed' && !comments.has(story.id)) return {};
  return {
    comments: `${origin}${story.version.path}#discussion`,
    slash: { comments: comments.get(story.id) ?? 0 },
    wfw: { commentRss: origin + paths.commentsFeed(story.version.path) },
  };
}

function mimeOf(url: string): string {
  const extension = url.slice(url.lastIndexOf('.') + 1);
  return extension === 'jpg' ? 'image/jpeg' : `image/${extension}`;
}

function atom(input: FeedInput): string {
  const { origin, settings } = input;
  return generateAtomFeed({
    id: origin + input.feedPath,
    title: { value: plain(input.title) },
    ...(input.description === '' ? {} : { subtitle: { value: plain(input.description) } }),
    updated: new Date(newest(input)),
    links: [
      { href: origin + input.pagePath, rel: 'alternate', type: 'text/html' },
      { href: origin + input.feedPath, rel: 'self', type: 'application/atom+xml' },
    ],
    authors: [{ name: plain(settings.publisher ?? settings.name) }],
    entries: input.stories.map((story) => ({
      id: `urn:uuid:${story.id}`,
      title: { value: plain(story.version.headline) },
      updated: new Date(story.modifiedAt),
      published: new Date(story.publishedAt),
      links: [
        {
          href: origin + story.version.path,
          rel: 'alternate',
          type: 'text/html',
          hreflang: story.version.language,
        },
      ],
      ...(authorsOf(story).length === 0 ? {} : { authors: authorsOf(story).map((name) => ({ name })) }),
      ...(story.version.lede === '' ? {} : { summary: { value: plain(story.version.lede) } }),
      content: { value: contentHtml(story, input), type: 'html' },
      categories: topicsOf(story).map((term) => ({ term })),
    })),
  });
}

function json(input: FeedInput): string {
  const { origin, settings } = input;
  const feed = generateJsonFeed({
    title: input.title,
    home_page_url: origin + input.pagePath,
    feed_url: origin + input.feedPath,
    ...(input.description === '' ? {} : { description: input.description }),
    language: input.language,
    icon: `${origin}${paths.front()}favicon.ico`,
    authors: [{ name: settings.publisher ?? settings.name, url: origin }],
    items: input.stories.map((story) => {
      const picture =
        story.version.leadPicture === undefined
          ? undefined
          : input.pictures.get(story.version.leadPicture.asset);
      return {
        id: `urn:uuid:${story.id}`,
        url: origin + story.version.path,
        title: story.version.headline,
        ...(story.version.lede === '' ? {} : { summary: story.version.lede }),
        content_html: contentHtml(story, input),
        date_published: new Date(story.publishedAt),
        date_modified: new Date(story.modifiedAt),
        language: story.version.language,
        ...(authorsOf(story).length === 0 ? {} : { authors: authorsOf(story).map((name) => ({ name })) }),
        ...(topicsOf(story).length === 0 ? {} : { tags: topicsOf(story) }),
        ...(picture === undefined ? {} : { image: picture.url }),
      };
    }),
  });
  return JSON.stringify(feed);
}
