import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { ReceiptAnswer } from '../../contract/desks.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { RECEIPT_WANTED } from './desks.events.ts';
import { receiptsOf } from './receipts.views.ts';

const below = cursorOf(z.object({ below: z.int().min(1) }));

export const receiptRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/articles/:id/receipts',
    summary: 'Which surfaces the versions of an article have reached, as they answered when they were asked',
    tags: ['publishing'],
    permission: 'articles:read',
    input: { params: ById, query: PageQuery },
    output: pageOf(ReceiptAnswer),
    handler: async (ctx: ApiContext, { params, query }) => {
      const rows = await receiptsOf(ctx.db.read, {
        articleId: params.id,
        limit: query.limit + 1,
        below: query.after === undefined ? undefined : below.decode(query.after).below,
      });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ below: row.version }),
        path: `/api/v1/articles/${params.id}/receipts`,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/receipts',
    summary: 'Asks every surface of the standing version once more',
    tags: ['publishing'],
    permission: 'articles:publish',
    input: { params: ById, body: z.strictObject({}) },
    output: { 202: z.object({ version: z.int() }) },
    handler: async (ctx: ApiContext, { params }) => {
      const row = await ctx.db.read
        .selectFrom('articles')
        .select('version_number')
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (row === undefined) throw new Problem('not-found', `There is no article ${params.id}.`);
      if (row.version_number === 0)
        throw new Problem('conflict', 'The article has not been published, so it has reached nobody.');
      const payload = { articleId: params.id, version: row.version_number };
      await ctx.db.write((tx) => appendEvents(ctx.db, tx, [{ topic: RECEIPT_WANTED, payload }]));
      return { status: 202, body: { version: row.version_number } };
    },
  }),
];
