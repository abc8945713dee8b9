import type { PublishedVersion } from '../../contract/article.ts';
import { tag } from '../../contract/cache-tags.ts';
import { docAssets, walk } from '../../contract/document.ts';
import type { ArticleView, CorrectionNotice, Link, StoryCard } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import {
  listStories,
  neighboursIn,
  type PublishedArticle,
  publishedAt,
  redirectOf,
  storiesById,
  type StoryRow,
  translationsOf,
  type VersionRow,
  versionsOf,
} from '../../features/articles/articles.views.ts';
import { statusOf } from '../../features/discussion/discussion.views.ts';
import { viewsOf } from '../../features/audience/audience.views.ts';
import { bodyAssets } from '../../features/media/media.views.ts';
import { relatedTo } from '../../features/related/related.views.ts';
import { storylinesById } from '../../features/storylines/storylines.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { breakingSeconds, captioned, cardMaker, isBreaking, storylineRef, storyTags } from './cards.ts';
import {
  editionFor,
  htmlAnswer,
  type House,
  languageName,
  pageBase,
  type ReaderContext,
  readHouse,
  sectionLink,
} from './context.ts';
import { articleDiscussion, commentsOn, peopleTags, secondsUntilClosed } from './discussion-view.ts';
import { breadcrumbs, newsArticle } from './jsonld.ts';

/** The page at an article's (or a static page's) address: the story, the notice of a withdrawn one, or where an old address leads. */
export async function loadArticle(ctx: ReaderContext, path: string): Promise<PageAnswer | undefined> {
  const article = await publishedAt(ctx.read, path);
  if (article === undefined) return loadRedirect(ctx, path);
  const house = await readHouse(ctx);
  if (article.visibility !== 'live') return goneAnswer(ctx, house, article);
  return article.version.kind === 'page'
    ? staticAnswer(ctx, house, article)
    : articleAnswer(ctx, house, { article });
}

/** What an old address answers: where its article is now, or that it is gone. */
export async function loadRedirect(ctx: ReaderContext, path: string): Promise<PageAnswer | undefined> {
  const to = await redirectOf(ctx.read, path);
  if (to === undefined) return undefined;
  if (to === 'gone') {
    const house = await readHouse(ctx);
    return goneAnswer(ctx, house, undefined, path);
  }
  return {
    status: to.status,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    tags: [],
    cache: 'page',
    location: to.to,
  };
}

/** How a page is drawn that is not published. */
export type PreviewOf = { readonly embargoedUntil?: string; readonly cardHref: string };

