import { pageRoute, type PageRoute } from '../http/route.ts';
import { loadArchiveDay, loadArchiveToday } from './loaders/archive.ts';
import { loadArticle, loadRedirect } from './loaders/article.ts';
import { loadChanges } from './loaders/changes.ts';
import type { ReaderServices } from './loaders/context.ts';
import { loadComment, loadCommentHistory, loadDiscussion } from './loaders/discussion.ts';
import { loadFront } from './loaders/front.ts';
import { loadLive, loadProgramme, loadEpisode } from './loaders/radio.ts';
import { loadHistory } from './loaders/history.ts';
import { loadAuthor, loadSection, loadStoryline, loadTag } from './loaders/lists.ts';
import { loadOffline, loadShortLink, loadShortLinkPage, loadShortLinkPicture } from './loaders/others.ts';
import { loadStandards, loadTransparency } from './loaders/moderation.ts';
import { loadSearch, searchKeys } from './loaders/search.ts';

const paging = ['after', 'before'] as const;
const define = pageRoute as <P extends string, Q extends string = never>(
  definition: Parameters<typeof pageRoute<P, Q, ReaderServices>>[0],
) => PageRoute<ReaderServices>;

/** Every page of the reader site, by its address. */
export const readerRoutes: readonly PageRoute<ReaderServices>[] = [
  define({
    pattern: '/',
    // Plain WordPress addresses, `/?p=12`, of an imported archive.
    query: ['p', 'page_id'],
    load: async (ctx, { query }) => {
      const [key] = (['p', 'page_id'] as const).filter((name) => /^\d+$/.test(query[name] ?? ''));
      return (
        (key === undefined ? undefined : await loadRedirect(ctx, `/?${key}=${query[key]}`)) ?? loadFront(ctx)
      );
    },
  }),
  define({ pattern: '/live', load: (ctx) => loadLive(ctx) }),
  define({ pattern: '/podcast/:programme', load: (ctx, { params }) => loadProgramme(ctx, params.programme) }),
  define({
    pattern: '/podcast/:programme/:episode',
    load: (ctx, { params }) => loadEpisode(ctx, params),
  }),
  define({ pattern: '/offline', load: (ctx) => loadOffline(ctx) }),
  define({ pattern: '/community-standards', load: (ctx) => loadStandards(ctx) }),
  define({
    pattern: '/community-standards/:version',
    load: async (ctx, { params }) =>
      /^\d{1,6}$/.test(params.version) ? loadStandards(ctx, Number(params.version)) : undefined,
  }),
  define({ pattern: '/transparency', load: (ctx) => loadTransparency(ctx) }),
  define({ pattern: '/search', query: searchKeys, load: (ctx, { query }) => loadSearch(ctx, query) }),
  define({
    pattern: '/now/changes/:article/:from.json',
    load: (ctx, { params }) => loadChanges(ctx, params),
  }),
  define({ pattern: '/archive', load: (ctx) => loadArchiveToday(ctx) }),
  define({ pattern: '/archive/:year/:month/:day', load: (ctx, { params }) => loadArchiveDay(ctx, params) }),
  define({
    pattern: '/section/:slug',
    query: [...paging, 'lang'],
    load: (ctx, { params, query }) => loadSection(ctx, params.slug, query),
  }),
  define({
    pattern: '/storyline/:slug',
    query: paging,
    load: (ctx, { params, query }) => loadStoryline(ctx, params.slug, query),
  }),
  define({
    pattern: '/tag/:slug',
    query: paging,
    load: (ctx, { params, query }) => loadTag(ctx, params.slug, query),
  }),
  define({
    pattern: '/author/:slug',
    query: paging,
    load: (ctx, { params, query }) => loadAuthor(ctx, params.slug, query),
  }),
  define({
    pattern: '/discussion/:article',
    query: ['sort', 'after', 'thread'],
    load: (ctx, { params, query, path }) => loadDiscussion(ctx, { article: params.article, query, path }),
  }),
  define({
    pattern: '/discussion/:article/comment/:comment',
    load: (ctx, { params, path }) => loadComment(ctx, { ...params, path }),
  }),
  define({
    pattern: '/discussion/:article/comment/:comment/history',
    load: (ctx, { params, path }) => loadCommentHistory(ctx, { ...params, path }),
  }),
  define({ pattern: '/s/:code', load: (ctx, { params }) => loadShortLink(ctx, params.code) }),
  define({ pattern: '/s/:code/qr', load: (ctx, { params }) => loadShortLinkPage(ctx, params.code) }),
  define({ pattern: '/s/:code/qr.svg', load: (ctx, { params }) => loadShortLinkPicture(ctx, params.code) }),
  define({ pattern: '/:section/:year/:month/:day/:slug', load: (ctx, { path }) => loadArticle(ctx, path) }),
  define({
    pattern: '/:section/:year/:month/:day/:slug/history',
    load: (ctx, { path }) => loadHistory(ctx, path.slice(0, path.lastIndexOf('/'))),
  }),
  define({
    pattern: '/:slug',
    load: async (ctx, { params, path }) => (await loadFront(ctx, params.slug)) ?? loadArticle(ctx, path),
  }),
  // Addresses of any other shape may be old ones.
  define({ pattern: '/*', load: (ctx, { path }) => loadRedirect(ctx, path) }),
];
