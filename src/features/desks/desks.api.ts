import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { DeskAnswer, DeskInput } from '../../contract/desks.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { changeDesk, createDesk, removeMember, setMember } from './desks.ts';
import { desksPage } from './desks.views.ts';

type Context = ApiContext<{ readonly clock: Clock }>;

const PATH = '/api/v1/desks';
const tags = ['desks'];
const bySlug = cursorOf(z.object({ slug: z.string().max(100) }));
const Member = z.object({ id: z.uuid(), user: z.uuid() });

const house = (ctx: Context) => ({ db: ctx.db, clock: ctx.services.clock });

async function one(ctx: Context, id: string) {
  const [desk] = await desksPage(ctx.db.read, { id }, actor(ctx).userId);
  if (desk === undefined) throw new Problem('not-found', `There is no desk ${id}.`);
  return { body: desk, etag: desk.rowVersion };
}

export const deskRoutes: readonly ApiRoute<{ readonly clock: Clock }>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists desks with their people and what they ask',
    tags,
    permission: 'desks:read',
    input: { query: PageQuery },
    output: pageOf(DeskAnswer),
    handler: async (ctx: Context, { query }) => {
      const after = query.after === undefined ? undefined : bySlug.decode(query.after).slug;
      const rows = await desksPage(ctx.db.read, { limit: query.limit + 1, after }, actor(ctx).userId);
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: bySlug,
        position: (row) => ({ slug: row.slug }),
        path: PATH,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Makes a desk',
    tags,
    permission: 'desks:manage',
    idempotent: true,
    input: { body: DeskInput },
    output: { 201: DeskAnswer },
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      const id = await ctx.db.write(async (tx) => {
        const made = await createDesk(tx, house(ctx), body);
        await writeAudit(tx, {
          by,
          action: 'desk.create',
          object: { kind: 'desk', id: made },
          details: { name: body.name },
        });
        return made;
      });
      return { status: 201, ...(await one(ctx, id)), headers: { Location: `${PATH}/${id}` } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'Reads a desk',
    tags,
    permission: 'desks:read',
    input: { params: ById },
    output: DeskAnswer,
    handler: (ctx: Context, { params }) => one(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id`,
    summary: 'Replaces a desk: its name, its checks, its checklist',
    tags,
    permission: 'desks:manage',
    ifMatch: 'required',
    input: { params: ById, body: DeskInput },
    output: DeskAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const expected = ctx.expected === undefined ? {} : { expected: ctx.expected };
      const by = actor(ctx);
      await ctx.db.write(async (tx) => {
        await changeDesk(tx, house(ctx), { id: params.id, ...expected, input: body });
        await writeAudit(tx, {
          by,
          action: 'desk.change',
          object: { kind: 'desk', id: params.id },
          details: { checks: body.rules.checks, closed: body.closed, membersOnly: body.membersOnly },
        });
      });
      return one(ctx, params.id);
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id/members/:user`,
    summary: 'Puts somebody on a desk, or changes their part in it',
    tags,
    permission: 'desks:manage',
    input: { params: Member, body: z.strictObject({ part: z.enum(['member', 'lead']).default('member') }) },
    output: DeskAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      await ctx.db.write(async (tx) => {
        await setMember(tx, house(ctx), { deskId: params.id, userId: params.user, part: body.part });
        await writeAudit(tx, {
          by,
          action: 'desk.member',
          object: { kind: 'desk', id: params.id },
          details: { user: params.user, part: body.part },
        });
      });
      return one(ctx, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id/members/:user`,
    summary: 'Takes somebody off a desk',
    tags,
    permission: 'desks:manage',
    input: { params: Member },
    output: DeskAnswer,
    handler: async (ctx: Context, { params }) => {
      const by = actor(ctx);
      await ctx.db.write(async (tx) => {
        await removeMember(tx, { deskId: params.id, userId: params.user });
        await writeAudit(tx, {
          by,
          action: 'desk.member',
          object: { kind: 'desk', id: params.id },
          details: { user: params.user, part: null },
        });
      });
      return one(ctx, params.id);
    },
  }),
];