/** The page of a story; with `preview`, as it would be. */
export async function articleAnswer(
  ctx: ReaderContext,
  house: House,
  { article, preview }: { article: PublishedArticle; preview?: PreviewOf },
): Promise<PageAnswer> {
  const { version } = article;
  const boxedIds = boxedArticles(version);
  const relatedIds = await relatedTo(ctx.read, article.id);
  const others = await storiesById(ctx.read, [...new Set([...relatedIds, ...boxedIds])]);
  const related = relatedIds.flatMap((id) => others.find((story) => story.id === id) ?? []);
  const versions = await versionsOf(ctx.read, article.id);
  const translations = await translationsOf(ctx.read, article);
  const { storylines, neighbours } = await storylinesOf(ctx, article);
  const assetIds = [
    ...docAssets(version.body),
    ...(version.leadPicture === undefined ? [] : [version.leadPicture.asset]),
  ];
  const assets = await bodyAssets(ctx.read, assetIds, { now: ctx.now });
  const card = await cardMaker(ctx, house, others);
  const lead = version.leadPicture === undefined ? undefined : assets.get(version.leadPicture.asset);
  const leadPicture =
    lead?.kind === 'picture' ? captioned(withoutKind(lead), version.leadPicture ?? {}) : undefined;
  const corrections = correctionsOf(versions);
  const edition = editionFor(version.language, house.settings.languages);
  const section = house.sections.find((known) => known.id === version.section?.id);
  const sectionHref =
    section === undefined
      ? { label: house.settings.name, href: paths.front() }
      : sectionLink(section, edition, house.settings);
  const status = await statusOf(ctx.read, article, ctx.now);
  const discussion = status.shown && preview === undefined ? await articleDiscussion(ctx, status) : undefined;
  const counted = discussion !== undefined && (discussion.count > 0 || discussion.closed === undefined);
  const updatedAt = article.modifiedAt === article.publishedAt ? undefined : article.modifiedAt;
  const view: ArticleView = {
    id: article.id,
    headline: version.headline,
    ...(version.lede === '' ? {} : { lede: version.lede }),
    section: sectionHref,
    storylines,
    ...(leadPicture === undefined ? {} : { leadPicture }),
    ...(version.dateline === undefined ? {} : { dateline: version.dateline }),
    body: version.body,
    assets: Object.fromEntries(assets),
    boxed: Object.fromEntries(boxedCards(boxedIds, others, card)),
    bylines: version.bylines.map((byline) => ({
      name: byline.name,
      ...(byline.slug === undefined || byline.slug === '' ? {} : { href: paths.author(byline.slug) }),
      ...(byline.role === undefined ? {} : { role: byline.role }),
    })),
    ...(version.source === undefined ? {} : { source: { label: version.source.name } }),
    publishedAt: article.publishedAt,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    state:
      preview !== undefined
        ? 'preview'
        : isBreaking({ urgency: version.urgency, publishedAt: article.publishedAt }, ctx.now)
          ? 'breaking'
          : 'published',
    ...(preview?.embargoedUntil === undefined ? {} : { embargoedUntil: preview.embargoedUntil }),
    corrections,
    versions: versions.length,
    historyHref: paths.history(version.path),
    ...(article.shortCode === undefined
      ? {}
      : {
          shortLink: {
            url: ctx.services.origin + paths.shortLink(article.shortCode),
            href: paths.shortLinkPage(article.shortCode),
          },
        }),
    counts: {
      ...(counted ? { comments: discussion.count } : {}),
      ...(preview === undefined ? { views: await viewsOf(ctx.read, article.id) } : {}),
    },
    ...(discussion === undefined ? {} : { discussion }),
    related: related.map((story) => card(story, { pageLang: version.language })),
    tags: version.concepts.map((concept) => ({
      label: concept.name,
      href: paths.tag(concept.slug),
      kind: concept.kind as ArticleView['tags'][number]['kind'],
    })),
    translations: translations.map((other) => ({
      lang: other.language,
      label: languageName(other.language),
      href: other.path,
    })),
  };
  const seconds = soonest(
    breakingSeconds([{ urgency: version.urgency, publishedAt: article.publishedAt }, ...related], ctx.now),
    secondsUntilClosed(status, ctx.now),
  );
  return htmlAnswer(
    {
      kind: 'article',
      article: view,
      ...pageBase(ctx, house, {
        path: version.path,
        lang: version.language,
        ...(preview === undefined
          ? {
              subject: `article:${article.id}`,
              version: version.version,
              storyline: version.storylines[0]?.id,
            }
          : { counted: false }),
        title: version.socialTitle ?? version.headline,
        description: version.socialDescription ?? version.lede,
        ...(version.canonicalUrl === undefined ? {} : { canonicalUrl: version.canonicalUrl }),
        alternates:
          translations.length === 0
            ? []
            : [
                { lang: version.language, path: version.path },
                ...translations.map((other) => ({ lang: other.language, path: other.path })),
              ],
        jsonLd: [
          newsArticle({
            version,
            settings: house.settings,
            origin: ctx.services.origin,
            picture: leadPicture,
            modifiedAt: article.modifiedAt,
            corrections: corrections.map(({ at, text }) => ({ at, text })),
            ...(counted ? { discussion } : {}),
          }),
          breadcrumbs(ctx.services.origin, [
            { name: house.settings.name, path: paths.front() },
            ...(section === undefined ? [] : [{ name: sectionHref.label, path: sectionHref.href }]),
            { name: version.headline, path: version.path },
          ]),
        ],
        og: {
          type: 'article',
          title: version.socialTitle ?? version.headline,
          description: version.socialDescription ?? version.lede,
          image: {
            url: ctx.services.origin + (preview?.cardHref ?? paths.socialCard(article.id, version.version)),
            width: 1200,
            height: 630,
            alt: version.headline,
          },
          publishedAt: article.publishedAt,
          ...(updatedAt === undefined ? {} : { updatedAt }),
          ...(section === undefined ? {} : { section: sectionHref.label }),
          tags: version.concepts.map((concept) => concept.name),
        },
        ...(preview === undefined ? { oembed: true } : { robots: 'noindex, nofollow' as const }),
        ...(discussion === undefined || discussion.threads.length === 0 ? {} : { commentsOf: version.path }),
      }),
    },
    {
      tags: [
        tag.article(article.id),
        tag.discussion(article.id),
        ...(discussion === undefined ? [] : peopleTags(commentsOn(discussion))),
        tag.translations(article.translationGroup),
        ...version.storylines.map((line) => tag.storyline(line.id)),
        ...storylines.map((line) => tag.storyline(line.id)),
        ...version.concepts.map((concept) => tag.concept(concept.id)),
        ...assetIds.map(tag.asset),
        ...storyTags([...others, ...neighbours]),
      ],
      modifiedAt: article.modifiedAt,
      subject: `article:${article.id}`,
      ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
    },
  );
}

