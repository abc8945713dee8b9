import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import {
  MAX_COMMENT,
  reactionKinds,
  REPLIES_A_PAGE,
  REPLIES_FOLDED,
  sortOrders,
  THREADS_A_PAGE,
} from '../../contract/comments.ts';
import {
  CommentAnswer,
  DiscussionAnswer,
  EditAnswer,
  MineAnswer,
  PeopleAnswer,
  PostedAnswer,
  ThreadAnswer,
} from '../../contract/discussion-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { answerComment, answerThread } from './answers.ts';
import {
  discussionStatus,
  type DiscussionStatus,
  isReplyCursor,
  isThreadCursor,
  listedComment,
  repliesPage,
  threadsPage,
} from './discussion.views.ts';
import { deleteOwnComment, editComment, ownComment } from './own.ts';
import {
  followDiscussion,
  followsDiscussion,
  ignoredBy,
  ignorePerson,
  peopleBeginning,
} from './people.store.ts';
import type { DiscussionRoom } from './post.ts';
import { reactionsOf, reactTo } from './reactions.store.ts';
import { heldOf } from './own.views.ts';
import type { Moderator, Writer } from './review.ts';
import { submitComment } from './submit.ts';
import type { Clock } from '../../base/clock.ts';

export type DiscussionServices = {
  readonly clock: Clock;
  readonly moderator: Moderator;
  readonly origin: string;
};
type Context = ApiContext<DiscussionServices>;

const tags = ['discussion'];
const OnArticle = z.object({ article: z.uuid() });
const KEY = /^[\x21-\x7e]{8,200}$/;

export function roomOf(ctx: Pick<Context, 'db' | 'services'>): DiscussionRoom {
  return { db: ctx.db, clock: ctx.services.clock, moderator: ctx.services.moderator };
}

export function writerOf(ctx: Pick<Context, 'actor'>): Extract<Writer, { kind: 'account' }> {
  const { userId, name, role } = actor(ctx);
  return { kind: 'account', userId, name, role };
}

/** The key of a request, by which a retry is known. @throws Problem `invalid` */
function keyOf(ctx: Context): string | undefined {
  const key = ctx.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key))
    throw new Problem('invalid', 'An Idempotency-Key has 8 to 200 visible characters.');
  return key;
}

async function shown(ctx: Context, articleId: string): Promise<DiscussionStatus> {
  const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
  if (status === undefined || !status.shown)
    throw new Problem('not-found', 'There is no discussion under this article.');
  return status;
}

/** The article of a comment; what is withdrawn takes no votes either, and does not say that there is something. */
async function shownUnder(ctx: Context, commentId: string): Promise<string | undefined> {
  const row = await ctx.db.read
    .selectFrom('comments')
    .select('article_id')
    .where('id', '=', commentId)
    .executeTakeFirst();
  if (row !== undefined) await shown(ctx, row.article_id);
  return row?.article_id;
}

