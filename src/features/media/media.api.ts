import { Readable } from 'node:stream';
import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { AssetInput, mediaTypes } from '../../contract/media.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, deedOf, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { assetRecord, type AssetRecord, assetRecords, renditionRecords } from './assets.newsroom.views.ts';
import { changeAsset, createAsset } from './assets.ts';
import { type MediaRoom, receiveBytes } from './receive.ts';

export type MediaServices = { readonly origin: string; readonly media: MediaRoom };
type Context = ApiContext<MediaServices>;

const PATH = paths.api('assets');
const tags = ['assets'];
/** The most that any kind of file may have; pictures have less. */
const MAX_BYTES = 2_000_000_000;
const newest = cursorOf(z.object({ id: z.uuid() }));

const { kind, fileName, caption, credit, alt, focal, creator, place, keywords, crops } = AssetInput.shape;
const text = z.string().nullable();
const Asset = z.object({
  id: z.uuid(),
  rowVersion: z.int().describe('What If-Match takes'),
  kind,
  fileName,
  caption,
  credit,
  alt,
  focal,
  crops,
  creator,
  place,
  keywords,
  takenAt: text,
  createdBy: text,
  credentials: z.enum(['valid', 'invalid']).nullable().describe('Content Credentials (C2PA) of the file'),
  language: text,
  rightsHolder: text,
  rightsTerms: text,
  rightsExpireAt: text,
  sourceUrl: text,
  withdrawn: z.boolean(),
  digest: text.describe('SHA-256 of the original; null until its bytes have arrived'),
  mime: text,
  bytes: z.int().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  path: text.describe('What anyone may fetch: the largest rendition of a picture, the file itself of others'),
  url: text,
  preview: text.describe('A small picture of it, for the house'),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const AssetWithRenditions = Asset.extend({
  renditions: z.array(
    z.object({
      format: z.string(),
      width: z.int(),
      height: z.int(),
      bytes: z.int(),
      path: z.string(),
      url: z.string(),
    }),
  ),
});

export const mediaRoutes: readonly ApiRoute<MediaServices>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists assets, the newest first',
    tags,
    permission: 'media:read',
    input: {
      query: PageQuery.extend({
        kind: kind.unwrap().optional(),
        digest: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional()
          .describe('SHA-256 of the bytes: whether they are here already'),
        sourceUrl: z.string().max(2048).optional(),
        q: z
          .string()
          .max(200)
          .optional()
          .describe('Words of caption, credit, keywords, name …; may be cut short'),
        mine: z.enum(['1']).optional().describe('Only what the caller sent'),
        lacks: z.enum(['alt', 'credit', 'caption']).optional(),
        rights: z.enum(['expired', 'expiring']).optional().describe('expiring: within 30 days'),
        unused: z.enum(['1']).optional().describe('Shown by no article'),
      }),
    },
    output: pageOf(Asset),
    handler: async (ctx: Context, { query }) => {
      const { limit, after, ...filters } = query;
      const { mine, unused, ...others } = filters;
      const rows = await assetRecords(ctx.db.read, {
        ...others,
        ...(mine === undefined ? {} : { createdBy: actor(ctx).userId }),
        unused: unused === '1',
        now: ctx.now,
        limit: limit + 1,
        after: after === undefined ? undefined : newest.decode(after).id,
      });
      const page = cutPage(rows, {
        limit,
        cursor: newest,
        position: (row) => ({ id: row.id }),
        path: PATH,
        query: filters,
      });
      const items = page.rows.map((row) => ({ ...answerOf(row), url: urlOf(ctx, row.path) }));
      return { body: { items, next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Registers an asset; its bytes come next',
    tags,
    permission: 'media:write',
    idempotent: true,
    input: { body: AssetInput },
    output: { 201: AssetWithRenditions },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write(async (tx) => {
        const made = await createAsset(tx, ctx.services.media.clock, {
          ...body,
          createdBy: actor(ctx).userId,
        });
        await writeAudit(tx, deedOf(ctx, { action: 'asset.create', kind: 'asset', id: made, details: body }));
        return made;
      });
      return { status: 201, ...(await one(ctx, id)), headers: { Location: `${PATH}/${id}` } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'Reads an asset and its renditions',
    tags,
    permission: 'media:read',
    input: { params: ById },
    output: AssetWithRenditions,
    handler: (ctx: Context, { params }) => one(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id`,
    summary: 'Replaces what is said of an asset',
    tags,
    permission: 'media:write',
    ifMatch: 'required',
    input: { params: ById, body: AssetInput },
    output: AssetWithRenditions,
    handler: async (ctx: Context, { params, body }) => {
      const expected = ctx.expected === undefined ? {} : { expected: ctx.expected };
      const room = { clock: ctx.services.media.clock, db: ctx.db };
      await ctx.db.write(async (tx) => {
        await changeAsset(tx, room, { id: params.id, input: body, ...expected });
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'asset.change', kind: 'asset', id: params.id, details: body }),
        );
      });
      return one(ctx, params.id);
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id/content`,
    summary: 'Sends the bytes of an asset, once',
    description: 'A picture is decoded before it is kept; its renditions are made afterwards.',
    tags,
    permission: 'media:write',
    raw: { contentTypes: Object.keys(mediaTypes), maxBytes: MAX_BYTES },
    input: { params: ById },
    output: AssetWithRenditions,
    handler: async (ctx: Context, { params, raw }) => {
      const bytes = Readable.from(raw.bytes, { objectMode: false });
      await receiveBytes(ctx.services.media, {
        id: params.id,
        bytes,
        mime: raw.contentType,
        also: (tx) => writeAudit(tx, deedOf(ctx, { action: 'asset.content', kind: 'asset', id: params.id })),
      });
      return one(ctx, params.id);
    },
  }),
];

async function one(
  ctx: Context,
  id: string,
): Promise<{ body: z.input<typeof AssetWithRenditions>; etag: number }> {
  const asset: AssetRecord | undefined = await assetRecord(ctx.db.read, id);
  if (asset === undefined) throw new Problem('not-found', `There is no asset ${id}.`);
  const renditions = (await renditionRecords(ctx.db.read, id)).map((each) => ({
    ...each,
    url: ctx.services.origin + each.path,
  }));
  return { body: { ...answerOf(asset), url: urlOf(ctx, asset.path), renditions }, etag: asset.rowVersion };
}

function urlOf(ctx: Context, path: string | null): string | null {
  return path === null ? null : ctx.services.origin + path;
}

/** A record with lists that a schema may take. */
function answerOf(asset: AssetRecord) {
  return { ...asset, keywords: [...asset.keywords], crops: { ...asset.crops } };
}
