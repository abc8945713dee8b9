import { tag } from '../../contract/cache-tags.ts';
import { REPLIES_A_PAGE, sortOrders, THREADS_A_PAGE } from '../../contract/comments.ts';
import type { DiscussionView } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import {
  discussionStatus,
  type DiscussionStatus,
  editsOf,
  isReplyCursor,
  isThreadCursor,
  listedComment,
  repliesPage,
} from '../../features/discussion/discussion.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';
import {
  commentsOn,
  commentView,
  head,
  peopleTags,
  secondsUntilClosed,
  threadsView,
} from './discussion-view.ts';
import { loadNotFound } from './others.ts';

const tagsOf = (articleId: string): string[] => [tag.article(articleId), tag.discussion(articleId)];

/** The site's page for what is not there (yet): thrown away when the discussion changes. */
async function notHere(ctx: ReaderContext, path: string, articleId: string): Promise<PageAnswer> {
  const answer = await loadNotFound(ctx, path);
  return { ...answer, tags: [...answer.tags, ...tagsOf(articleId)] };
}

type Query = { sort?: string | undefined; after?: string | undefined; thread?: string | undefined };

/** A page of a discussion: threads in an order, or one thread. */
export async function loadDiscussion(
  ctx: ReaderContext,
  { article, query, path }: { article: string; query: Query; path: string },
): Promise<PageAnswer | undefined> {
  const status = await discussionStatus(ctx.read, article, ctx.now);
  if (status === undefined || !status.shown) return notHere(ctx, path, article);
  if (query.thread !== undefined)
    return loadThread(ctx, status, { id: query.thread, after: query.after, path });
  const sort = sortOrders.find((known) => known === query.sort) ?? status.settings.sort;
  if (query.sort !== undefined && query.sort !== sort) return undefined;
  if (query.after !== undefined && !isThreadCursor(sort, query.after)) return undefined;
  const discussion = await threadsView(ctx, status, { sort, after: query.after, limit: THREADS_A_PAGE });
  return discussionAnswer(ctx, status, { discussion, single: false, path });
}

/** A comment's own address: its thread, from the top to it and on. */
export async function loadComment(
  ctx: ReaderContext,
  { article, comment, path }: { article: string; comment: string; path: string },
): Promise<PageAnswer | undefined> {
  const status = await discussionStatus(ctx.read, article, ctx.now);
  if (status === undefined || !status.shown) return notHere(ctx, path, article);
  return loadThread(ctx, status, { id: comment, path, focus: true });
}

async function loadThread(
  ctx: ReaderContext,
  status: DiscussionStatus,
  {
    id,
    after,
    path,
    focus = false,
  }: { id: string; after?: string | undefined; path: string; focus?: boolean },
): Promise<PageAnswer | undefined> {
  const { articleId } = status;
  const found = await listedComment(ctx.read, articleId, id);
  if (found === undefined || (after !== undefined && !isReplyCursor(after)))
    return notHere(ctx, path, articleId);
  const { comment } = found;
  const top = found.above[0] ?? comment;
  const between = focus ? found.above.slice(1) : [];
  const { replies, next } = await repliesPage(
    ctx.read,
    { articleId, path: top.path },
    { after, ...(focus && comment !== top ? { from: comment.path } : {}), limit: REPLIES_A_PAGE },
  );
  const shown = [...between, ...replies];
  const begins = after === undefined && (comment === top || !focus || replies.length === top.descendants);
  const discussion: DiscussionView = {
    ...head(ctx, status, status.settings.sort),
    featured: [],
    threads: [{ top: commentView(top), replies: shown.map(commentView) }],
    ...(next === undefined ? {} : { next: paths.discussion(articleId, { thread: top.id, after: next }) }),
    ...(begins ? {} : { earlier: paths.discussion(articleId, { thread: top.id }) }),
    first: paths.discussion(articleId),
  };
  return discussionAnswer(ctx, status, {
    discussion,
    single: true,
    path,
    ...(focus ? { focus: id } : {}),
  });
}

async function discussionAnswer(
  ctx: ReaderContext,
  status: DiscussionStatus,
  page: { discussion: DiscussionView; single: boolean; path: string; focus?: string },
): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  const seconds = secondsUntilClosed(status, ctx.now);
  return htmlAnswer(
    {
      kind: 'discussion',
      story: { headline: status.headline, href: status.path },
      discussion: page.discussion,
      single: page.single,
      ...(page.focus === undefined ? {} : { focus: page.focus }),
      ...pageBase(ctx, house, {
        path: page.path,
        lang: status.language,
        title: status.headline,
        canonicalPath: status.path,
        commentsOf: status.path,
        ...(page.discussion.first === undefined && !page.single ? {} : { robots: 'noindex' as const }),
      }),
    },
    {
      tags: [...tagsOf(status.articleId), ...peopleTags(commentsOn(page.discussion))],
      ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
    },
  );
}

/** What a comment said before its edits. */
export async function loadCommentHistory(
  ctx: ReaderContext,
  { article, comment, path }: { article: string; comment: string; path: string },
): Promise<PageAnswer | undefined> {
  const status = await discussionStatus(ctx.read, article, ctx.now);
  const found =
    status === undefined || !status.shown ? undefined : await listedComment(ctx.read, article, comment);
  // What was taken back or removed takes its history with it.
  if (status === undefined || found?.comment.state !== 'visible' || found.comment.edited === undefined)
    return notHere(ctx, path, article);
  const house = await readHouse(ctx);
  const shown = commentView(found.comment);
  return htmlAnswer(
    {
      kind: 'comment-history',
      story: { headline: status.headline, href: status.path },
      comment: shown,
      before: await editsOf(ctx.read, comment),
      ...pageBase(ctx, house, {
        path,
        lang: status.language,
        title: status.headline,
        robots: 'noindex',
      }),
    },
    { tags: [...tagsOf(article), ...peopleTags([shown])] },
  );
}
