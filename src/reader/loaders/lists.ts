import { tag } from '../../contract/cache-tags.ts';
import type { Paging } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import {
  isCursor,
  listStories,
  type ListOf,
  storiesById,
  type StoryList,
  type StoryRow,
} from '../../features/articles/articles.views.ts';
import { authorBySlug } from '../../features/articles/nouns.views.ts';
import { conceptBySlug, conceptsBeside } from '../../features/concepts/concepts.views.ts';
import { picturesOf } from '../../features/media/media.views.ts';
import {
  activeStorylines,
  spanOf,
  storylineBySlug,
  type StorylineView,
  timelineOf,
} from '../../features/storylines/storylines.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { breakingSeconds, cardMaker, storylineRef, storyTags } from './cards.ts';
import {
  editionFor,
  htmlAnswer,
  langKey,
  pageBase,
  type ReaderContext,
  readHouse,
  sectionLink,
} from './context.ts';
import { breadcrumbs, itemList } from './jsonld.ts';
import { mostLists } from './most.ts';
import { loadNotFound } from './others.ts';

const PER_PAGE = 24;
const TIMELINE = 60;

export type ListQuery = { readonly after?: string; readonly before?: string; readonly lang?: string };
type Address = (page: { after?: string; before?: string }) => string;

/** One page of a list; undefined when the address names a place that cannot be, or a page beyond the end. */
async function pageOf(ctx: ReaderContext, of: ListOf, query: ListQuery): Promise<StoryList | undefined> {
  for (const cursor of [query.after, query.before])
    if (cursor !== undefined && !isCursor(cursor)) return undefined;
  const list = await listStories(ctx.read, of, {
    limit: PER_PAGE,
    ...(query.after === undefined ? {} : { after: query.after }),
    ...(query.before === undefined ? {} : { before: query.before }),
  });
  const first = query.after === undefined && query.before === undefined;
  return list.stories.length === 0 && !first ? undefined : list;
}

function pagingOf(list: StoryList, address: Address): Paging {
  return {
    ...(list.newer === undefined ? {} : { newer: address({ before: list.newer }) }),
    ...(list.older === undefined ? {} : { older: address({ after: list.older }) }),
  };
}

const isFirst = (query: ListQuery): boolean => query.after === undefined && query.before === undefined;
const own = (query: ListQuery): { after?: string; before?: string } => ({
  ...(query.after === undefined ? {} : { after: query.after }),
  ...(query.before === undefined ? {} : { before: query.before }),
});

export async function loadSection(
  ctx: ReaderContext,
  slug: string,
  query: ListQuery,
): Promise<PageAnswer | undefined> {
  const house = await readHouse(ctx);
  const section = house.sections.find((known) => known.slug === slug);
  if (section === undefined) return undefined;
  const edition = query.lang ?? house.settings.languages[0] ?? 'en';
  if (!house.settings.languages.includes(edition)) return undefined;
  const lang = langKey(edition, house.settings);
  const list = await pageOf(ctx, { section: section.id, edition }, query);
  if (list === undefined) return undefined;
  const { stories } = list;
  const card = await cardMaker(ctx, house, stories);
  const name = sectionLink(section, edition, house.settings).label;
  const address = (page: ListQuery): string => paths.section(slug, { ...page, lang });
  const seen = new Set(stories.flatMap((story) => story.digest.storylines.map((line) => line.id)));
  const active = (await activeStorylines(ctx.read, 12)).filter((storyline) => seen.has(storyline.id));
  const cards = stories.map((story) => card(story, { pageLang: edition }));
  const seconds = breakingSeconds(stories, ctx.now);
  return htmlAnswer(
    {
      kind: 'section',
      ...(isFirst(query) ? { most: await mostLists(ctx, { edition, section: section.id }) } : {}),
      name,
      ...(section.description === '' ? {} : { intro: section.description }),
      firstPage: isFirst(query),
      stories: cards,
      storylines: active.map((line) => storylineRef(line, edition)),
      paging: pagingOf(list, address),
      ...pageBase(ctx, house, {
        path: address({}),
        lang: edition,
        subject: `section:${section.id}`,
        title: name,
        description: section.description,
        canonicalPath: address(own(query)),
        alternates: house.settings.languages.map((other) => ({
          lang: other,
          path: paths.section(slug, { lang: langKey(other, house.settings) }),
        })),
        feedsOf: { title: name, path: `/section/${slug}` },
        jsonLd: [
          itemList(ctx.services.origin, { name, stories: cards }),
          breadcrumbs(ctx.services.origin, [
            { name: house.settings.name, path: paths.front() },
            { name, path: address({}) },
          ]),
        ],
        og: { type: 'website', title: name, description: section.description },
      }),
    },
    {
      tags: [
        tag.section(section.id),
        tag.mostRead,
        ...active.map((line) => tag.storyline(line.id)),
        ...storyTags(stories),
      ],
      ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
    },
  );
}

