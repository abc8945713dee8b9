import { tag } from '../../contract/cache-tags.ts';
import { type FeedFormat, paths } from '../../contract/routes.ts';
import { siteIn } from '../../contract/site.ts';
import { pageRoute, type PageAnswer, type PageContext, type PageRoute } from '../../http/route.ts';
import { type ListOf, livePages, publishedAt } from '../articles/articles.views.ts';
import { siteOf } from '../articles/site.views.ts';
import { allSections, authorBySlug } from '../articles/nouns.views.ts';
import { conceptBySlug, mediaTopicsOf } from '../concepts/concepts.views.ts';
import { commentCounts } from '../discussion/discussion.views.ts';
import { storylineBySlug } from '../storylines/storylines.views.ts';
import { feedTypes, writeFeed } from './feed.ts';
import { feedPictures, feedStories, sitemapMonths, sitemapStories, storiesSince } from './feeds.views.ts';
import { toNinjs } from './ninjs.ts';
import { escapeHtml } from './doc-html.ts';
import { writeNewsSitemap, writeSitemap, writeSitemapIndex } from './sitemap.ts';

type FeedServices = { readonly origin: string };
type Context = PageContext<FeedServices>;
const define = pageRoute as <P extends string, Q extends string = never>(
  definition: Parameters<typeof pageRoute<P, Q, FeedServices>>[0],
) => PageRoute<FeedServices>;

const PER_FEED = 50;
/** sitemaps.org allows 50,000 addresses a file; ours stay small enough to be made in a moment. */
const PER_SITEMAP = 5000;
const NEWS_MS = 48 * 3600_000;
const XML = 'application/xml; charset=utf-8';
const files = { 'feed.xml': 'rss', 'atom.xml': 'atom', 'feed.json': 'json' } as const satisfies Record<
  string,
  FeedFormat
>;

type FeedOf = {
  of: ListOf;
  title: string;
  description: string;
  language: string;
  pagePath: string;
  prefix: 'site' | `/${string}`;
  tags: string[];
};

async function feedAnswer(ctx: Context, format: FeedFormat, feed: FeedOf): Promise<PageAnswer> {
  const settings = await siteOf(ctx.read);
  const stories = await feedStories(ctx.read, feed.of, PER_FEED);
  const pictures = await feedPictures(ctx.read, stories, { origin: ctx.services.origin, now: ctx.now });
  const comments = await commentCounts(
    ctx.read,
    stories.map((story) => story.id),
  );
  const body = writeFeed({
    format,
    comments,
    origin: ctx.services.origin,
    settings,
    title: feed.title,
    description: feed.description,
    language: feed.language,
    pagePath: feed.pagePath,
    feedPath: paths.feed(format, feed.prefix),
    stories,
    pictures,
  });
  const tags = [
    tag.site,
    ...feed.tags,
    ...stories.flatMap((story) => [
      tag.article(story.id),
      tag.commentCount(story.id),
      ...(story.version.leadPicture === undefined ? [] : [tag.asset(story.version.leadPicture.asset)]),
    ]),
  ];
  const modified = stories
    .map((story) => story.modifiedAt)
    .sort()
    .at(-1);
  return {
    status: 200,
    contentType: feedTypes[format],
    body,
    tags,
    cache: 'page',
    headers: {
      'access-control-allow-origin': '*',
      ...(modified === undefined ? {} : { 'last-modified': new Date(modified).toUTCString() }),
    },
  };
}

/** `empty`: not for readers before it has a story, on which such an answer depends by these tags. */
type FindFeed = (ctx: Context, slug: string) => Promise<FeedOf | { empty: string[] } | undefined>;

