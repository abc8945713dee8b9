import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { dayIn } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import { paths } from '../contract/routes.ts';
import { siteIn } from '../contract/site.ts';
import type { PublishedArticle } from '../features/articles/articles.views.ts';
import { draftVersion } from '../features/articles/articles.ts';
import { type OpenPreview, openPreview } from '../features/desks/desks.ts';
import { notePreview } from '../features/desks/previews.views.ts';
import { layoutById } from '../features/front-pages/front-pages.views.ts';
import type { MediaRoom } from '../features/media/media.ts';
import { drawCard } from '../features/media/social-card.ts';
import { previewHeaders } from '../http/headers.ts';
import type { PageAnswer, RawContext, RawRoute } from '../http/route.ts';
import { articleAnswer, staticAnswer } from './loaders/article.ts';
import { type ReaderContext, type ReaderServices, readHouse } from './loaders/context.ts';
import { loadFront } from './loaders/front.ts';

export type PreviewServices = ReaderServices & { readonly media: MediaRoom; readonly assetFolder: string };

/**
 * The page that a reader would get of a revision, or of an arrangement of a front page, for who holds a token. It needs no account,
 * is kept by no cache and asked for by no crawler, and may stand in a frame of the newsroom.
 */
export const previewPages: readonly RawRoute<PreviewServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/preview/:token',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params }, { req, res }) => {
      const opened = await opening(ctx, params['token'] ?? '');
      const page = await pageOf(ctx, opened, params['token'] ?? '');
      if (req.method === 'GET') await notePreview(ctx.db, opened.linkId, ctx.now);
      send(ctx, res, { contentType: page.contentType, body: page.body, head: req.method === 'HEAD' });
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/preview/:token/card.png',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params }, { req, res }) => {
      const opened = await opening(ctx, params['token'] ?? '');
      if (opened.kind !== 'article') throw missing();
      const draft = await draftOf(ctx, opened);
      const house = await readHouse(readerOf(ctx));
      const body = await drawCard(ctx.services.media, {
        version: draft.version,
        siteName: siteIn(house.settings, draft.edition).name,
        fontFolder: join(ctx.services.assetFolder, 'cards'),
      });
      send(ctx, res, { contentType: 'image/png', body, head: req.method === 'HEAD' });
    },
  },
];

type Context = RawContext<PreviewServices>;

const missing = (): Problem =>
  new Problem(
    'not-found',
    'There is no preview at this address, or none any more.',
    'Ask who sent it for a new one.',
  );

async function opening(ctx: Context, token: string): Promise<OpenPreview> {
  const opened = await openPreview(ctx.db.read, token, ctx.now);
  if (opened === undefined) throw missing();
  return opened;
}

const readerOf = (ctx: Context): ReaderContext => ({
  read: ctx.db.read,
  services: ctx.services,
  now: ctx.now,
});

async function draftOf(ctx: Context, opened: OpenPreview & { kind: 'article' }) {
  const { id: articleId, revision } = opened;
  const draft = await draftVersion(ctx.db.read, { articleId, revision, now: ctx.now });
  if (draft === undefined) throw missing();
  return draft;
}

async function pageOf(ctx: Context, opened: OpenPreview, token: string): Promise<PageAnswer> {
  const reader = readerOf(ctx);
  if (opened.kind === 'front') {
    const layout = await layoutById(ctx.db.read, opened.id);
    if (layout === undefined) throw missing();
    const house = await readHouse(reader);
    const own = layout.edition === house.settings.languages[0];
    const page = await loadFront(reader, own ? undefined : layout.edition, layout.slots);
    if (page === undefined) throw missing();
    return page;
  }
  const draft = await draftOf(ctx, opened);
  const house = await readHouse(reader);
  const { version, row, edition, embargo } = draft;
  const article: PublishedArticle = {
    id: row.id,
    visibility: 'live',
    edition,
    translationGroup: row.translation_group,
    publishedAt: version.firstPublishedAt,
    modifiedAt: version.publishedAt,
    day: dayIn(version.firstPublishedAt, house.settings.timeZone),
    shortCode: undefined,
    version,
  };
  if (version.kind === 'page') return staticAnswer(reader, house, article);
  const preview = {
    cardHref: paths.previewCard(token),
    ...(embargo === undefined || embargo <= ctx.now ? {} : { embargoedUntil: embargo }),
  };
  return articleAnswer(reader, house, { article, preview });
}

function send(
  ctx: Context,
  res: ServerResponse,
  answer: { contentType: string; body: string | Uint8Array; head: boolean },
): void {
  const body = Buffer.from(answer.body);
  res.writeHead(200, {
    ...previewHeaders(ctx.https),
    'content-type': answer.contentType,
    'content-length': String(body.byteLength),
  });
  res.end(answer.head ? undefined : body);
}
