import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { ScheduleItem, WorkAnswer } from '../../contract/desks.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { appendEvents } from '../../storage/outbox.ts';
import { calendarPage } from './calendar.views.ts';
import { LINKS_WANTED } from './desks.events.ts';
import { wantLinks } from './links.ts';
import { act } from './work.ts';
import { contentOf, workOf } from './work.views.ts';

type Context = ApiContext<{ readonly clock: Clock }>;

const tags = ['desks'];
const note = z.string().max(2000).optional();
const revision = z.int().min(1);
const slug = z.string().min(1).max(100);
/** Refused when the text has moved on from it. */
const seen = revision.optional().describe('The revision you have read; refused when the text has moved on');

const Order = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('submit'), desk: slug.optional(), note, revision: seen }),
  z.strictObject({ action: z.literal('take-back'), note, revision: seen }),
  z.strictObject({ action: z.literal('claim'), note, revision: seen }),
  z.strictObject({ action: z.literal('assign'), to: z.uuid().nullable(), note, revision: seen }),
  z.strictObject({ action: z.literal('return'), note: z.string().min(1).max(2000), revision: seen }),
  z.strictObject({ action: z.literal('ready'), note, revision: seen }),
  z.strictObject({ action: z.literal('reopen'), note, revision: seen }),
  z.strictObject({ action: z.literal('move'), desk: slug.nullable(), note, revision: seen }),
  z.strictObject({
    action: z.literal('approve'),
    revision: revision.describe('The exact revision that you have read'),
    withdraw: z.boolean().optional().describe('Take your approval back'),
    note,
  }),
  z.strictObject({
    action: z.literal('check'),
    item: z.string().max(60),
    done: z.boolean(),
    revision: seen,
  }),
]);

const instant = z.iso.datetime({ offset: true });
const place = cursorOf(z.object({ at: z.string().max(40), id: z.uuid() }));

async function answer(ctx: Context, articleId: string) {
  const work = await workOf(ctx.db.read, actor(ctx), { articleId, now: ctx.now });
  if (work === undefined) throw new Problem('not-found', `There is no article ${articleId}.`);
  return { body: work };
}

export const workRoutes: readonly ApiRoute<{ readonly clock: Clock }>[] = [
  route({
    method: 'GET',
    path: '/api/v1/articles/:id/work',
    summary: 'Where an article stands, what its desk finds in it, and what you may do',
    tags,
    permission: 'articles:read',
    input: { params: ById },
    output: WorkAnswer,
    handler: (ctx: Context, { params }) => answer(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/work',
    summary: 'Moves an article on its way: submit, claim, assign, return, approve and the like',
    tags,
    permission: 'articles:submit',
    idempotent: true,
    input: { params: ById, body: Order },
    output: WorkAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const room = { db: ctx.db, clock: ctx.services.clock };
      await ctx.db.write((tx) => act(tx, room, { actor: actor(ctx), articleId: params.id, order: body }));
      return answer(ctx, params.id);
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/checks',
    summary: 'Asks the addresses that the text leads to, and answers with what the checks find now',
    tags,
    permission: 'articles:read',
    input: { params: ById, body: z.strictObject({}) },
    output: WorkAnswer,
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write(async (tx) => {
        const row = await tx
          .selectFrom('articles')
          .select('revision_number')
          .where('id', '=', params.id)
          .executeTakeFirst();
        if (row === undefined) throw new Problem('not-found', `There is no article ${params.id}.`);
        const content = await contentOf(tx, params.id, row.revision_number);
        const urls = await wantLinks(tx, ctx.services.clock, content);
        if (urls.length > 0) await appendEvents(ctx.db, tx, [{ topic: LINKS_WANTED, payload: { urls } }]);
      });
      return answer(ctx, params.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/schedules',
    summary: 'Lists schedules by their time: due, late, failed',
    tags: ['publishing'],
    permission: 'articles:read',
    input: {
      query: PageQuery.extend({
        from: instant.optional(),
        until: instant.optional(),
        state: z.enum(['waiting', 'fired', 'cancelled', 'failed']).optional(),
        desk: slug.optional(),
      }),
    },
    output: pageOf(ScheduleItem),
    handler: async (ctx: Context, { query }) => {
      const { limit, after, ...filters } = query;
      const rows = await calendarPage(ctx.db.read, {
        ...filters,
        from: filters.from === undefined ? undefined : new Date(filters.from).toISOString(),
        until: filters.until === undefined ? undefined : new Date(filters.until).toISOString(),
        limit: limit + 1,
        after: after === undefined ? undefined : place.decode(after),
        now: ctx.now,
      });
      const page = cutPage(rows, {
        limit,
        cursor: place,
        position: (row) => ({ at: row.at, id: row.id }),
        path: paths.api('schedules'),
        query: filters,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
];
