import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { MeAnswer, UserAnswer, UserChange, UserInput } from '../../contract/account-answers.ts';
import { may, type Permission, permissions } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { checkFingerprint, fingerprint } from '../../http/api/fingerprint.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { changeUser, createUser, userById, type UserView } from './accounts.ts';
import { usersPage } from './accounts.views.ts';

export type AccountServices = { readonly clock: Clock };
type Context = ApiContext<AccountServices>;

const PATH = paths.api('users');
const tags = ['users'];
const permission = 'users:manage' as const;
const byId = cursorOf(z.object({ id: z.uuid() }));

export const accountRoutes: readonly ApiRoute<AccountServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/me',
    summary: 'Says who the token belongs to and what it may do',
    tags: ['me'],
    permission: 'signed-in',
    input: {},
    output: MeAnswer,
    handler: async (ctx: Context) => {
      const me = actor(ctx);
      const allowed = (Object.keys(permissions) as Permission[]).filter((each) => may(me, each));
      return { body: { id: me.userId, name: me.name, role: me.role, permissions: allowed } };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists the people of the house',
    tags,
    permission,
    input: { query: PageQuery },
    output: pageOf(UserAnswer),
    handler: async (ctx: Context, { query }) => {
      const after = query.after === undefined ? undefined : byId.decode(query.after).id;
      const rows = await usersPage(ctx.db.read, { limit: query.limit + 1, after });
      const position = (row: UserView): { id: string } => ({ id: row.id });
      const page = cutPage(rows, { limit: query.limit, cursor: byId, position, path: PATH });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Creates a person of the house',
    tags,
    permission,
    idempotent: true,
    input: { body: UserInput },
    output: { 201: UserAnswer },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write((tx) => createUser(tx, ctx.services.clock, body));
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
    description: 'The tokens of an account that is shut stop working at once.',
    tags,
    permission,
    ifMatch: 'required',
    input: { params: ById, body: UserChange },
    output: UserAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write(async (tx) => {
        checkFingerprint(await found(ctx, params.id), ctx.expected);
        await changeUser(tx, ctx.services.clock, { id: params.id, ...body });
      });
      return one(ctx, params.id);
    },
  }),
];

async function found(ctx: Context, id: string): Promise<UserView> {
  const user = await userById(ctx.db.read, id);
  if (user === undefined) throw new Problem('not-found', `There is no user ${id}.`);
  return user;
}

async function one(ctx: Context, id: string): Promise<{ body: UserView; etag: number }> {
  const user = await found(ctx, id);
  return { body: user, etag: fingerprint(user) };
}
