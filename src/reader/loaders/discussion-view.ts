import { tag } from '../../contract/cache-tags.ts';
import { REPLIES_FOLDED, type SortOrder } from '../../contract/comments.ts';
import type { CommentView, DiscussionView, ThreadView } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import {
  type CommentRecord,
  type DiscussionStatus,
  featuredComments,
  threadsPage,
} from '../../features/discussion/discussion.views.ts';
import type { ReaderContext } from './context.ts';

/** Threads that the article's own page shows. */
const IN_ARTICLE = 10;

/** A comment as a page shows it. */
export function commentView(record: CommentRecord): CommentView {
  const { articleId } = record;
  const gap = record.state === 'visible' ? undefined : record.state === 'rejected' ? 'removed' : record.state;
  return {
    id: record.id,
    href: paths.comment(articleId, record.id),
    level: record.level,
    at: record.at,
    ...(gap === undefined ? {} : { gap }),
    ...(record.author === undefined
      ? {}
      : {
          author: {
            ...(record.author.userId === undefined ? {} : { id: record.author.userId }),
            name: record.author.name,
            ...(record.author.mark === undefined ? {} : { mark: record.author.mark }),
            ...(record.author.picture === undefined ? {} : { picture: paths.avatar(record.author.picture) }),
          },
        }),
    ...(record.edited === undefined
      ? {}
      : { edited: { at: record.edited.at, href: paths.commentHistory(articleId, record.id) } }),
    ...(record.language === undefined ? {} : { lang: record.language }),
    ...(record.body === undefined ? {} : { body: record.body }),
    ...(record.quotes === undefined
      ? {}
      : {
          quotes: {
            ...(record.quotes.userId === undefined ? {} : { by: record.quotes.userId }),
            name: record.quotes.name,
            excerpt: record.quotes.excerpt,
            href: paths.comment(articleId, record.quotes.id),
          },
        }),
    reactions: record.reactions,
    ...(record.featured ? { featured: true as const } : {}),
    answers: record.descendants,
  };
}

/** The tags of the people whose names comments show. */
export function peopleTags(comments: readonly CommentView[]): string[] {
  const ids = comments.flatMap(({ author, quotes }) => [author?.id, quotes?.by]);
  return [...new Set(ids.flatMap((id) => (id === undefined ? [] : [tag.person(id)])))];
}

/** All comments that a page of a discussion shows. */
export function commentsOn({
  featured,
  threads,
}: Pick<DiscussionView, 'featured' | 'threads'>): CommentView[] {
  return [...featured, ...threads.flatMap(({ top, replies }) => [top, ...replies])];
}

/** What every page of a discussion says of it. */
export function head(
  ctx: ReaderContext,
  status: DiscussionStatus,
  sort: SortOrder,
): Omit<DiscussionView, 'featured' | 'threads'> {
  const { articleId } = status;
  return {
    articleId,
    count: status.counts.visible,
    ...(status.closed === undefined ? {} : { closed: status.closed }),
    sort,
    writeHref: paths.writeComment(articleId),
    href: paths.discussion(articleId),
    feedHref: paths.commentsFeed(status.path),
    followHref: paths.discussionFollow(articleId),
    ...(ctx.services.facebook === true
      ? { facebookHref: paths.writeComment(articleId, { via: 'facebook' }) }
      : {}),
    ...(status.slowSeconds === 0 ? {} : { slowSeconds: status.slowSeconds }),
  };
}

/** One page of threads in an order. */
export async function threadsView(
  ctx: ReaderContext,
  status: DiscussionStatus,
  page: { sort: SortOrder; after?: string | undefined; limit: number },
): Promise<DiscussionView> {
  const { articleId } = status;
  const said = page.sort === status.settings.sort ? undefined : page.sort;
  const base = head(ctx, status, page.sort);
  if (status.counts.visible === 0) return { ...base, featured: [], threads: [] };
  const { threads, next } = await threadsPage(ctx.read, articleId, { ...page, replies: REPLIES_FOLDED });
  const featured =
    page.after === undefined && status.counts.featured > 0 ? await featuredComments(ctx.read, articleId) : [];
  return {
    ...base,
    featured: featured.map(commentView),
    threads: threads.map((thread): ThreadView => {
      const shown = thread.replies.filter((reply) => reply.state === 'visible').length;
      return {
        top: commentView(thread.top),
        replies: thread.replies.map(commentView),
        ...(thread.more
          ? {
              more: {
                count: Math.max(1, thread.answers - shown),
                href: paths.discussion(articleId, {
                  thread: thread.top.id,
                  after: thread.replies.at(-1)?.path,
                }),
              },
            }
          : {}),
      };
    }),
    ...(next === undefined ? {} : { next: paths.discussion(articleId, { sort: said, after: next }) }),
    ...(page.after === undefined ? {} : { first: paths.discussion(articleId, { sort: said }) }),
  };
}

/** The discussion as the article's own page carries it. */
export async function articleDiscussion(
  ctx: ReaderContext,
  status: DiscussionStatus,
): Promise<DiscussionView> {
  return threadsView(ctx, status, { sort: status.settings.sort, limit: IN_ARTICLE });
}

/** Seconds until age closes a discussion, for pages that say that it is open. */
export function secondsUntilClosed(status: DiscussionStatus, now: string): number | undefined {
  if (status.closed !== undefined || status.closesAt === undefined) return undefined;
  return Math.max(1, Math.ceil((Date.parse(status.closesAt) - Date.parse(now)) / 1000));
}