const siteFeed: FindFeed = async (ctx, language) => {
  const site = await siteOf(ctx.read);
  const edition = language === '' ? (site.languages[0] ?? 'en') : language;
  const settings = siteIn(site, edition);
  if (!settings.languages.includes(edition) || language === settings.languages[0]) return undefined;
  const page = language === '' ? paths.front() : paths.front(edition);
  return {
    of: { edition },
    title: settings.name,
    description: settings.tagline,
    language: edition,
    pagePath: page,
    prefix: language === '' ? 'site' : `/${edition}`,
    tags: [tag.edition(edition)],
  };
};
const sectionFeed: FindFeed = async (ctx, slug) => {
  const settings = await siteOf(ctx.read);
  const section = (await allSections(ctx.read)).find((known) => known.slug === slug);
  const edition = settings.languages[0] ?? 'en';
  if (section === undefined) return undefined;
  return {
    of: { section: section.id, edition },
    title: `${section.name} – ${settings.name}`,
    description: section.description,
    language: edition,
    pagePath: paths.section(slug),
    prefix: paths.section(slug),
    tags: [tag.section(section.id)],
  };
};
const storylineFeed: FindFeed = async (ctx, slug) => {
  const line = await storylineBySlug(ctx.read, slug);
  if (line === undefined) return undefined;
  return {
    of: { storyline: line.id },
    title: line.title,
    description: line.description,
    language: line.language,
    pagePath: paths.storyline(slug),
    prefix: paths.storyline(slug),
    tags: [tag.storyline(line.id)],
  };
};
const tagFeed: FindFeed = async (ctx, slug) => {
  const settings = await siteOf(ctx.read);
  const concept = await conceptBySlug(ctx.read, slug);
  if (concept === undefined) return undefined;
  if (concept.count === 0) return { empty: [tag.concept(concept.id)] };
  return {
    of: { concept: concept.id },
    title: `${concept.name} – ${settings.name}`,
    description: concept.description,
    language: settings.languages[0] ?? 'en',
    pagePath: paths.tag(slug),
    prefix: paths.tag(slug),
    tags: [tag.concept(concept.id)],
  };
};
const authorFeed: FindFeed = async (ctx, slug) => {
  const settings = await siteOf(ctx.read);
  const author = await authorBySlug(ctx.read, slug);
  if (author === undefined) return undefined;
  return {
    of: { author: author.id },
    title: `${author.name} – ${settings.name}`,
    description: author.bio,
    language: settings.languages[0] ?? 'en',
    pagePath: paths.author(slug),
    prefix: paths.author(slug),
    tags: [tag.author(author.id)],
  };
};

const noFeed = (tags: readonly string[]): PageAnswer => ({
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  body: 'There is no such feed.\n',
  tags,
  cache: 'page',
});

function feedRoutes(prefix: string, find: FindFeed): PageRoute<FeedServices>[] {
  return Object.entries(files).map(([file, format]) =>
    define({
      pattern: `${prefix}/${file}` as '/section/:slug/feed.xml',
      load: async (ctx, { params }) => {
        const feed = await find(ctx, (params as { slug?: string }).slug ?? '');
        if (feed === undefined) return undefined;
        return 'empty' in feed ? noFeed(feed.empty) : feedAnswer(ctx, format, feed);
      },
    }),
  );
}

const xmlAnswer = (body: string, tags: readonly string[], maxAgeSeconds?: number): PageAnswer => ({
  status: 200,
  contentType: XML,
  body,
  tags,
  cache: 'page',
  ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
});

