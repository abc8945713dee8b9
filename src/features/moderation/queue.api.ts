import { z } from 'zod';
import { CommentDetail, QueueCounts, QueueItem } from '../../contract/moderation-answers.ts';
import { queueNames, Ruled, Ruling } from '../../contract/moderation.ts';
import { paths } from '../../contract/routes.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { featureComment } from '../discussion/discussion.ts';
import { claim, unclaim } from './claims.ts';
import { commentDetail } from './comment.views.ts';
import { ruleOn, undo } from './decide.ts';
import { decisionById, insertDecision, insertNote } from './decisions.store.ts';
import { there } from './people.ts';
import { itemsOf, queueCounts, queuePage } from './queue.views.ts';
import { languageOfHeaders, missing, type ModerationServices, roomOf } from './services.ts';

type Context = ApiContext<ModerationServices>;

const tags = ['moderation'];
const position = cursorOf(z.object({ at: z.string().max(40), id: z.string().max(60) }));
const ById = z.object({ id: z.string().max(60) });
const commentIds = z.array(z.string().max(60)).min(1).max(200);

export const queueRoutes: readonly ApiRoute<ModerationServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/moderation/counts',
    summary: 'How many comments wait in each queue',
    tags,
    permission: 'moderation:read',
    input: {},
    output: QueueCounts,
    handler: async (ctx: Context) => ({ body: await queueCounts(ctx.db.read) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/queues/:queue',
    summary: 'A page of a queue: who waited longest first, of new comments the newest',
    tags,
    permission: 'moderation:read',
    input: {
      params: z.object({ queue: z.enum(queueNames) }),
      query: PageQuery.extend({ article: z.uuid().optional() }),
    },
    output: pageOf(QueueItem),
    handler: async (ctx: Context, { params, query }) => {
      const { limit, after, article } = query;
      const rows = await queuePage(ctx.db.read, {
        queue: params.queue,
        limit: limit + 1,
        after: after === undefined ? undefined : position.decode(after),
        articleId: article,
        now: ctx.now,
        language: languageOfHeaders(ctx.headers),
      });
      const page = cutPage(rows, {
        limit,
        cursor: position,
        position: (row) => ({ at: row.enteredAt, id: row.id }),
        path: paths.api(`moderation/queues/${params.queue}`),
        query: { article },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/comments/:id',
    summary: 'A comment with its thread, reports, decisions and notes',
    tags,
    permission: 'moderation:read',
    input: { params: ById },
    output: CommentDetail,
    handler: async (ctx: Context, { params }) => {
      const language = languageOfHeaders(ctx.headers);
      const body = await commentDetail(ctx.db.read, { id: params.id, now: ctx.now, language });
      if (body === undefined) throw missing('comment', params.id);
      return { body };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/decisions',
    summary: 'Decides on comments: approves, rejects with a ground, or holds them',
    description:
      'Each comment is told by itself: one that another moderator has claimed, or that is under appeal, is left as it is.',
    tags,
    permission: 'moderation:write',
    idempotent: true,
    input: { body: z.strictObject({ comments: commentIds, ...Ruling.shape }) },
    output: z.object({ results: z.array(Ruled) }),
    handler: async (ctx: Context, { body: { comments, ...ruling } }) => {
      const by = actor(ctx);
      const results = await ctx.db.write((tx) =>
        ruleOn(tx, roomOf(ctx), { commentIds: comments, ruling, by }),
      );
      return { body: { results } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/decisions/:id/undo',
    summary: 'Takes one’s own decision back within a quarter of an hour',
    tags,
    permission: 'moderation:write',
    input: { params: ById, body: z.strictObject({}) },
    output: Ruled,
    handler: async (ctx: Context, { params }) => {
      const by = actor(ctx);
      const body = await ctx.db.write(async (tx) =>
        undo(tx, roomOf(ctx), { decision: there(await decisionById(tx, params.id), 'decision'), by }),
      );
      return { body };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/claims',
    summary: 'Claims comments for five minutes, or renews a claim; answers with those that are one’s own now',
    tags,
    permission: 'moderation:write',
    input: { body: z.strictObject({ comments: commentIds }) },
    output: z.object({ claimed: z.array(z.string()), until: z.string() }),
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      return { body: await ctx.db.write((tx) => claim(tx, roomOf(ctx), { commentIds: body.comments, by })) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/claims/release',
    summary: 'Gives claims back',
    tags,
    permission: 'moderation:write',
    input: { body: z.strictObject({ comments: commentIds }) },
    output: z.object({ released: z.array(z.string()) }),
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      const released = await ctx.db.write((tx) =>
        unclaim(tx, roomOf(ctx), { commentIds: body.comments, by }),
      );
      return { body: { released } };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/moderation/comments/:id/featured',
    summary: 'Sets a comment apart as one worth reading, or takes that back',
    tags,
    permission: 'moderation:write',
    input: { params: ById, body: z.strictObject({ featured: z.boolean() }) },
    output: QueueItem,
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      await ctx.db.write(async (tx) => {
        const at = ctx.now;
        await featureComment(tx, ctx.db, { commentId: params.id, on: body.featured, by, at });
        const action = body.featured ? 'feature' : 'unfeature';
        await insertDecision(tx, {
          comment_id: params.id,
          action,
          was: 'visible',
          phase: 'hand',
          rule_id: 'hand',
          decided_by: by.userId,
          automated: false,
          detected: 'own',
          created_at: at,
        });
      });
      const view = { now: ctx.now, language: languageOfHeaders(ctx.headers) };
      const item = (await itemsOf(ctx.db.read, [params.id], view)).get(params.id);
      return { body: there(item, 'comment') };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/comments/:id/notes',
    summary: 'Leaves a note for the other moderators on a comment',
    tags,
    permission: 'moderation:write',
    idempotent: true,
    input: { params: ById, body: z.strictObject({ body: z.string().trim().min(1).max(4000) }) },
    output: { 201: z.object({ id: z.string() }) },
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      const id = await ctx.db.write((tx) =>
        insertNote(tx, { kind: 'comment', subject: params.id, body: body.body, by: by.userId, at: ctx.now }),
      );
      return { status: 201, body: { id } };
    },
  }),
];
