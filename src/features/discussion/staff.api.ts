import { z } from 'zod';
import { DiscussionSettings } from '../../contract/comments.ts';
import { CountsAnswer } from '../../contract/discussion-answers.ts';
import { ById } from '../../http/api/collection.ts';
import { checkFingerprint, fingerprint } from '../../http/api/fingerprint.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { newsroomCounts } from './counts.views.ts';
import { discussionSettings } from './discussion.views.ts';
import { featureComment, setDiscussion, writeDiscussionSettings } from './manage.ts';

type Context = ApiContext;

const tags = ['discussion'];
const OnArticle = z.object({ article: z.uuid() });

/** What the house does with discussions: counts and queues, picks, opening and closing, settings. */
export const discussionStaffRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/discussion-counts',
    summary: 'Counts comments and what waits, for articles by id',
    tags,
    permission: 'comments:read',
    input: { query: z.object({ articles: z.string().max(8000) }) },
    output: CountsAnswer,
    handler: async (ctx: Context, { query }) => {
      const ids = query.articles
        .split(',')
        .filter((id) => z.uuid().safeParse(id).success)
        .slice(0, 200);
      const counts = await newsroomCounts(ctx.db.read, ids);
      return {
        body: {
          counts: Object.fromEntries(
            [...counts].map(([id, { lastCommentAt, ...rest }]) => [
              id,
              { ...rest, lastCommentAt: lastCommentAt ?? null },
            ]),
          ),
        },
      };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/comments/:id/featured',
    summary: 'Picks a comment for the top of its discussion, or no longer',
    tags,
    permission: 'comments:manage',
    input: { params: ById, body: z.strictObject({ on: z.boolean() }) },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      await ctx.db.write((tx) =>
        featureComment(tx, ctx.db, { commentId: params.id, on: body.on, by, at: ctx.now }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/discussions/:article',
    summary: 'Opens, closes or slows a discussion by hand',
    description: 'What is absent stays; `hand: null` leaves opening and closing to the rules of the site.',
    tags,
    permission: 'comments:manage',
    input: {
      params: OnArticle,
      body: z.strictObject({
        hand: z.enum(['open', 'closed']).nullable().optional(),
        premoderated: z.boolean().optional(),
        slowSeconds: z.int().min(0).max(3600).optional(),
      }),
    },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      await ctx.db.write((tx) =>
        setDiscussion(tx, ctx.db, { articleId: params.article, ...body, by, at: ctx.now }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/discussion-settings',
    summary: 'Reads how discussions are set on this site',
    tags,
    permission: 'settings:read',
    input: {},
    output: DiscussionSettings,
    handler: async (ctx: Context) => {
      const settings = await discussionSettings(ctx.db.read);
      return { body: settings, etag: fingerprint(settings) };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/discussion-settings',
    summary: 'Sets discussions on this site',
    tags,
    permission: 'settings:write',
    ifMatch: 'required',
    input: { body: DiscussionSettings },
    output: DiscussionSettings,
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      await ctx.db.write(async (tx) => {
        checkFingerprint(await discussionSettings(tx), ctx.expected);
        await writeDiscussionSettings(tx, ctx.db, { settings: body, by });
      });
      const settings = await discussionSettings(ctx.db.read);
      return { body: settings, etag: fingerprint(settings) };
    },
  }),
];
