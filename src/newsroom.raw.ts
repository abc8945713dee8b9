import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiServices } from './api.ts';
import { Problem } from './base/problem.ts';
import { paths } from './contract/routes.ts';
import { newsroomHeaders } from './http/headers.ts';
import type { RawRoute } from './http/route.ts';
import type { NewsroomManifest } from './newsroom.build.ts';

const documents = new Map<string, Promise<{ body: string; etag: string }>>();

/** The newsroom's one document: every address below `/newsroom/` answers it, and the program in it reads the address. */
export const newsroomRoutes: readonly RawRoute<ApiServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/newsroom',
    permission: 'public',
    handle: async (ctx, { path }, { req, res }) => {
      if (!(req.url ?? '').split('?', 1)[0]?.endsWith('/')) {
        const query = (req.url ?? '').slice(path.length);
        res.writeHead(308, { location: paths.newsroom() + query, 'cache-control': 'no-cache' }).end();
        return;
      }
      await send(ctx, { req, res });
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/newsroom/*',
    permission: 'public',
    handle: async (ctx, _address, io) => send(ctx, io),
  },
];

type Handle = RawRoute<ApiServices>['handle'];

async function send(
  ctx: Parameters<Handle>[0],
  { req, res }: Pick<Parameters<Handle>[2], 'req' | 'res'>,
): Promise<void> {
  const folder = ctx.services.assetFolder;
  let made = documents.get(folder);
  if (made === undefined) {
    made = documentOf(folder);
    documents.set(folder, made);
    made.catch(() => documents.delete(folder));
  }
  const { body, etag } = await made;
  const headers = newsroomHeaders({ https: ctx.https, origin: ctx.origin });
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304, { ...headers, etag }).end();
    return;
  }
  res.writeHead(200, { ...headers, etag, 'content-length': String(Buffer.byteLength(body)) });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Carries nothing of the house: who is signed in, and what the site is called, comes by the API. */
async function documentOf(folder: string): Promise<{ body: string; etag: string }> {
  const text = await readFile(join(folder, 'newsroom.json'), 'utf8').catch((cause: unknown) => {
    throw new Problem('unavailable', 'The newsroom is not built.', 'Run npm run build.', { cause });
  });
  const { css, js, preload } = JSON.parse(text) as NewsroomManifest;
  const icon = (JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { icon?: string }).icon;
  const body = [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex, nofollow"><title>Newsroom</title>',
    ...(icon === undefined ? [] : [`<link rel="icon" href="${icon}" type="image/svg+xml">`]),
    `<link rel="stylesheet" href="${css}">`,
    ...preload.map((href) => `<link rel="modulepreload" href="${href}">`),
    `<script type="module" src="${js}"></script>`,
    '</head><body><div id="newsroom"></div>',
    '<noscript><p>The newsroom needs JavaScript. The API does not: see the documentation.</p></noscript>',
    '</body></html>',
  ].join('\n');
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}
