import { z } from 'zod';
import { NoticeAnswer } from '../../contract/moderation-answers.ts';
import { NoticeInput, reportCategories, Ruled } from '../../contract/moderation.ts';
import { paths } from '../../contract/routes.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { decideNotice, fileNotice } from './notices.ts';
import { noticesPage } from './notices.views.ts';
import { fileReport } from './reports.ts';
import { type ModerationServices, roomOf } from './services.ts';

type Context = ApiContext<ModerationServices>;

const position = cursorOf(z.object({ at: z.string().max(40), id: z.string().max(60) }));

export const reportRoutes: readonly ApiRoute<ModerationServices>[] = [
  route({
    method: 'POST',
    path: '/api/v1/comments/:id/reports',
    summary: 'Reports a comment to the moderators; one report of a person for a comment counts',
    tags: ['comments'],
    permission: 'public',
    limit: 'report',
    limitTarget: ({ params }) => params.id,
    input: {
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({
        category: z.enum(reportCategories),
        details: z.string().trim().max(2000).default(''),
      }),
    },
    output: { 202: z.object({ received: z.boolean() }) },
    handler: async (ctx: Context, { params, body }) => {
      const report = { commentId: params.id, ...body, userId: ctx.actor?.userId, addressKey: ctx.addressKey };
      await ctx.db.write((tx) => fileReport(tx, roomOf(ctx), report));
      return { status: 202, body: { received: true } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/notices',
    summary: 'Files a notice of illegal content (Art. 16 of Regulation (EU) 2022/2065)',
    description:
      'Anybody may, without an account. The answer is the confirmation of receipt, with the number to ask after it.',
    tags: ['notices'],
    permission: 'public',
    limit: 'report',
    limitTarget: ({ body }) => body.email,
    input: { body: NoticeInput },
    output: {
      202: z.object({ code: z.string(), status: z.string().describe('Where it says how it stands') }),
    },
    handler: async (ctx: Context, { body }) => {
      const { code, key } = await ctx.db.write((tx) =>
        fileNotice(tx, roomOf(ctx), { notice: body, userId: ctx.actor?.userId }),
      );
      return { status: 202, body: { code, status: ctx.services.origin + paths.reportReceipt(code, key) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/notices',
    summary: 'Notices of illegal content, those that wait first',
    tags: ['notices'],
    permission: 'moderation:read',
    input: {
      query: PageQuery.extend({ state: z.enum(['received', 'acted', 'dismissed']).default('received') }),
    },
    output: pageOf(NoticeAnswer),
    handler: async (ctx: Context, { query }) => {
      const { limit, state } = query;
      const after = query.after === undefined ? undefined : position.decode(query.after);
      const rows = await noticesPage(ctx.db.read, { state, limit: limit + 1, after });
      const page = cutPage(rows, {
        limit,
        cursor: position,
        position: (row) => ({ at: row.createdAt, id: row.id }),
        path: paths.api('moderation/notices'),
        query: { state },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/notices/:id',
    summary: 'Decides a notice; who sent it is told, with the ways to redress',
    tags: ['notices'],
    permission: 'moderation:write',
    input: {
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({
        act: z.boolean(),
        legalGround: z.string().trim().max(500).default(''),
        answer: z.string().trim().max(2000).default(''),
      }),
    },
    output: z.object({ result: Ruled.nullable() }),
    handler: async (ctx: Context, { params, body }) => {
      const ruling = { noticeId: params.id, by: actor(ctx), ...body };
      const result = await ctx.db.write((tx) => decideNotice(tx, roomOf(ctx), ruling));
      return { body: { result: result ?? null } };
    },
  }),
];