function soonest(...seconds: readonly (number | undefined)[]): number | undefined {
  const known = seconds.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function withoutKind<T extends { kind: string }>({ kind: _kind, ...rest }: T): Omit<T, 'kind'> {
  return rest;
}

function boxedArticles(version: PublishedVersion): string[] {
  const ids: string[] = [];
  for (const node of walk(version.body)) {
    const listed = node.type === 'relatedBox' ? node.attrs?.['articles'] : undefined;
    if (Array.isArray(listed)) for (const id of listed) if (typeof id === 'string') ids.push(id);
  }
  return ids;
}

function boxedCards(
  ids: readonly string[],
  stories: readonly StoryRow[],
  card: (story: StoryRow) => StoryCard,
): [string, StoryCard][] {
  return ids.flatMap((id) => {
    const story = stories.find((known) => known.id === id);
    return story === undefined ? [] : [[id, card(story)] as [string, StoryCard]];
  });
}

/** The storylines of an article as they are now; the main one with the stories before and after. */
async function storylinesOf(
  ctx: ReaderContext,
  article: PublishedArticle,
): Promise<{ storylines: ArticleView['storylines']; neighbours: StoryRow[] }> {
  const ids = article.version.storylines.map((line) => line.id);
  const known = await storylinesById(ctx.read, ids);
  const neighbours: StoryRow[] = [];
  const storylines: ArticleView['storylines'][number][] = [];
  for (const id of ids) {
    const storyline = known.get(id);
    if (storyline === undefined) continue;
    const ref = storylineRef(storyline, article.version.language);
    if (storylines.length > 0) {
      storylines.push(ref);
      continue;
    }
    const { older, newer } = await neighboursIn(ctx.read, {
      storyline: storyline.id,
      publishedAt: article.publishedAt,
      articleId: article.id,
    });
    const link = (story: StoryRow): Link => ({ label: story.headline, href: story.path });
    storylines.push({
      ...ref,
      ...(older === undefined ? {} : { previous: link(older) }),
      ...(newer === undefined ? {} : { next: link(newer) }),
    });
    for (const story of [older, newer]) if (story !== undefined) neighbours.push(story);
  }
  return { storylines, neighbours };
}

/** What readers are told of changes: every version that came with a note. */
function correctionsOf(versions: readonly VersionRow[]): CorrectionNotice[] {
  return versions.flatMap((version) => {
    const { reason } = version;
    if (version.note === '' || (reason !== 'correction' && reason !== 'clarification' && reason !== 'update'))
      return [];
    return [{ reason, at: version.publishedAt, text: version.note }];
  });
}

export async function staticAnswer(
  ctx: ReaderContext,
  house: House,
  article: PublishedArticle,
): Promise<PageAnswer> {
  const { version } = article;
  const translations = await translationsOf(ctx.read, article);
  const assetIds = docAssets(version.body);
  const assets = await bodyAssets(ctx.read, assetIds, { now: ctx.now });
  return htmlAnswer(
    {
      kind: 'static',
      headline: version.headline,
      ...(version.lede === '' ? {} : { lede: version.lede }),
      body: version.body,
      bodyAssets: Object.fromEntries(assets),
      updatedAt: article.modifiedAt,
      ...pageBase(ctx, house, {
        path: version.path,
        lang: version.language,
        title: version.headline,
        description: version.lede,
        alternates:
          translations.length === 0
            ? []
            : [
                { lang: version.language, path: version.path },
                ...translations.map((other) => ({ lang: other.language, path: other.path })),
              ],
        og: { type: 'website', title: version.headline, description: version.lede },
      }),
    },
    {
      tags: [tag.article(article.id), tag.translations(article.translationGroup), ...assetIds.map(tag.asset)],
      modifiedAt: article.modifiedAt,
    },
  );
}

async function goneAnswer(
  ctx: ReaderContext,
  house: House,
  article: PublishedArticle | undefined,
  path = article?.version.path ?? '/',
): Promise<PageAnswer> {
  const edition = editionFor(
    article?.version.language ?? house.settings.languages[0] ?? 'en',
    house.settings.languages,
  );
  const { stories } = await listStories(ctx.read, { edition }, { limit: 5 });
  const card = await cardMaker(ctx, house, stories);
  const takedown = article?.visibility === 'taken_down';
  return htmlAnswer(
    {
      kind: 'gone',
      reason: takedown ? 'takedown' : 'kill',
      at: article?.modifiedAt ?? ctx.now,
      ...(article === undefined || article.version.note === '' ? {} : { notice: article.version.note }),
      ...(article === undefined ? {} : { historyHref: paths.history(article.version.path) }),
      latest: stories.map((story) => card(story, { picture: false, pageLang: edition })),
      ...pageBase(ctx, house, {
        path,
        lang: article?.version.language ?? edition,
        title: takedown ? '451' : '410',
        robots: 'noindex',
      }),
    },
    {
      status: takedown ? 451 : 410,
      tags: [
        ...(article === undefined ? [] : [tag.article(article.id)]),
        tag.edition(edition),
        ...storyTags(stories),
      ],
    },
  );
}