export const discussionRoutes: readonly ApiRoute<DiscussionServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/discussions/:article',
    summary: 'Reads a page of the threads of a discussion',
    description: 'The count is of visible comments; it is the number that every page and feed shows.',
    tags,
    permission: 'public',
    input: {
      params: OnArticle,
      query: z.object({
        sort: z.enum(sortOrders).optional(),
        after: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(50).default(THREADS_A_PAGE),
      }),
    },
    output: DiscussionAnswer,
    handler: async (ctx: Context, { params, query }) => {
      const status = await shown(ctx, params.article);
      const sort = query.sort ?? status.settings.sort;
      if (query.after !== undefined && !isThreadCursor(sort, query.after))
        throw new Problem('invalid', 'This is no place in that order.', 'Use `next` of the page before.');
      const { threads, next } = await threadsPage(ctx.db.read, params.article, {
        sort,
        after: query.after,
        limit: query.limit,
        replies: REPLIES_FOLDED,
      });
      return {
        body: {
          article: params.article,
          count: status.counts.visible,
          open: status.closed === undefined,
          closed: status.closed ?? null,
          slowSeconds: status.slowSeconds,
          sort,
          threads: threads.map((thread) => answerThread(thread, ctx.services.origin)),
          next: next ?? null,
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/discussions/:article/threads/:id',
    summary: 'Reads a thread: its first comment and a page of its answers',
    tags,
    permission: 'public',
    input: {
      params: OnArticle.extend({ id: z.uuid() }),
      query: z.object({ after: z.string().max(200).optional() }),
    },
    output: ThreadAnswer,
    handler: async (ctx: Context, { params, query }) => {
      await shown(ctx, params.article);
      const found = await listedComment(ctx.db.read, params.article, params.id);
      if (found === undefined) throw new Problem('not-found', 'There is no such comment.');
      if (query.after !== undefined && !isReplyCursor(query.after))
        throw new Problem('invalid', 'This is no place in a thread.', 'Use `next` of the page before.');
      const { replies, next } = await repliesPage(
        ctx.db.read,
        { articleId: params.article, path: found.comment.path },
        { after: query.after, limit: REPLIES_A_PAGE },
      );
      const { origin } = ctx.services;
      return {
        body: {
          comment: answerComment(found.comment, origin),
          answers: replies.map((reply) => answerComment(reply, origin)),
          next: next ?? null,
        },
      };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/discussions/:article/comments',
    summary: 'Posts a comment',
    description:
      'With an Idempotency-Key a retry is answered with the comment of the first request; other words under the same key are a conflict. The state says whether it is visible, waits for a moderator or was rejected, and why.',
    tags,
    permission: 'signed-in',
    limit: 'comment',
    input: {
      params: OnArticle,
      body: z.strictObject({
        text: z
          .string()
          .min(1)
          .max(MAX_COMMENT * 4),
        parent: z.uuid().optional(),
        language: z.string().max(35).optional(),
      }),
    },
    output: { 201: PostedAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const posted = await submitComment(roomOf(ctx), {
        articleId: params.article,
        writer: writerOf(ctx),
        text: body.text,
        parentId: body.parent,
        language: body.language,
        key: keyOf(ctx),
        addressKey: ctx.addressKey,
      });
      const own = await ownComment(ctx.db.read, posted.id, actor(ctx).userId);
      const path = paths.comment(params.article, posted.id);
      return {
        status: 201,
        body: {
          id: posted.id,
          state: posted.state,
          verdict:
            posted.verdict === undefined ? null : { ...posted.verdict, matched: [...posted.verdict.matched] },
          repeated: posted.repeated,
          body: own.body,
          at: own.at,
          editableUntil: own.editableUntil,
          url: ctx.services.origin + path,
        },
        headers: { Location: path },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/discussions/:article/mine',
    summary: 'Reads what concerns the signed-in reader in a discussion',
    description:
      'Reactions to the comments that are named, whom one ignores, and own comments that are not visible.',
    tags,
    permission: 'signed-in',
    input: {
      params: OnArticle,
      query: z.object({ comments: z.string().max(8000).default('') }),
    },
    output: MineAnswer,
    handler: async (ctx: Context, { params, query }) => {
      const me = actor(ctx);
      const ids = query.comments
        .split(',')
        .filter((id) => z.uuid().safeParse(id).success)
        .slice(0, 200);
      const reactions = await reactionsOf(ctx.db.read, me.userId, ids);
      return {
        body: {
          id: me.userId,
          name: me.name,
          reactions: Object.fromEntries(reactions),
          ignored: await ignoredBy(ctx.db.read, me.userId),
          follows: await followsDiscussion(ctx.db.read, me.userId, params.article),
          waiting: await heldOf(ctx.db.read, me.userId, params.article),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/discussions/:article/people',
    summary: 'Finds people of a discussion by how their names begin',
    tags,
    permission: 'signed-in',
    limit: 'search',
    input: { params: OnArticle, query: z.object({ q: z.string().max(60).default('') }) },
    output: PeopleAnswer,
    handler: async (ctx: Context, { params, query }) => {
      await shown(ctx, params.article);
      return {
        body: { people: await peopleBeginning(ctx.db.read, params.article, { start: query.q, limit: 8 }) },
      };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/discussions/:article/follow',
    summary: 'Follows a discussion by e-mail, or no longer',
    tags,
    permission: 'signed-in',
    input: { params: OnArticle, body: z.strictObject({ on: z.boolean() }) },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      await shown(ctx, params.article);
      const userId = actor(ctx).userId;
      await ctx.db.write((tx) =>
        followDiscussion(tx, { userId, articleId: params.article, on: body.on, at: ctx.now }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/comments/:id',
    summary: 'Reads a visible comment',
    tags,
    permission: 'public',
    input: { params: ById },
    output: CommentAnswer,
    handler: async (ctx: Context, { params }) => {
      const articleId = await shownUnder(ctx, params.id);
      const found =
        articleId === undefined ? undefined : await listedComment(ctx.db.read, articleId, params.id);
      if (found?.comment.state !== 'visible') throw new Problem('not-found', 'There is no such comment.');
      return { body: answerComment(found.comment, ctx.services.origin) };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/comments/:id',
    summary: 'Edits one’s own comment within the minutes that the site gives for it',
    tags,
    permission: 'signed-in',
    limit: 'comment',
    input: {
      params: ById,
      body: z.strictObject({
        text: z
          .string()
          .min(1)
          .max(MAX_COMMENT * 4),
      }),
    },
    output: EditAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const edited = await editComment(roomOf(ctx), {
        id: params.id,
        writer: writerOf(ctx),
        text: body.text,
        addressKey: ctx.addressKey,
      });
      const own = await ownComment(ctx.db.read, params.id, actor(ctx).userId);
      return {
        body: {
          state: edited.state,
          verdict:
            edited.verdict === undefined ? null : { ...edited.verdict, matched: [...edited.verdict.matched] },
          body: own.body,
        },
      };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/comments/:id',
    summary: 'Takes one’s own comment back',
    description: 'Answers to it stay, under a gap.',
    tags,
    permission: 'signed-in',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await deleteOwnComment(roomOf(ctx), { id: params.id, userId: actor(ctx).userId });
      return { status: 204 };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/comments/:id/reactions/:kind',
    summary: 'Says what one thinks of a comment, or takes it back',
    description: 'Once a person and kind, however often it is said; `up` and `down` take each other’s place.',
    tags,
    permission: 'signed-in',
    limit: 'vote',
    input: {
      params: ById.extend({ kind: z.enum(reactionKinds) }),
      body: z.strictObject({ on: z.boolean() }),
    },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const userId = actor(ctx).userId;
      await shownUnder(ctx, params.id);
      await ctx.db.write((tx) =>
        reactTo(tx, ctx.db, { commentId: params.id, userId, kind: params.kind, on: body.on, at: ctx.now }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/ignored/:id',
    summary: 'Ignores a person, or no longer',
    tags,
    permission: 'signed-in',
    input: { params: ById, body: z.strictObject({ on: z.boolean() }) },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const userId = actor(ctx).userId;
      await ctx.db.write((tx) =>
        ignorePerson(tx, { userId, ignoredId: params.id, on: body.on, at: ctx.now }),
      );
      return { status: 204 };
    },
  }),
];
