import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { AssetSet } from '../../contract/media.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import type { ApiContext, ApiRoute, RawRoute } from '../../http/route.ts';
import { deedOf, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { assetRecord, assetUsesOf, previewOf } from './assets.newsroom.views.ts';
import { changeAssets } from './assets.batch.ts';
import type { MediaServices } from './media.api.ts';

type Context = ApiContext<MediaServices>;
const tags = ['assets'];

export const assetRoutes: readonly ApiRoute<MediaServices>[] = [
  route({
    method: 'PATCH',
    path: paths.api('assets'),
    summary: 'Says the same of many assets at once: all of them or none',
    tags,
    permission: 'media:write',
    idempotent: true,
    input: {
      body: z.strictObject({
        ids: z.array(z.uuid()).min(1).max(500),
        set: AssetSet.default({}),
        addKeywords: AssetSet.shape.keywords.unwrap().default([]),
        onlyEmpty: z.boolean().default(false).describe('Fields that say something already stay'),
      }),
    },
    output: z.object({ changed: z.int() }),
    handler: async (ctx: Context, { body }) => {
      const room = { clock: ctx.services.media.clock, db: ctx.db };
      const { ids: _, ...details } = body;
      const changed = await ctx.db.write(async (tx) => {
        const changed = await changeAssets(tx, room, body);
        for (const id of changed)
          await writeAudit(tx, deedOf(ctx, { action: 'asset.change', kind: 'asset', id, details }));
        return changed;
      });
      return { body: { changed: changed.length } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/assets/:id/uses',
    summary: 'Says where an asset is shown, in drafts and to readers',
    tags,
    permission: 'media:read',
    input: { params: ById },
    output: z.object({
      articles: z.array(
        z.object({
          article: z.uuid(),
          headline: z.string(),
          state: z.string(),
          draft: z.boolean(),
          live: z.boolean(),
        }),
      ),
      authors: z.array(z.object({ id: z.uuid(), name: z.string() })),
      programmes: z.array(z.object({ id: z.uuid(), title: z.string() })).describe('Whose artwork it is'),
      episodes: z.array(z.object({ id: z.uuid(), title: z.string() })).describe('Whose artwork it is'),
    }),
    handler: async (ctx: Context, { params }) => ({ body: await assetUsesOf(ctx.db.read, params.id) }),
  }),
];

/** Files that only the house sees: small pictures of assets, withdrawn ones included, and the files as they were sent. */
export const assetFileRoutes: readonly RawRoute<MediaServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/api/v1/assets/:id/preview',
    permission: 'media:read',
    handle: async (ctx, { params }, { req, res }) => {
      const found = await previewOf(ctx.db.read, params['id'] ?? '');
      if (found === undefined) throw new Problem('not-found', 'There is no picture of this asset.');
      const stream = req.method === 'HEAD' ? undefined : await ctx.services.media.blobs.get(found.digest);
      res.writeHead(200, {
        'Content-Type': 'image/jpeg',
        'Content-Length': String(found.bytes),
        // The address carries a part of the digest; the answer is for who is signed in.
        'Cache-Control': 'private, max-age=86400',
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      if (stream === undefined) res.end();
      else stream.on('error', () => res.destroy()).pipe(res);
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/api/v1/assets/:id/original',
    permission: 'media:read',
    handle: async (ctx, { params }, { req, res }) => {
      const asset = await assetRecord(ctx.db.read, params['id'] ?? '');
      if (asset?.digest === null || asset === undefined)
        throw new Problem('not-found', 'There is no file of this asset.');
      const stream = req.method === 'HEAD' ? undefined : await ctx.services.media.blobs.get(asset.digest);
      res.writeHead(200, {
        'Content-Type': asset.mime ?? 'application/octet-stream',
        'Content-Length': String(asset.bytes ?? 0),
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(asset.fileName)}`,
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      });
      if (stream === undefined) res.end();
      else stream.on('error', () => res.destroy()).pipe(res);
    },
  },
];
