import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { RevisionAnswer, RevisionSummary, VersionAnswer } from '../../contract/article-answers.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { articleExists, revisionOf, revisionsPage, versionsPage } from './articles.newsroom.views.ts';

const below = cursorOf(z.object({ below: z.int().min(1) }));
const permission = 'articles:read' as const;

export const revisionRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/api/v1/articles/:id/revisions',
    summary: 'Lists the saved states of an article, newest first',
    tags: ['articles'],
    permission,
    input: { params: ById, query: PageQuery },
    output: pageOf(RevisionSummary),
    handler: async (ctx: ApiContext, { params, query }) => {
      await checkArticle(ctx, params.id);
      const rows = await revisionsPage(ctx.db.read, numbered(params.id, query));
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ below: row.revision }),
        path: `/api/v1/articles/${params.id}/revisions`,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/articles/:id/revisions/:revision',
    summary: 'Reads one saved state of an article',
    tags: ['articles'],
    permission,
    input: { params: ById.extend({ revision: z.coerce.number().int().min(1) }) },
    output: RevisionAnswer,
    handler: async (ctx: ApiContext, { params }) => {
      const { id, revision } = params;
      const found = await revisionOf(ctx.db.read, { articleId: id, revision });
      if (found === undefined)
        throw new Problem('not-found', `There is no revision ${revision} of an article ${id}.`);
      return { body: found, etag: revision };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/articles/:id/versions',
    summary: 'Lists the published versions of an article, newest first',
    tags: ['articles'],
    permission,
    input: { params: ById, query: PageQuery },
    output: pageOf(VersionAnswer),
    handler: async (ctx: ApiContext, { params, query }) => {
      await checkArticle(ctx, params.id);
      const rows = await versionsPage(ctx.db.read, numbered(params.id, query));
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ below: row.version }),
        path: `/api/v1/articles/${params.id}/versions`,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
];

async function checkArticle(ctx: ApiContext, id: string): Promise<void> {
  if (!(await articleExists(ctx.db.read, id))) throw new Problem('not-found', `There is no article ${id}.`);
}

function numbered(articleId: string, query: PageQuery) {
  const before = query.after === undefined ? undefined : below.decode(query.after).below;
  return { articleId, limit: query.limit + 1, before };
}
