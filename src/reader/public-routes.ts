import { podcastRoutes } from '../features/radio/podcasts.api.ts';
import { join } from 'node:path';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { typeOfExtension } from '../contract/media.ts';
import { tag } from '../contract/cache-tags.ts';
import { siteIn } from '../contract/site.ts';
import { themeSheet } from '../contract/theme.ts';
import { publishedById } from '../features/articles/articles.views.ts';
import type { MediaRoom } from '../features/media/media.ts';
import { servedUntil } from '../features/media/media.views.ts';
import { socialCard } from '../features/media/social-card.ts';
import { recordFile } from '../features/record/record.api.ts';
import { pageRoute, type PageRoute } from '../http/route.ts';
import { siteOf } from '../features/articles/site.views.ts';
import type { Blobs } from '../storage/files/blobs.ts';
import { commentFeedRoutes } from '../features/discussion/comments-feed.api.ts';
import { type ReaderServices, themeDigest } from './loaders/context.ts';
import { feedRoutesOfSite } from '../features/feeds/feeds.api.ts';
import { readerRoutes } from './routes.ts';

/** What the files of the site need beside the pages'. */
export type PublicServices = ReaderServices & {
  readonly blobs: Blobs;
  readonly media: MediaRoom;
  /** Where the build put style sheet, script and fonts. */
  readonly assetFolder: string;
};

const define = pageRoute as <P extends string, Q extends string = never>(
  definition: Parameters<typeof pageRoute<P, Q, PublicServices>>[0],
) => PageRoute<PublicServices>;

const ASSET_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};
const ASSET_NAME = /^[a-z0-9-]+\.([0-9a-f]{10})\.(css|js|woff2|svg)$/;
const MEDIA_NAME = /^([0-9a-f]{64})\.([a-z0-9]{2,4})$/;

const fileRoutes: readonly PageRoute<PublicServices>[] = [
  define({
    pattern: '/assets/:file',
    load: async (ctx, { params }) => {
      const match = ASSET_NAME.exec(params.file);
      const type = ASSET_TYPES[match?.[2] ?? ''];
      if (match === null || type === undefined) return undefined;
      const file = join(ctx.services.assetFolder, params.file);
      const size = await stat(file).then(
        (found) => found.size,
        () => undefined,
      );
      if (size === undefined) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of createReadStream(file)) chunks.push(chunk as Buffer);
      // The build packs what is large better than there is time for while somebody waits.
      const packed = await readFile(`${file}.br`).catch(() => undefined);
      return {
        status: 200,
        contentType: type,
        body: Buffer.concat(chunks),
        packed,
        tags: [],
        cache: 'immutable',
      };
    },
  }),
  define({
    pattern: '/media/:shard/:file',
    load: async (ctx, { params }) => {
      const match = MEDIA_NAME.exec(params.file);
      const digest = match?.[1] ?? '';
      const contentType = typeOfExtension(match?.[2] ?? '');
      if (match === null || contentType === undefined || params.shard !== digest.slice(0, 2))
        return undefined;
      const until = await servedUntil(ctx.read, digest, ctx.now);
      const size = until === undefined ? undefined : await ctx.services.blobs.size(digest);
      if (size === undefined) return undefined;
      return {
        file: {
          contentType,
          size,
          digest,
          ...(until == null ? {} : { freshMs: Date.parse(until) - Date.parse(ctx.now) }),
          open: async (range) => {
            const stream = await ctx.services.blobs.get(digest, range === undefined ? {} : { range });
            if (stream === undefined) throw new Error(`the file ${digest} has vanished from the media store`);
            return stream;
          },
        },
      };
    },
  }),
  define({
    pattern: '/og/:card.png',
    load: async (ctx, { params }) => {
      const match = /^([0-9a-f-]{36})-(\d+)$/.exec(params.card);
      const article = await publishedById(ctx.read, match?.[1] ?? '');
      if (article?.visibility !== 'live' || article.version.kind !== 'article') return undefined;
      const { assetFolder, blobs, media } = ctx.services;
      const settings = await siteOf(ctx.read);
      const fontFolder = join(assetFolder, 'cards');
      const digest = await socialCard(media, {
        version: article.version,
        siteName: siteIn(settings, article.edition).name,
        fontFolder,
      });
      const stream = await blobs.get(digest);
      if (stream === undefined) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return {
        status: 200,
        contentType: 'image/png',
        body: Buffer.concat(chunks),
        tags: [tag.article(article.id), tag.site],
        cache: 'page',
      };
    },
  }),
  define({
    pattern: '/theme/:digest.css',
    // A page that a reader kept may name colours of yesterday: it gets those of today.
    load: async (ctx, { params }) => {
      const sheet = themeSheet((await siteOf(ctx.read)).colours ?? {});
      const current = params.digest === themeDigest(sheet);
      if (!/^[0-9a-f]{10}$/.test(params.digest)) return undefined;
      return {
        status: 200,
        contentType: 'text/css; charset=utf-8',
        body: sheet,
        tags: [tag.site],
        cache: current && sheet !== '' ? 'immutable' : 'page',
      };
    },
  }),
  define({
    pattern: '/favicon.ico',
    load: async (ctx) => {
      const icon = ctx.services.assets.icon;
      return icon === undefined
        ? undefined
        : {
            status: 302,
            contentType: 'text/plain; charset=utf-8',
            body: '',
            tags: [],
            cache: 'page',
            location: icon,
          };
    },
  }),
  define({
    pattern: '/record/*',
    load: async (ctx, { params }) => {
      const file = await recordFile(ctx.read, params.rest);
      if (file === undefined)
        // Not there yet: the next publish may bring it, so its absence goes with the checkpoint.
        return {
          status: 404,
          contentType: 'text/plain; charset=utf-8',
          body: 'The record has no such file.\n',
          tags: [tag.record],
          cache: 'page',
        };
      return {
        status: 200,
        contentType: file.contentType,
        body: file.body,
        tags: file.immutable ? [] : [tag.record],
        cache: file.immutable ? 'immutable' : 'page',
      };
    },
  }),
];

/** Everything that the front door answers. */
export const publicRoutes: readonly PageRoute<PublicServices>[] = [
  ...fileRoutes,
  ...feedRoutesOfSite,
  ...podcastRoutes,
  ...commentFeedRoutes,
  ...readerRoutes,
];
