import QRCode from 'qrcode';
import type { Problem } from '../../base/problem.ts';
import { tag } from '../../contract/cache-tags.ts';
import { paths } from '../../contract/routes.ts';
import { listStories, storiesById } from '../../features/articles/articles.views.ts';
import { shortLinkTarget } from '../../features/short-links/short-links.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { cardMaker, storyTags } from './cards.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';

/** Where a short link leads. 302, so that a story which moves keeps its code. */
export async function loadShortLink(ctx: ReaderContext, code: string): Promise<PageAnswer | undefined> {
  const target = await shortLinkTarget(ctx.read, code);
  if (target === undefined) return undefined;
  return {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    tags: target.articleId === undefined ? [] : [tag.article(target.articleId)],
    cache: 'page',
    subject: `link:${code}`,
    location: target.to,
  };
}

/** The page of a short link: the address to copy and its QR code, without JavaScript. */
export async function loadShortLinkPage(ctx: ReaderContext, code: string): Promise<PageAnswer | undefined> {
  const target = await shortLinkTarget(ctx.read, code);
  if (target?.articleId === undefined) return undefined;
  const house = await readHouse(ctx);
  const stories = await storiesById(ctx.read, [target.articleId]);
  const [story] = stories;
  if (story === undefined) return undefined;
  const card = await cardMaker(ctx, house, stories);
  const url = ctx.services.origin + paths.shortLink(code);
  return htmlAnswer(
    {
      kind: 'short-link',
      url,
      qr: qrPath(url),
      story: card(story, { pageLang: story.language }),
      ...pageBase(ctx, house, {
        path: paths.shortLinkPage(code),
        lang: story.language,
        title: story.headline,
        robots: 'noindex',
      }),
    },
    { tags: storyTags(stories) },
  );
}

/** The code alone, as a picture to save or print. */
export async function loadShortLinkPicture(
  ctx: ReaderContext,
  code: string,
): Promise<PageAnswer | undefined> {
  const target = await shortLinkTarget(ctx.read, code);
  if (target === undefined) return undefined;
  const { size, path } = qrPath(ctx.services.origin + paths.shortLink(code));
  const box = size + 8;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${box} ${box}" width="${box * 8}" height="${box * 8}" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h${box}v${box}h-${box}z"/><path d="${path}"/></svg>`;
  return { status: 200, contentType: 'image/svg+xml', body: svg, tags: [], cache: 'page' };
}

/** The dark modules of a QR code (ISO/IEC 18004, error correction M) as one SVG path: a run of modules in a row is one rectangle. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules.get(y, x) === 0) continue;
      let run = 1;
      while (x + run < size && modules.get(y, x + run) !== 0) run += 1;
      path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { size, path };
}

export async function loadOffline(ctx: ReaderContext): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  return htmlAnswer(
    {
      kind: 'offline',
      saved: [],
      ...pageBase(ctx, house, { path: paths.offline(), title: 'Offline', robots: 'noindex' }),
    },
    { tags: [] },
  );
}

/** The page for an address that nothing answers, with the way back to what is there. */
export async function loadNotFound(ctx: ReaderContext, path: string): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  const edition = house.settings.languages[0] ?? 'en';
  const { stories } = await listStories(ctx.read, { edition }, { limit: 5 });
  const card = await cardMaker(ctx, house, stories);
  return htmlAnswer(
    {
      kind: 'not-found',
      latest: stories.map((story) => card(story, { picture: false })),
      ...pageBase(ctx, house, { path, title: '404', robots: 'noindex' }),
    },
    { status: 404, tags: [tag.edition(edition), ...storyTags(stories)] },
  );
}

/** The page for a request that cannot be answered: 400 and above but for the ones with pages of their own. */
export async function loadFailed(
  ctx: ReaderContext,
  failure: { status: number; problem: Problem | undefined },
): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  return htmlAnswer(
    {
      kind: 'error',
      status: failure.status,
      ...(failure.problem?.retryAfter === undefined ? {} : { retryAfterSeconds: failure.problem.retryAfter }),
      ...pageBase(ctx, house, { path: paths.front(), title: String(failure.status), robots: 'noindex' }),
    },
    { status: failure.status === 400 ? 400 : 503, tags: [], cache: 'none' },
  );
}
