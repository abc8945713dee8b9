import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { ArticleContent } from '../../contract/article.ts';
import { ArticleAnswer, articleStates, ArticleSummary } from '../../contract/article-answers.ts';
import { checkTreeBounds } from '../../contract/document.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { newsroomArticle, newsroomArticles } from './articles.newsroom.views.ts';
import type { Press } from './publish.ts';
import { checkMayWrite } from './stage.ts';
import { createArticles, reviseArticle } from './write.ts';

/** What the routes of articles need of the house. */
export type ArticleServices = { readonly origin: string; readonly clock: Clock; readonly press: Press };
export type ArticleContext = ApiContext<ArticleServices>;

const PATH = paths.api('articles');
/** A long live article with its tree is some megabytes of JSON. */
const MAX_BYTES = 8_000_000;
const tags = ['articles'];

/** The bounds come first: the schema's own check is recursive, and a hostile tree is deep. */
const Content = z.preprocess((value) => {
  checkTreeBounds((value as { body?: unknown } | null)?.body ?? {});
  return value;
}, ArticleContent);

/** In the one form that instants are kept in. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const position = cursorOf(z.object({ at: z.string().max(40), id: z.uuid() }));

export const articleRoutes: readonly ApiRoute<ArticleServices>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists articles in any state, the last changed or the last published first',
    tags,
    permission: 'articles:read',
    input: {
      query: PageQuery.extend({
        state: z.enum(articleStates).optional(),
        kind: z.enum(['article', 'page']).optional(),
        language: z.string().max(35).optional(),
        section: z.uuid().optional(),
        desk: z.string().max(100).optional().describe('The slug of a desk'),
        assignee: z.uuid().optional().describe('Whose hands it is in'),
        createdBy: z.uuid().optional().describe('Who began it'),
        author: z.uuid().optional().describe('Whose byline it bears'),
        storyline: z.uuid().optional(),
        concept: z.uuid().optional(),
        q: z
          .string()
          .min(1)
          .max(300)
          .optional()
          .describe('Whole words of the headline, anywhere in it; the last may end with * for its beginning'),
        updatedFrom: instant.optional(),
        updatedTo: instant.optional().describe('Before this instant'),
        publishedFrom: instant.optional().describe('Of the first publication'),
        publishedTo: instant.optional(),
        sort: z.enum(['updated', 'published']).default('updated'),
      }),
    },
    output: pageOf(ArticleSummary),
    handler: async (ctx: ArticleContext, { query }) => {
      const { limit, after, ...filters } = query;
      const rows = await newsroomArticles(ctx.db, {
        ...filters,
        limit: limit + 1,
        after: after === undefined ? undefined : position.decode(after),
      });
      const page = cutPage(rows, {
        limit,
        cursor: position,
        position: (row) => ({
          at: filters.sort === 'published' ? (row.firstPublishedAt ?? '') : row.updatedAt,
          id: row.id,
        }),
        path: PATH,
        query: filters,
      });
      const items = page.rows.map((row) => ({ ...row, ...addressOf(row.path, ctx.services.origin) }));
      return { body: { items, next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Creates a draft',
    tags,
    permission: 'articles:write',
    idempotent: true,
    maxBytes: MAX_BYTES,
    input: {
      body: z.strictObject({
        content: Content,
        translationOf: z.uuid().optional().describe('An article that this one translates'),
        desk: z.string().min(1).max(100).optional(),
        externalId: z.string().min(1).max(500).optional(),
      }),
    },
    output: { 201: ArticleAnswer },
    handler: async (ctx: ArticleContext, { body }) => {
      const { content, translationOf, desk, externalId } = body;
      const draft = {
        content,
        ...(translationOf === undefined ? {} : { translationOf }),
        ...(desk === undefined ? {} : { desk }),
        ...(externalId === undefined ? {} : { externalId }),
      };
      const [row] = await ctx.db.write((tx) => createArticles(tx, writer(ctx), [draft]));
      if (row === undefined) throw new Error('a created article came back empty');
      return { status: 201, ...(await one(ctx, row.id)), headers: { Location: `${PATH}/${row.id}` } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/:id`,
    summary: 'Reads an article: its latest revision, its state and its address',
    tags,
    permission: 'articles:read',
    input: { params: ById },
    output: ArticleAnswer,
    handler: (ctx: ArticleContext, { params }) => one(ctx, params.id),
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id`,
    summary: 'Saves a new revision; readers see it when it is published',
    description: 'Saving what is there already makes no new revision.',
    tags,
    permission: 'articles:write',
    ifMatch: 'required',
    maxBytes: MAX_BYTES,
    input: { params: ById, body: z.strictObject({ content: Content }) },
    output: ArticleAnswer,
    handler: async (ctx: ArticleContext, { params, body }) => {
      const expected = ctx.expected === undefined ? {} : { expected: ctx.expected };
      await ctx.db.write(async (tx) => {
        await checkMayWrite(tx, actor(ctx), params.id);
        await reviseArticle(tx, writer(ctx), { articleId: params.id, content: body.content, ...expected });
      });
      return one(ctx, params.id);
    },
  }),
];

function writer(ctx: ArticleContext): { clock: Clock; by: string } {
  return { clock: ctx.services.clock, by: actor(ctx).userId };
}

/** The answer about one article; its ETag is the revision number. @throws Problem `not-found` */
async function one(
  ctx: ArticleContext,
  id: string,
): Promise<{ body: z.input<typeof ArticleAnswer>; etag: number }> {
  const article = await newsroomArticle(ctx.db.read, id);
  if (article === undefined) throw new Problem('not-found', `There is no article ${id}.`);
  const { origin } = ctx.services;
  const { path, shortCode, versions, ...rest } = article;
  return {
    body: {
      ...rest,
      versions: [...versions],
      ...addressOf(path, origin),
      shortUrl: shortCode === null ? null : origin + paths.shortLink(shortCode),
      historyUrl: path === null ? null : origin + paths.history(path),
    },
    etag: article.revision,
  };
}

function addressOf(path: string | null, origin: string): { path: string | null; url: string | null } {
  return { path, url: path === null ? null : origin + path };
}
