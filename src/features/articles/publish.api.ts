import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { versionReasons } from '../../contract/article.ts';
import { PublishedAnswer, ScheduleAnswer } from '../../contract/article-answers.ts';
import { may } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiRoute, route } from '../../http/route.ts';
import type { ArticleContext, ArticleServices } from './articles.api.ts';
import { newsroomArticle } from './articles.newsroom.views.ts';
import { publish, type PublishOrder, type Published } from './publish.ts';
import { cancelSchedule, dropSchedule, schedulePublish } from './schedule.ts';
import { withdraw } from './withdraw.ts';

const tags = ['publishing'];
const params = ById;
const note = z.string().max(2000);
const reasons = versionReasons.filter((reason) => reason !== 'kill' && reason !== 'takedown');

export const publishRoutes: readonly ApiRoute<ArticleServices>[] = [
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/publish',
    summary: 'Publishes a revision as a new version, on the record',
    tags,
    permission: 'articles:publish',
    idempotent: true,
    input: {
      params,
      body: z.strictObject({
        revision: z.int().min(1).optional().describe('The latest when absent'),
        reason: z.enum(reasons).optional().describe('Absent: initial the first time, update after'),
        note: note.optional().describe('What readers are told; needed for a correction and a clarification'),
        severity: z.enum(['minor', 'major']).optional(),
      }),
    },
    output: PublishedAnswer,
    handler: async (ctx: ArticleContext, input) => {
      const given = Object.entries(input.body).filter(([, value]) => value !== undefined);
      const order: PublishOrder = {
        ...Object.fromEntries(given),
        articleId: input.params.id,
        by: actor(ctx).userId,
      };
      const { press } = ctx.services;
      const published = await ctx.db.write(async (tx) => {
        const [made] = await publish(tx, press, [order]);
        await dropSchedule(tx, press, order.articleId);
        return made;
      });
      return { body: await answerOf(ctx, published) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/kill',
    summary: 'Withdraws a published article; its address keeps a notice',
    tags,
    permission: 'articles:withdraw',
    idempotent: true,
    input: { params, body: z.strictObject({ note: note.min(1) }) },
    output: PublishedAnswer,
    handler: async (ctx: ArticleContext, input) => {
      const order = { articleId: input.params.id, kind: 'kill' as const, note: input.body.note };
      const by = actor(ctx).userId;
      const published = await ctx.db.write((tx) => withdraw(tx, ctx.services.press, { ...order, by }));
      return { body: await answerOf(ctx, published) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/takedown',
    summary: 'Removes a published article for legal cause',
    tags,
    permission: 'articles:takedown',
    idempotent: true,
    input: {
      params,
      body: z.strictObject({
        note: note.min(1),
        erase: z
          .boolean()
          .default(false)
          .describe('Also destroy what the record keeps of it; needs record:erase as well'),
      }),
    },
    output: PublishedAnswer,
    handler: async (ctx: ArticleContext, input) => {
      const by = actor(ctx);
      if (input.body.erase && !may(by, 'record:erase'))
        throw new Problem('forbidden', 'To erase needs the permission record:erase too.');
      const order = { articleId: input.params.id, kind: 'takedown' as const, by: by.userId, ...input.body };
      const published = await ctx.db.write((tx) => withdraw(tx, ctx.services.press, order));
      return { body: await answerOf(ctx, published) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/schedule',
    summary: 'Schedules the first publication of one exact revision',
    description: 'Replaces the schedule that waits, if any.',
    tags,
    permission: 'articles:publish',
    idempotent: true,
    input: {
      params,
      body: z.strictObject({ revision: z.int().min(1), at: z.iso.datetime({ offset: true }) }),
    },
    output: { 201: ScheduleAnswer.extend({ path: z.string().nullable(), url: z.string().nullable() }) },
    handler: async (ctx: ArticleContext, input) => {
      const order = { articleId: input.params.id, ...input.body, by: actor(ctx).userId };
      await ctx.db.write((tx) => schedulePublish(tx, ctx.services.press, order));
      const article = await newsroomArticle(ctx.db.read, input.params.id);
      if (article?.schedule === undefined || article.schedule === null)
        throw new Error('a schedule that was made is not there');
      return { status: 201, body: { ...article.schedule, path: article.path, url: null } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/articles/:id/schedule',
    summary: 'Takes a waiting schedule back',
    tags,
    permission: 'articles:publish',
    input: { params },
    output: { 204: null },
    handler: async (ctx: ArticleContext, input) => {
      await ctx.db.write((tx) => cancelSchedule(tx, ctx.services.press, { articleId: input.params.id }));
      return { status: 204 };
    },
  }),
];

async function answerOf(
  ctx: ArticleContext,
  published: Published | undefined,
): Promise<z.input<typeof PublishedAnswer>> {
  const article =
    published === undefined ? undefined : await newsroomArticle(ctx.db.read, published.articleId);
  if (published === undefined || article === undefined)
    throw new Error('a committed version came back empty');
  const { origin } = ctx.services;
  const { articleId, version, path, leafIndex } = published;
  return {
    id: articleId,
    state: article.state,
    version,
    path,
    url: origin + path,
    historyUrl: origin + paths.history(path),
    shortUrl: article.shortCode === null ? null : origin + paths.shortLink(article.shortCode),
    leafIndex,
  };
}