/** Feeds, sitemaps, robots, ninjs and oEmbed: what other programs read. */
export const feedRoutesOfSite: readonly PageRoute<FeedServices>[] = [
  ...feedRoutes('', siteFeed),
  ...feedRoutes('/:slug', siteFeed),
  ...feedRoutes('/section/:slug', sectionFeed),
  ...feedRoutes('/storyline/:slug', storylineFeed),
  ...feedRoutes('/tag/:slug', tagFeed),
  ...feedRoutes('/author/:slug', authorFeed),
  define({
    pattern: '/robots.txt',
    load: async (ctx) => ({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: `User-agent: *\nDisallow: ${paths.api('')}\nDisallow: ${paths.radioStream('')}\nDisallow: /newsroom/\nDisallow: ${paths.search()}\nAllow: /\n\nSitemap: ${ctx.services.origin}${paths.sitemap()}\nSitemap: ${ctx.services.origin}${paths.sitemapNews()}\n`,
      tags: [],
      cache: 'page',
    }),
  }),
  define({
    pattern: '/sitemap.xml',
    load: async (ctx) => {
      const { origin } = ctx.services;
      const parts = (await sitemapMonths(ctx.read)).flatMap(({ month, count }) =>
        Array.from(
          { length: Math.ceil(count / PER_SITEMAP) },
          (_, part) => origin + paths.sitemapPart(part === 0 ? month : `${month}-${part + 1}`),
        ),
      );
      return xmlAnswer(writeSitemapIndex([origin + paths.sitemapPart('pages'), ...parts]), [
        tag.latest,
        tag.site,
      ]);
    },
  }),
  define({
    pattern: '/sitemaps/:part.xml',
    load: async (ctx, { params }) => {
      const { origin } = ctx.services;
      if (params.part === 'pages') {
        const settings = await siteOf(ctx.read);
        const sections = (await allSections(ctx.read)).map((section) => paths.section(section.slug));
        const pages = (await livePages(ctx.read)).map((page) => page.path);
        const fronts = settings.languages.map((language, i) => paths.front(i === 0 ? undefined : language));
        return xmlAnswer(writeSitemap(origin, { pages: [...fronts, ...sections, ...pages] }), [
          tag.site,
          tag.pages,
        ]);
      }
      const match = /^(\d{4}-\d{2})(?:-(\d{1,4}))?$/.exec(params.part);
      const month = match?.[1];
      if (month === undefined) return undefined;
      const entries = await sitemapStories(ctx.read, {
        month,
        part: match?.[2] === undefined ? 0 : Number(match[2]) - 1,
        size: PER_SITEMAP,
      });
      return entries.length === 0 ? undefined : xmlAnswer(writeSitemap(origin, { entries }), [tag.latest]);
    },
  }),
  define({
    pattern: '/sitemap-news.xml',
    load: async (ctx) => {
      const settings = await siteOf(ctx.read);
      const entries = await storiesSince(
        ctx.read,
        new Date(Date.parse(ctx.now) - NEWS_MS).toISOString(),
        1000,
      );
      // Stories leave this file with time, not with an event.
      const oldest = entries.at(-1);
      const seconds =
        oldest === undefined
          ? 3600
          : Math.max(1, Math.ceil((Date.parse(oldest.publishedAt) + NEWS_MS - Date.parse(ctx.now)) / 1000));
      return xmlAnswer(
        writeNewsSitemap(ctx.services.origin, { name: settings.name, entries }),
        [tag.latest, tag.site],
        Math.min(seconds, 3600),
      );
    },
  }),
  define({
    pattern: '/:section/:year/:month/:day/:slug.json',
    load: async (ctx, { path }) => {
      const article = await publishedAt(ctx.read, path.slice(0, -'.json'.length));
      if (article === undefined || article.version.kind === 'page') return undefined;
      const { origin } = ctx.services;
      const headers = {
        'access-control-allow-origin': '*',
        'last-modified': new Date(article.modifiedAt).toUTCString(),
      };
      if (article.visibility !== 'live') {
        const notice = {
          uri: origin + article.version.path,
          pubStatus: 'canceled',
          versionCreated: article.modifiedAt,
          edNote: article.version.note,
        };
        return {
          status: article.visibility === 'killed' ? 410 : 451,
          contentType: 'application/json; charset=utf-8',
          body: JSON.stringify(notice),
          tags: [tag.article(article.id)],
          cache: 'page',
          headers,
        };
      }
      const pictures = await feedPictures(ctx.read, [article], { origin, now: ctx.now });
      const mediaTopics = await mediaTopicsOf(
        ctx.read,
        article.version.concepts.map((concept) => concept.id),
      );
      const item = toNinjs({
        version: article.version,
        modifiedAt: article.modifiedAt,
        origin,
        settings: await siteOf(ctx.read),
        pictures,
        mediaTopics,
      });
      const assets = [...pictures.keys()].map(tag.asset);
      return {
        status: 200,
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify(item),
        tags: [tag.site, tag.article(article.id), ...assets],
        cache: 'page',
        headers,
      };
    },
  }),
  define({
    pattern: '/oembed',
    query: ['url', 'format', 'maxwidth', 'maxheight'],
    load: (ctx, { query }) => oembed(ctx, query),
  }),
];

/** oEmbed 1.0: a link to an article as a `link` answer with its title, author and picture. */
async function oembed(
  ctx: Context,
  query: { url?: string; format?: string },
): Promise<PageAnswer | undefined> {
  const { origin } = ctx.services;
  const url = URL.parse(query.url ?? '');
  if (url === null || url.origin !== origin) return undefined;
  const article = await publishedAt(ctx.read, url.pathname);
  if (article?.visibility !== 'live') return undefined;
  const settings = await siteOf(ctx.read);
  const picture = (await feedPictures(ctx.read, [article], { origin, now: ctx.now })).get(
    article.version.leadPicture?.asset ?? '',
  );
  const [byline] = article.version.bylines;
  const answer = {
    version: '1.0',
    type: 'link',
    title: article.version.headline,
    provider_name: settings.name,
    provider_url: origin,
    cache_age: 300,
    ...(byline === undefined
      ? {}
      : {
          author_name: byline.name,
          ...(byline.slug ? { author_url: origin + paths.author(byline.slug) } : {}),
        }),
    ...(picture === undefined
      ? {}
      : { thumbnail_url: picture.url, thumbnail_width: picture.width, thumbnail_height: picture.height }),
  };
  const tags = [tag.site, tag.article(article.id)];
  const headers = { 'access-control-allow-origin': '*' };
  if (query.format === 'xml') {
    const rows = Object.entries(answer).map(
      ([name, value]) => `<${name}>${escapeHtml(String(value))}</${name}>`,
    );
    return {
      status: 200,
      contentType: 'text/xml; charset=utf-8',
      body: `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${rows.join('')}</oembed>`,
      tags,
      cache: 'page',
      headers,
    };
  }
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(answer),
    tags,
    cache: 'page',
    headers,
  };
}
