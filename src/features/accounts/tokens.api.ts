import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { NewTokenAnswer, TokenAnswer, TokenInput } from '../../contract/account-answers.ts';
import type { Actor } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import type { AccountServices } from './services.ts';
import { createToken, revokeToken } from './accounts.ts';
import { tokensPage } from './accounts.views.ts';

type Context = ApiContext<AccountServices>;

const PATH = paths.api('tokens');
const tags = ['tokens'];
const permission = 'tokens:manage' as const;
const byId = cursorOf(z.object({ id: z.uuid() }));

export const tokenRoutes: readonly ApiRoute<AccountServices>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists tokens, ended ones included, without their secrets',
    tags,
    permission,
    input: { query: PageQuery.extend({ user: z.uuid().optional() }) },
    output: pageOf(TokenAnswer),
    handler: async (ctx: Context, { query }) => {
      const { limit, user } = query;
      const after = query.after === undefined ? undefined : byId.decode(query.after).id;
      const rows = await tokensPage(ctx.db.read, { limit: limit + 1, after, userId: user });
      const page = cutPage(rows, {
        limit,
        cursor: byId,
        position: (row) => ({ id: row.id }),
        path: PATH,
        query: { user },
      });
      const items = page.rows.map((row) => ({ ...row, scopes: [...row.scopes] }));
      return { body: { items, next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Makes a token; its secret is in this answer and nowhere else',
    tags,
    permission,
    // Not idempotent: the kept answer would be the secret in the clear.
    fresh: true,
    input: { body: TokenInput },
    output: { 201: NewTokenAnswer },
    handler: async (ctx: Context, { body }) => {
      const me = actor(ctx);
      checkScopes(me, body.scopes);
      const { userId = me.userId, ...rest } = body;
      const made = await ctx.db.write(async (tx) => {
        const token = await createToken(tx, ctx.services.clock, { ...rest, userId });
        await writeAudit(tx, {
          by: me,
          action: 'token.create',
          object: { kind: 'token', id: token.id },
          details: { of: userId, name: body.name, scopes: body.scopes },
          at: ctx.now,
        });
        return token;
      });
      return { status: 201, body: made };
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Ends a token',
    tags,
    permission,
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write(async (tx) => {
        await revokeToken(tx, ctx.services.clock, params.id);
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'token.revoke',
          object: { kind: 'token', id: params.id },
          at: ctx.now,
        });
      });
      return { status: 204 };
    },
  }),
];

/** A token that was narrowed must not make one that may do more than itself. */
function checkScopes(me: Actor, scopes: readonly string[]): void {
  const own: readonly string[] | undefined = me.scopes;
  if (own === undefined || (scopes.length > 0 && scopes.every((scope) => own.includes(scope)))) return;
  throw new Problem(
    'forbidden',
    'A token with scopes can only make tokens with some of the same scopes.',
    `Give scopes from: ${own.join(', ')}.`,
  );
}
