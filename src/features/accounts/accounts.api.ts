import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { LinkGiven, MeAnswer, UserAnswer, UserChange, UserInput } from '../../contract/account-answers.ts';
import { may, type Permission, permissions } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { checkFingerprint, fingerprint } from '../../http/api/fingerprint.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { changeUser, createUser, userById, type UserView } from './accounts.ts';
import { usersPage } from './accounts.views.ts';
import { writeAudit } from '../audit/audit.ts';
import type { AccountServices } from './services.ts';
import { deleteSessions } from './sessions.store.ts';
import { type LinkTask, invite, keepAnAdmin, reset } from './staff.ts';
import { type Actor } from '../../contract/permissions.ts';

type Context = ApiContext<AccountServices>;

const PATH = paths.api('users');
const tags = ['users'];
const permission = 'users:manage' as const;
const byId = cursorOf(z.object({ id: z.uuid() }));

export const accountRoutes: readonly ApiRoute<AccountServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Says who is signed in, or whose token it is, and what they may do',
    tags: ['me'],
    permission: 'signed-in',
    beforeSecondFactor: true,
    input: {},
    output: MeAnswer,
    handler: async (ctx: Context) => {
      const me = actor(ctx);
      const allowed = (Object.keys(permissions) as Permission[]).filter((each) => may(me, each));
      const limited = me.session?.limited === true;
      return {
        body: {
          id: me.userId,
          name: me.name,
          role: me.role,
          permissions: limited ? [] : allowed,
          session:
            me.session === undefined
              ? null
              : { id: me.session.id, authenticatedAt: me.session.authenticatedAt, limited },
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists everybody with an account',
    tags,
    permission,
    input: {
      query: PageQuery.extend({ staff: z.enum(['true']).optional().describe('People of the house alone') }),
    },
    output: pageOf(UserAnswer),
    handler: async (ctx: Context, { query }) => {
      const after = query.after === undefined ? undefined : byId.decode(query.after).id;
      const rows = await usersPage(ctx.db.read, {
        limit: query.limit + 1,
        after,
        staff: query.staff !== undefined,
      });
      const position = (row: UserView): { id: string } => ({ id: row.id });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: byId,
        position,
        path: PATH,
        query: { staff: query.staff },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Creates a person of the house',
    tags,
    permission,
    fresh: true,
    idempotent: true,
    input: { body: UserInput },
    output: { 201: UserAnswer },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write(async (tx) => {
        const made = await createUser(tx, ctx.services.clock, body);
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'user.create',
          object: { kind: 'user', id: made },
          details: { role: body.role },
          at: ctx.now,
        });
        return made;
      });
      return { status: 201, ...(await one(ctx, id)), headers: { Location: `${PATH}/${id}` } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'Reads one person',
    tags,
    permission,
    input: { params: ById },
    output: UserAnswer,
    handler: (ctx: Context, { params }) => one(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id`,
    summary: 'Changes a name or role, or shuts an account',
    description: 'The tokens and sessions of an account that is shut stop working at once.',
    tags,
    permission,
    fresh: true,
    ifMatch: 'required',
    input: { params: ById, body: UserChange },
    output: UserAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write(async (tx) => {
        const before = await found(ctx, params.id);
        checkFingerprint(before, ctx.expected);
        await keepAnAdmin(tx, { id: params.id, ...body });
        await changeUser(tx, ctx.services.clock, { id: params.id, ...body });
        if (body.disabled) await deleteSessions(tx, { userId: params.id });
        const { role, disabled } = body;
        await writeAudit(tx, {
          by: actor(ctx),
          action: role === before.role && disabled === before.disabled ? 'user.change' : 'user.role',
          object: { kind: 'user', id: params.id },
          details: { before: { role: before.role, disabled: before.disabled }, after: { role, disabled } },
          at: ctx.now,
        });
      });
      return one(ctx, params.id);
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/invitation`,
    summary: 'Invites a person to set up their account, by mail or by a link to hand over',
    tags,
    permission,
    fresh: true,
    input: { params: ById, body: z.strictObject({ way: z.enum(['mail', 'link']) }) },
    output: LinkGiven,
    handler: async (ctx: Context, { params, body }) => {
      const task = taskOf(ctx, { userId: params.id, way: body.way });
      const link = await ctx.db.write((tx) => invite(tx, ctx.services.clock, task));
      return { body: { link: link ?? null } };
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/:id/reset`,
    summary:
      'Gives a person a way back in; with factors, removes password, passkeys and codes and ends their sessions',
    tags,
    permission,
    fresh: true,
    input: {
      params: ById,
      body: z.strictObject({ way: z.enum(['mail', 'link']), factors: z.boolean().default(false) }),
    },
    output: LinkGiven,
    handler: async (ctx: Context, { params, body }) => {
      const task = { ...taskOf(ctx, { userId: params.id, way: body.way }), factors: body.factors };
      const link = await ctx.db.write((tx) => reset(tx, ctx.services.clock, task));
      return { body: { link: link ?? null } };
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id/sessions`,
    summary: 'Ends every session of a person',
    tags,
    permission,
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await found(ctx, params.id);
      await ctx.db.write(async (tx) => {
        await deleteSessions(tx, { userId: params.id });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'session.end',
          object: { kind: 'user', id: params.id },
          at: ctx.now,
        });
      });
      return { status: 204 };
    },
  }),
];

function taskOf(ctx: Context, task: Pick<LinkTask, 'userId' | 'way'>): LinkTask {
  const by: Actor = actor(ctx);
  return { ...task, by, origin: ctx.services.origin };
}

async function found(ctx: Context, id: string): Promise<UserView> {
  const user = await userById(ctx.db.read, id);
  if (user === undefined) throw new Problem('not-found', `There is no user ${id}.`);
  return user;
}

async function one(ctx: Context, id: string): Promise<{ body: UserView; etag: number }> {
  const user = await found(ctx, id);
  return { body: user, etag: fingerprint(user) };
}
