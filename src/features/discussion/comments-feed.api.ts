import { once } from 'node:events';
import { generateRssFeed } from 'feedsmith';
import { tag } from '../../contract/cache-tags.ts';
import {
  type CommentBlock,
  type CommentDoc,
  type CommentInline,
  commentText,
} from '../../contract/comment-doc.ts';
import { discussionWords } from '../../contract/discussion-words/index.ts';
import { paths } from '../../contract/routes.ts';
import { pageRoute, type PageRoute, type RawRoute } from '../../http/route.ts';
import { publishedAt } from '../articles/articles.views.ts';
import { writeAudit } from '../audit/audit.ts';
import { newestComments, statusOf } from './discussion.views.ts';
import { exportComments } from './export.views.ts';

type Services = { readonly origin: string };
const define = pageRoute as <P extends string, Q extends string = never>(
  definition: Parameters<typeof pageRoute<P, Q, Services>>[0],
) => PageRoute<Services>;

const PER_FEED = 50;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const plain = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

function inlineHtml(node: CommentInline): string {
  if (node.type === 'break') return '<br>';
  if (node.type === 'mention') return `<b>@${escape(node.name)}</b>`;
  let html = escape(node.text);
  if (node.code === true) html = `<code>${html}</code>`;
  if (node.italic === true) html = `<em>${html}</em>`;
  if (node.bold === true) html = `<strong>${html}</strong>`;
  return node.href === undefined || !/^https?:\/\//i.test(node.href)
    ? html
    : `<a href="${escape(node.href)}" rel="ugc nofollow">${html}</a>`;
}

function blockHtml(block: CommentBlock): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${block.content.map(inlineHtml).join('')}</p>`;
    case 'quote':
      return `<blockquote>${block.content.map(blockHtml).join('')}</blockquote>`;
    case 'list': {
      const items = block.items.map((item) => `<li>${item.map(inlineHtml).join('')}</li>`).join('');
      return block.ordered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'code':
      return `<pre><code>${escape(block.text)}</code></pre>`;
  }
}

/** The text of a comment as feeds carry it: escaped here, once. */
export function commentHtml(body: CommentDoc): string {
  return plain(body.content.map(blockHtml).join(''));
}

/** The newest comments under an article as RSS 2.0. */
export const commentFeedRoutes: readonly PageRoute<Services>[] = [
  define({
    pattern: '/:section/:year/:month/:day/:slug/comments.xml',
    load: async (ctx, { path }) => {
      const article = await publishedAt(ctx.read, path.slice(0, path.lastIndexOf('/')));
      if (article === undefined) return undefined;
      const status = await statusOf(ctx.read, article, ctx.now);
      if (!status.shown)
        return {
          status: article.visibility === 'live' ? 404 : 410,
          contentType: 'text/plain; charset=utf-8',
          body: 'There is no discussion under this article.\n',
          tags: [tag.site, tag.article(article.id)],
          cache: 'page',
        };
      const { origin } = ctx.services;
      const words = discussionWords(status.language);
      const comments = await newestComments(ctx.read, article.id, PER_FEED);
      const body = generateRssFeed({
        title: plain(`${words.feed}: ${status.headline}`),
        link: `${origin}${status.path}#discussion`,
        description: plain(status.headline),
        language: status.language,
        lastBuildDate: new Date(comments[0]?.at ?? article.modifiedAt),
        ttl: 5,
        atom: { links: [{ href: origin + path, rel: 'self', type: 'application/rss+xml' }] },
        items: comments.map((comment) => {
          const name = plain(comment.author?.name ?? '') || words.someone;
          return {
            // Programs read titles and descriptions as markup, whatever RSS says: what was typed stays text in both readings.
            title: escape(name),
            link: `${origin}${paths.comment(article.id, comment.id)}#comment-${comment.id}`,
            guid: { value: `urn:uuid:${comment.id}`, isPermaLink: false },
            pubDate: new Date(comment.at),
            dc: { creators: [name.replace(/[<>]/g, '')] },
            description: comment.body === undefined ? '' : escape(plain(commentText(comment.body))),
            content: { encoded: comment.body === undefined ? '' : commentHtml(comment.body) },
          };
        }),
      });
      return {
        status: 200,
        contentType: 'application/rss+xml; charset=utf-8',
        body,
        tags: [
          tag.site,
          tag.article(article.id),
          tag.discussion(article.id),
          ...new Set(
            comments.flatMap(({ author }) =>
              author?.userId === undefined ? [] : [tag.person(author.userId)],
            ),
          ),
        ],
        cache: 'page',
        headers: { 'access-control-allow-origin': '*' },
      };
    },
  }),
];

/** Every comment of the house as JSON Lines; `?article=` for one discussion. */
export const commentExportRoute: RawRoute<Services> = {
  methods: ['GET'],
  pattern: '/api/v1/comments/export.jsonl',
  permission: 'comments:export',
  limit: 'search',
  handle: async (ctx, { query }, { res }) => {
    const { actor } = ctx;
    const articleId = query.get('article') ?? undefined;
    if (actor !== undefined)
      await ctx.db.write((tx) =>
        writeAudit(tx, {
          by: actor,
          action: 'comments.export',
          object: { kind: 'comments', id: articleId ?? 'all' },
          at: ctx.now,
        }),
      );
    res.writeHead(200, {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="comments.jsonl"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    for await (const comment of exportComments(ctx.db.read, { origin: ctx.origin, articleId })) {
      if (res.destroyed) return;
      if (!res.write(`${JSON.stringify(comment)}\n`))
        await Promise.race([once(res, 'drain'), once(res, 'close')]);
    }
    res.end();
  },
};
