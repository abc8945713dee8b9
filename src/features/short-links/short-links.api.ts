import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { createShortLink } from './short-links.ts';
import { shortLinkTarget } from './short-links.views.ts';

export type ShortLinkServices = { readonly origin: string; readonly clock: Clock };
type Context = ApiContext<ShortLinkServices>;

const tags = ['short-links'];
const ShortLink = z.object({
  code: z.string(),
  url: z.string().describe('The short address'),
  target: z.string().describe('Where it leads now'),
  article: z.uuid().nullable(),
});
const Target = z
  .string()
  .max(2048)
  .regex(/^(\/(?![/\\])[^\s\\]*|https?:\/\/[^\s/]\S*)$/, 'a path of this site, or an http(s) address');

export const shortLinkRoutes: readonly ApiRoute<ShortLinkServices>[] = [
  route({
    method: 'POST',
    path: '/api/v1/short-links',
    summary: 'Makes a short link to any address',
    description: 'Articles get theirs by themselves with the first publication.',
    tags,
    permission: 'links:write',
    idempotent: true,
    input: { body: z.strictObject({ target: Target }) },
    output: { 201: ShortLink },
    handler: async (ctx: Context, { body }) => {
      const code = await ctx.db.write((tx) => createShortLink(tx, ctx.services.clock, body.target));
      return {
        status: 201,
        body: { code, url: urlOf(ctx, code), target: body.target, article: null },
        headers: { Location: paths.api(`short-links/${code}`) },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/short-links/:code',
    summary: 'Says where a short link leads',
    tags,
    permission: 'public',
    input: { params: z.object({ code: z.string().max(40) }) },
    output: ShortLink,
    handler: async (ctx: Context, { params }) => {
      const { code } = params;
      const found = await shortLinkTarget(ctx.db.read, code);
      if (found === undefined) throw new Problem('not-found', `There is no short link ${code}.`);
      return { body: { code, url: urlOf(ctx, code), target: found.to, article: found.articleId ?? null } };
    },
  }),
];

function urlOf(ctx: Context, code: string): string {
  return ctx.services.origin + paths.shortLink(code);
}