function secondsUntil(at: string | null | undefined, now: string): number | undefined {
  if (at === null || at === undefined || at <= now) return undefined;
  return Math.max(1, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000));
}

/** Where the page of a noun leads that has become part of another. */
function movedTo(location: string, tagOf: string): PageAnswer {
  return {
    status: 301,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    tags: [tagOf],
    cache: 'page',
    location,
  };
}

/** The stories of a list with one of them first, from wherever in the storyline it is. */
async function pinnedFirst(
  ctx: ReaderContext,
  storyline: StorylineView,
  stories: readonly StoryRow[],
): Promise<StoryRow[]> {
  const { pinned } = storyline;
  if (pinned === undefined || (pinned.until !== null && pinned.until <= ctx.now)) return [...stories];
  const [story] = await storiesById(ctx.read, [pinned.article]);
  const belongs = story?.digest.storylines.some((line) => line.id === storyline.id) ?? false;
  if (story === undefined || !belongs) return [...stories];
  return [story, ...stories.filter((other) => other.id !== story.id)];
}

export async function loadStoryline(
  ctx: ReaderContext,
  slug: string,
  query: ListQuery,
): Promise<PageAnswer | undefined> {
  const storyline = await storylineBySlug(ctx.read, slug);
  if (storyline === undefined) return undefined;
  if (storyline.slug !== slug)
    return movedTo(paths.storyline(storyline.slug, own(query)), tag.storyline(storyline.id));
  const house = await readHouse(ctx);
  const list = await pageOf(ctx, { storyline: storyline.id }, query);
  if (list === undefined) return undefined;
  const first = isFirst(query);
  const stories = first ? await pinnedFirst(ctx, storyline, list.stories) : list.stories;
  const pinSeconds = first ? secondsUntil(storyline.pinned?.until, ctx.now) : undefined;
  const timeline = first ? await timelineOf(ctx.read, storyline.id, TIMELINE) : [];
  const span = await spanOf(ctx.read, storyline.id);
  const card = await cardMaker(ctx, house, stories);
  const lang = editionFor(storyline.language, house.settings.languages);
  const address = (page: ListQuery): string => paths.storyline(slug, own(page));
  const cards = stories.map((story) => card(story, { pageLang: lang }));
  return htmlAnswer(
    {
      kind: 'storyline',
      id: storyline.id,
      storyline: storylineRef(storyline),
      ...(storyline.description === '' ? {} : { intro: storyline.description }),
      ...(span.since === undefined ? {} : { since: span.since.slice(0, 10) }),
      ...(span.until === undefined ? {} : { until: span.until.slice(0, 10) }),
      timeline: timeline.map((fact) => ({
        date: fact.date,
        text: fact.text,
        ...(fact.path === undefined ? {} : { href: fact.path }),
        kind: 'fact' as const,
      })),
      stories: cards,
      firstPage: first,
      paging: pagingOf(list, address),
      ...pageBase(ctx, house, {
        path: paths.storyline(slug),
        lang: storyline.language,
        subject: `storyline:${storyline.id}`,
        title: storyline.title,
        description: storyline.description,
        canonicalPath: address(query),
        feedsOf: { title: storyline.title, path: `/storyline/${slug}` },
        jsonLd: [itemList(ctx.services.origin, { name: storyline.title, stories: cards })],
        og: { type: 'website', title: storyline.title, description: storyline.description },
      }),
    },
    {
      tags: [tag.storyline(storyline.id), ...storyTags(stories)],
      ...(storyline.latestAt === null ? {} : { modifiedAt: storyline.latestAt }),
      ...(pinSeconds === undefined ? {} : { maxAgeSeconds: pinSeconds }),
    },
  );
}

