import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { PreviewLinkAnswer } from '../../contract/desks.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { createPreviewLink, type PreviewTarget, revokePreviewLink } from './previews.ts';
import { previewLinks } from './previews.views.ts';
import { checkMay } from './work.ts';

type Services = { readonly origin: string; readonly clock: Clock };
type Context = ApiContext<Services>;

const PATH = '/api/v1/previews';
const tags = ['previews'];
const below = cursorOf(z.object({ before: z.uuid() }));

export const previewRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists preview links, ended ones included; never their addresses',
    tags,
    permission: 'articles:read',
    input: { query: PageQuery.extend({ target: z.uuid().optional().describe('An article or a layout') }) },
    output: pageOf(PreviewLinkAnswer),
    handler: async (ctx: Context, { query }) => {
      const rows = await previewLinks(ctx.db.read, {
        limit: query.limit + 1,
        target: query.target,
        before: query.after === undefined ? undefined : below.decode(query.after).before,
        now: ctx.now,
      });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ before: row.id }),
        path: PATH,
        query: { target: query.target },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary:
      'Makes an address that shows one exact revision, or one arrangement of a front page, for a while',
    description:
      'The address is told once; whoever holds it sees the page as a reader would, without an account.',
    tags,
    permission: 'articles:write',
    input: {
      body: z.strictObject({
        target: z.union([
          z.strictObject({ kind: z.literal('article'), id: z.uuid(), revision: z.int().min(1) }),
          z.strictObject({ kind: z.literal('front'), id: z.uuid() }),
        ]),
        hours: z.number().positive().max(720).optional().describe('72 when absent'),
        label: z.string().max(200).optional().describe('For whom it is'),
      }),
    },
    output: { 201: PreviewLinkAnswer.extend({ url: z.string().describe('Told once') }) },
    handler: async (ctx: Context, { body }) => {
      const who = actor(ctx);
      const target: PreviewTarget = body.target;
      const made = await ctx.db.write(async (tx) => {
        if (target.kind === 'article') await checkMay(tx, who, { action: 'preview', articleId: target.id });
        const link = await createPreviewLink(tx, ctx.services.clock, {
          target,
          by: who.userId,
          hours: body.hours,
          label: body.label,
        });
        await writeAudit(tx, {
          by: who,
          action: 'preview.create',
          object: { kind: target.kind, id: target.id },
          details: { link: link.id, expiresAt: link.expiresAt },
        });
        return link;
      });
      const [link] = await previewLinks(ctx.db.read, { id: made.id, limit: 1, now: ctx.now });
      if (link === undefined) throw new Error('a preview link that was made is not there');
      return { status: 201, body: { ...link, url: ctx.services.origin + paths.preview(made.token) } };
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Ends a preview link at once',
    tags,
    permission: 'articles:write',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      const who = actor(ctx);
      await ctx.db.write(async (tx) => {
        const [link] = await previewLinks(tx, { id: params.id, limit: 1, now: ctx.now });
        if (who.role === 'contributor' && link !== undefined && link.createdBy.id !== who.userId)
          throw new Problem('forbidden', 'The link is somebody else’s.', 'Ask an editor.');
        await revokePreviewLink(tx, ctx.services.clock, { id: params.id, by: who.userId });
        await writeAudit(tx, {
          by: who,
          action: 'preview.revoke',
          object: { kind: 'preview', id: params.id },
        });
      });
      return { status: 204 };
    },
  }),
];
