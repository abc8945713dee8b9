import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { readAddress } from '../../http/pages/address.ts';
import type { CollectionServices } from '../../http/api/collection.ts';
import { putRedirect, removeRedirect } from './redirects.ts';
import { redirectsPage } from './redirects.views.ts';
import { writeAudit } from '../audit/audit.ts';

type Context = ApiContext<CollectionServices>;

const PATH = paths.api('redirects');
const tags = ['redirects'];
const status = z.union([z.literal(301), z.literal(302), z.literal(410)]);
const Redirect = z.object({
  from: z.string(),
  to: z.string().nullable(),
  article: z.uuid().nullable(),
  status,
  createdAt: z.string(),
});
const target = z
  .string()
  .max(2048)
  .regex(/^(\/(?![/\\])[^\s\\]*|https?:\/\/[^\s/]\S*)$/, 'a path of this site, or an http(s) address');
const from = z.string().min(2).max(2000).startsWith('/').describe('The old address: its path');
const byFrom = cursorOf(z.object({ from: z.string().max(2048) }));

export const redirectRoutes: readonly ApiRoute<CollectionServices>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists old addresses and where they lead',
    tags,
    permission: 'taxonomy:read',
    input: {
      query: PageQuery.extend({
        q: z.string().max(2000).optional().describe('How the old address begins'),
        article: z.uuid().optional(),
      }),
    },
    output: pageOf(Redirect),
    handler: async (ctx: Context, { query }) => {
      const { limit, after, ...filters } = query;
      const rows = await redirectsPage(ctx.db.read, {
        ...filters,
        limit: limit + 1,
        after: after === undefined ? undefined : byFrom.decode(after).from,
      });
      const page = cutPage(rows, {
        limit,
        cursor: byFrom,
        position: (row) => ({ from: row.from }),
        path: PATH,
        query: filters,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'PUT',
    path: PATH,
    summary: 'Makes an old address lead somewhere, or says that it is gone',
    tags,
    permission: 'taxonomy:write',
    input: {
      body: z.strictObject({
        from,
        to: target.nullable().default(null),
        article: z.uuid().nullable().default(null),
        status: status.default(301),
      }),
    },
    output: Redirect,
    handler: async (ctx: Context, { body }) => {
      const old = canonical(body.from);
      await ctx.db.write(async (tx) => {
        await putRedirect(tx, { db: ctx.db, clock: ctx.services.clock }, { ...body, from: old });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'redirect.set',
          object: { kind: 'redirect', id: old },
          details: { to: body.to, article: body.article, status: body.status },
          at: ctx.now,
        });
      });
      const [row] = await redirectsPage(ctx.db.read, { limit: 1, q: old });
      if (row === undefined) throw new Error('a redirect that was made is not there');
      return { body: row };
    },
  }),
  route({
    method: 'DELETE',
    path: PATH,
    summary: 'Lets go of an old address',
    tags,
    permission: 'taxonomy:write',
    input: { query: z.object({ from }) },
    output: { 204: null },
    handler: async (ctx: Context, { query }) => {
      const old = canonical(query.from);
      await ctx.db.write(async (tx) => {
        await removeRedirect(tx, { db: ctx.db, clock: ctx.services.clock }, old);
        const object = { kind: 'redirect', id: old };
        await writeAudit(tx, { by: actor(ctx), action: 'redirect.remove', object, at: ctx.now });
      });
      return { status: 204 };
    },
  }),
];

/** The path as the front door looks it up, whatever encoding it was given in. @throws Problem `invalid` */
function canonical(path: string): string {
  const ascii = path.replace(/[^\u0021-\u007e]/gu, encodeURIComponent);
  const address = readAddress(ascii);
  if (address.kind === 'address' && address.search === '') return address.path;
  throw new Problem('invalid', `"${path}" is not the path of an address.`, undefined, {
    fields: { '/from': 'a path without a query, as /old/address' },
  });
}