export async function loadTag(
  ctx: ReaderContext,
  slug: string,
  query: ListQuery,
): Promise<PageAnswer | undefined> {
  const concept = await conceptBySlug(ctx.read, slug);
  if (concept === undefined) return undefined;
  if (concept.slug !== slug) return movedTo(paths.tag(concept.slug, own(query)), tag.concept(concept.id));
  if (concept.count === 0) {
    // Its name may be the news of a story that is still under embargo, or of one that was killed.
    const none = await loadNotFound(ctx, paths.tag(slug));
    return { ...none, tags: [...none.tags, tag.concept(concept.id)] };
  }
  const house = await readHouse(ctx);
  const list = await pageOf(ctx, { concept: concept.id }, query);
  if (list === undefined) return undefined;
  const { stories } = list;
  const card = await cardMaker(ctx, house, stories);
  const beside = await conceptsBeside(ctx.read, concept.id, 8);
  const address = (page: ListQuery): string => paths.tag(slug, own(page));
  const cards = stories.map((story) => card(story));
  return htmlAnswer(
    {
      kind: 'tag',
      concept: {
        name: concept.name,
        kind: concept.kind,
        count: concept.count,
        ...(concept.description === '' ? {} : { description: concept.description }),
      },
      beside: beside.map((other) => ({ label: other.name, href: paths.tag(other.slug) })),
      stories: cards,
      paging: pagingOf(list, address),
      ...pageBase(ctx, house, {
        path: paths.tag(slug),
        title: concept.name,
        description: concept.description,
        canonicalPath: address(query),
        feedsOf: { title: concept.name, path: `/tag/${slug}` },
        jsonLd: [itemList(ctx.services.origin, { name: concept.name, stories: cards })],
        og: { type: 'website', title: concept.name, description: concept.description },
      }),
    },
    { tags: [tag.concept(concept.id), ...storyTags(stories)] },
  );
}

export async function loadAuthor(
  ctx: ReaderContext,
  slug: string,
  query: ListQuery,
): Promise<PageAnswer | undefined> {
  const author = await authorBySlug(ctx.read, slug);
  if (author === undefined) return undefined;
  const house = await readHouse(ctx);
  const list = await pageOf(ctx, { author: author.id }, query);
  if (list === undefined) return undefined;
  const { stories } = list;
  const card = await cardMaker(ctx, house, stories);
  const portrait =
    author.asset === null
      ? undefined
      : (await picturesOf(ctx.read, [author.asset], { now: ctx.now, shape: 'portrait' })).get(author.asset);
  const address = (page: ListQuery): string => paths.author(slug, own(page));
  const cards = stories.map((story) => card(story));
  return htmlAnswer(
    {
      kind: 'author',
      author: {
        name: author.name,
        ...(author.roleTitle === '' ? {} : { role: author.roleTitle }),
        ...(author.bio === '' ? {} : { bio: author.bio }),
        ...(portrait === undefined ? {} : { portrait }),
        count: author.articleCount,
        links: [],
      },
      stories: cards,
      paging: pagingOf(list, address),
      ...pageBase(ctx, house, {
        path: paths.author(slug),
        title: author.name,
        description: author.bio,
        canonicalPath: address(query),
        feedsOf: { title: author.name, path: `/author/${slug}` },
        jsonLd: [
          {
            '@context': 'https://schema.org',
            '@type': 'ProfilePage',
            mainEntity: { '@type': 'Person', name: author.name, description: author.bio },
          },
          itemList(ctx.services.origin, { name: author.name, stories: cards }),
        ],
        og: { type: 'website', title: author.name, description: author.bio },
      }),
    },
    {
      tags: [
        tag.author(author.id),
        ...(author.asset === null ? [] : [tag.asset(author.asset)]),
        ...storyTags(stories),
      ],
    },
  );
}
