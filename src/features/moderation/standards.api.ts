import { z } from 'zod';
import { TransparencyFigures } from '../../contract/moderation-answers.ts';
import { StandardsParagraph } from '../../contract/moderation.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import { nounChanged } from '../articles/articles.ts';
import type { ModerationServices } from './services.ts';
import { publishStandards } from './standards.ts';
import { currentStandards, standardsAt, standardsVersions } from './standards.views.ts';
import { TRANSPARENCY_PAGE } from './transparency.setting.ts';
import { transparency, transparencyCsv } from './transparency.views.ts';

type Context = ApiContext<ModerationServices>;

const texts = z.record(z.string().max(20), z.array(StandardsParagraph).max(200));
const Standards = z.object({
  version: z.number().describe('0: the house has published none of its own'),
  publishedAt: z.string().nullable(),
  note: z.string(),
  texts,
});
const day = z.iso.date();
const Period = z.object({ from: day, to: day.describe('The day after the last') });

export const standardsRoutes: readonly ApiRoute<ModerationServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/community-standards',
    summary: 'The community standards with the lasting ids of their paragraphs',
    tags: ['community standards'],
    permission: 'public',
    input: { query: z.object({ version: z.coerce.number().int().min(0).optional() }) },
    output: Standards,
    handler: async (ctx: Context, { query }) => {
      const { version } = query;
      const found = await (version === undefined
        ? currentStandards(ctx.db.read)
        : standardsAt(ctx.db.read, version));
      const { publishedAt, note } = found;
      // Parsed again on its way out; what is kept is readonly here.
      const copy = Object.fromEntries(Object.entries(found.texts).map(([of, list]) => [of, [...list]]));
      return { body: { version: found.version, publishedAt: publishedAt ?? null, note, texts: copy } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/community-standards/versions',
    summary: 'Every version of the community standards, newest first',
    tags: ['community standards'],
    permission: 'moderation:read',
    input: {},
    output: z.object({
      items: z.array(
        z.object({
          version: z.number(),
          publishedAt: z.string(),
          note: z.string(),
          by: z.string().nullable(),
        }),
      ),
    }),
    handler: async (ctx: Context) => ({ body: { items: await standardsVersions(ctx.db.read) } }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/community-standards',
    summary: 'Publishes the community standards anew; decisions keep citing the version of their time',
    tags: ['community standards'],
    permission: 'standards:write',
    idempotent: true,
    input: {
      body: z.strictObject({
        from: z.int().min(0).describe('The version that was edited'),
        texts,
        note: z.string().trim().min(1).max(1000).describe('What is new'),
      }),
    },
    output: { 201: z.object({ version: z.number() }) },
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      const version = await ctx.db.write((tx) => publishStandards(tx, ctx.services.press, { ...body, by }));
      return { status: 201, body: { version } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/transparency',
    summary:
      'Figures of moderation for a period, for the reports of Art. 15 and 24 of Regulation (EU) 2022/2065',
    tags: ['transparency'],
    permission: 'moderation:read',
    input: { query: Period },
    output: TransparencyFigures,
    handler: async (ctx: Context, { query }) => ({ body: await transparency(ctx.db.read, query) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/transparency/csv',
    summary: 'The same figures as comma-separated values, in one text',
    tags: ['transparency'],
    permission: 'moderation:read',
    input: { query: Period },
    output: z.object({ fileName: z.string(), csv: z.string() }),
    handler: async (ctx: Context, { query }) => ({
      body: {
        fileName: `moderation-${query.from}-${query.to}.csv`,
        csv: transparencyCsv(await transparency(ctx.db.read, query)),
      },
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/transparency/page',
    summary: 'Whether the figures are public',
    tags: ['transparency'],
    permission: 'moderation:read',
    input: {},
    output: z.object({ public: z.boolean() }),
    handler: async (ctx: Context) => ({
      body: { public: (await readSetting<boolean>(ctx.db.read, TRANSPARENCY_PAGE)) ?? false },
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/moderation/transparency/page',
    summary: 'Makes the figures public, or takes them off the site',
    tags: ['transparency'],
    permission: 'standards:write',
    input: { body: z.strictObject({ public: z.boolean() }) },
    output: z.object({ public: z.boolean() }),
    handler: async (ctx: Context, { body }) => {
      await ctx.db.write(async (tx) => {
        await writeSetting(tx, TRANSPARENCY_PAGE, body.public);
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'moderation.transparency-page',
          object: { kind: 'settings', id: TRANSPARENCY_PAGE },
          details: body,
          at: ctx.now,
        });
        await nounChanged(ctx.db, tx, { noun: 'site', id: 'site' });
      });
      return { body };
    },
  }),
];
