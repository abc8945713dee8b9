import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { FrontSlots, FrontState, LayoutAnswer } from '../../contract/front.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { siteOf } from '../articles/articles.ts';
import { writeAudit } from '../audit/audit.ts';
import { LocalTimeInput, resolveWhen } from '../desks/desks.ts';
import { cancelLayout, putLayout, restoreLayout } from './front-pages.ts';
import { layoutsPage } from './front-pages.views.ts';
import { frontState } from './state.views.ts';

type Services = { readonly clock: Clock };
type Context = ApiContext<Services>;

const tags = ['front pages'];
const ByEdition = z.object({ edition: z.string().min(2).max(35) });
const below = cursorOf(z.object({ before: z.uuid() }));
const note = z.string().max(500).optional();
const expected = z
  .int()
  .min(0)
  .optional()
  .describe('The number of the arrangement that you saw; refused when another has come since');

async function one(ctx: Context, id: string) {
  const [layout] = await layoutsPage(ctx.db.read, { id, limit: 1 });
  if (layout === undefined) throw new Problem('not-found', `There is no arrangement ${id}.`);
  return layout;
}

/** @throws Problem `not-found` for an edition that the site does not have */
async function checkEdition(ctx: Context, edition: string): Promise<void> {
  const { languages } = await siteOf(ctx.db.read);
  if (!languages.includes(edition))
    throw new Problem('not-found', `The site has no edition in “${edition}”.`);
}

export const frontPageRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'GET',
    path: '/api/v1/front-pages/:edition',
    summary: 'Who stands where on a front page, and by whose choice',
    tags,
    permission: 'articles:read',
    input: { params: ByEdition },
    output: FrontState,
    handler: async (ctx: Context, { params }) => {
      await checkEdition(ctx, params.edition);
      const state = await frontState(ctx.db.read, { edition: params.edition, now: ctx.now });
      return { body: state, etag: state.current?.number ?? 0 };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/front-pages/:edition/trial',
    summary: 'Who would stand where with an arrangement; keeps nothing',
    tags,
    permission: 'articles:read',
    input: { params: ByEdition, body: z.strictObject({ slots: FrontSlots }) },
    output: FrontState,
    handler: async (ctx: Context, { params, body }) => {
      await checkEdition(ctx, params.edition);
      return {
        body: await frontState(ctx.db.read, { edition: params.edition, now: ctx.now, slots: body.slots }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/front-pages/:edition/layouts',
    summary:
      'Lists arrangements, the last made first: what stood, what stands, what is to come, and who made it',
    tags,
    permission: 'articles:read',
    input: {
      params: ByEdition,
      query: PageQuery.extend({
        state: z.enum(['draft', 'waiting', 'live', 'replaced', 'cancelled', 'failed']).optional(),
      }),
    },
    output: pageOf(LayoutAnswer),
    handler: async (ctx: Context, { params, query }) => {
      const rows = await layoutsPage(ctx.db.read, {
        edition: params.edition,
        state: query.state,
        limit: query.limit + 1,
        before: query.after === undefined ? undefined : below.decode(query.after).before,
      });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ before: row.id }),
        path: `/api/v1/front-pages/${params.edition}/layouts`,
        query: { state: query.state },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/front-pages/:edition/layouts',
    summary: 'Arranges a front page: now, at a time, or as a draft to look at first',
    tags,
    permission: 'front:write',
    idempotent: true,
    input: {
      params: ByEdition,
      body: z.strictObject({
        slots: FrontSlots,
        note,
        expected,
        draft: z.boolean().default(false),
        at: z.iso.datetime({ offset: true }).optional(),
        local: LocalTimeInput.optional(),
      }),
    },
    output: { 201: LayoutAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const who = actor(ctx);
      const timed = body.at !== undefined || body.local !== undefined;
      const at = timed ? resolveWhen(body, (await siteOf(ctx.db.read)).timeZone) : undefined;
      const when = at !== undefined ? { at } : body.draft ? ('draft' as const) : ('now' as const);
      const id = await ctx.db.write(async (tx) => {
        const made = await putLayout(
          tx,
          { db: ctx.db, clock: ctx.services.clock },
          {
            edition: params.edition,
            slots: body.slots,
            note: body.note,
            when,
            expected: body.expected,
            by: who.userId,
          },
        );
        if (when !== 'draft')
          await writeAudit(tx, {
            by: who,
            action: at === undefined ? 'front.arrange' : 'front.schedule',
            object: { kind: 'front', id: params.edition },
            details: { layout: made, ...(at === undefined ? {} : { at }) },
          });
        return made;
      });
      return { status: 201, body: await one(ctx, id) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/layouts/:id/restore',
    summary: 'Puts an earlier arrangement, or a draft, on its page',
    tags,
    permission: 'front:write',
    idempotent: true,
    input: { params: ById, body: z.strictObject({ note, expected }) },
    output: { 201: LayoutAnswer },
    handler: async (ctx: Context, { params, body }) => {
      const who = actor(ctx);
      const id = await ctx.db.write(async (tx) => {
        const made = await restoreLayout(
          tx,
          { db: ctx.db, clock: ctx.services.clock },
          { id: params.id, by: who.userId, note: body.note, expected: body.expected },
        );
        await writeAudit(tx, {
          by: who,
          action: 'front.restore',
          object: { kind: 'layout', id: params.id },
          details: { layout: made },
        });
        return made;
      });
      return { status: 201, body: await one(ctx, id) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/layouts/:id',
    summary: 'Takes a change back that waits for its time, or throws a draft away',
    tags,
    permission: 'front:write',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write((tx) => cancelLayout(tx, { id: params.id }));
      return { status: 204 };
    },
  }),
];
