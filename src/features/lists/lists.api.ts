import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { MyDeskAnswer, PersonAnswer, SavedViewAnswer, SavedViewInput } from '../../contract/lists.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import type { ArticleSummaryView } from '../articles/articles.newsroom.views.ts';
import { unreadMentions } from '../mentions/mentions.views.ts';
import { myDesk, peoplePage } from './lists.views.ts';
import { changeView, createView, dropView, savedView, savedViews } from './views.ts';

type Services = { readonly clock: Clock; readonly origin: string };
type Context = ApiContext<Services>;

const VIEWS = '/api/v1/saved-views';
const PEOPLE = '/api/v1/people';
const byName = cursorOf(z.object({ name: z.string().max(200), id: z.uuid() }));
const tags = ['lists'];

async function oneView(ctx: Context, id: string) {
  const view = await savedView(ctx.db.read, id);
  if (view === undefined) throw new Error(`the saved view ${id} is gone`);
  return { body: view, etag: view.rowVersion };
}

export const listRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'GET',
    path: '/api/v1/my-desk',
    summary: 'What waits for you',
    tags,
    permission: 'articles:read',
    input: {},
    output: MyDeskAnswer,
    handler: async (ctx: Context) => {
      const { userId } = actor(ctx);
      const desk = await myDesk(ctx.db.read, userId);
      const show = <T extends ArticleSummaryView>(rows: readonly T[]) =>
        rows.map((row) => ({ ...row, url: row.path === null ? null : ctx.services.origin + row.path }));
      return {
        body: {
          drafts: show(desk.drafts),
          returned: show(desk.returned),
          assigned: show(desk.assigned),
          scheduled: show(desk.scheduled),
          published: show(desk.published),
          unread: await unreadMentions(ctx.db.read, userId),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: PEOPLE,
    summary: 'Lists the people of the house, by name',
    tags,
    permission: 'articles:read',
    input: {
      query: PageQuery.extend({
        q: z.string().max(100).optional().describe('How a part of the name begins'),
      }),
    },
    output: pageOf(PersonAnswer),
    handler: async (ctx: Context, { query }) => {
      const { limit, after, q } = query;
      const rows = await peoplePage(ctx.db.read, {
        text: q,
        limit: limit + 1,
        after: after === undefined ? undefined : byName.decode(after),
      });
      const page = cutPage(rows, {
        limit,
        cursor: byName,
        position: ({ name, id }) => ({ name, id }),
        path: PEOPLE,
        query: { q },
      });
      // Roles are those of the contract: accounts write no others.
      const items = page.rows as z.input<typeof PersonAnswer>[];
      return { body: { items, next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: VIEWS,
    summary: 'Lists your saved views, and those that are shared',
    tags,
    permission: 'articles:read',
    input: {},
    output: z.object({ items: z.array(SavedViewAnswer) }),
    handler: async (ctx: Context) => ({
      body: { items: await savedViews(ctx.db.read, actor(ctx).userId) },
    }),
  }),
  route({
    method: 'POST',
    path: VIEWS,
    summary: 'Saves a view of the list of articles',
    tags,
    permission: 'articles:read',
    idempotent: true,
    input: { body: SavedViewInput },
    output: { 201: SavedViewAnswer },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write((tx) => createView(tx, { by: actor(ctx), now: ctx.now, input: body }));
      return { status: 201, ...(await oneView(ctx, id)) };
    },
  }),
  route({
    method: 'PUT',
    path: `${VIEWS}/:id`,
    summary: 'Changes a saved view of yours',
    tags,
    permission: 'articles:read',
    ifMatch: 'required',
    input: { params: ById, body: SavedViewInput },
    output: SavedViewAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write((tx) =>
        changeView(tx, {
          by: actor(ctx),
          now: ctx.now,
          id: params.id,
          expected: ctx.expected,
          input: body,
        }),
      );
      return oneView(ctx, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${VIEWS}/:id`,
    summary: 'Deletes a saved view of yours',
    tags,
    permission: 'articles:read',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write((tx) => dropView(tx, { by: actor(ctx), id: params.id }));
      return { status: 204 };
    },
  }),
];
