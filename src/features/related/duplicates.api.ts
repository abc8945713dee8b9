import { z } from 'zod';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { duplicateConcepts } from './duplicates.views.ts';

const PATH = '/api/v1/concepts/duplicates';
const byKey = cursorOf(z.object({ key: z.string().max(400) }));
const Duplicate = z.object({
  key: z.string().describe('The name that they share, folded'),
  concepts: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      name: z.string(),
      slug: z.string(),
      articleCount: z.int(),
    }),
  ),
});

export const duplicateRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists concepts that share a name or an alias: candidates for a merge',
    tags: ['concepts'],
    permission: 'taxonomy:read',
    input: { query: PageQuery },
    output: pageOf(Duplicate),
    handler: async (ctx: ApiContext, { query }) => {
      const rows = await duplicateConcepts(ctx.db.read, {
        limit: query.limit + 1,
        after: query.after === undefined ? '' : byKey.decode(query.after).key,
      });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: byKey,
        position: (row) => ({ key: row.key }),
        path: PATH,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
];
