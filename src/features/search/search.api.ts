import { z } from 'zod';
import { startOfDay } from '../../base/clock.ts';
import { paths } from '../../contract/routes.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import type { DatabaseKind } from '../../storage/db.ts';
import { siteOf } from '../articles/articles.ts';
import { search } from './search.views.ts';

export type SearchServices = { readonly kind: DatabaseKind; readonly origin: string };

const PATH = paths.api('search');
/** Results beyond this place are not asked for; narrow the question instead. */
const DEEPEST = 1000;

const Marked = z
  .array(z.object({ text: z.string(), marked: z.boolean().optional() }))
  .describe('The text in pieces; matches are marked');
const Result = z.object({
  id: z.uuid(),
  path: z.string(),
  url: z.string(),
  headline: z.string(),
  lede: z.string(),
  language: z.string(),
  publishedAt: z.string(),
  modifiedAt: z.string(),
  section: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }).nullable(),
  highlight: z.object({ headline: Marked, snippet: Marked }),
});
const day = z.iso.date().optional();
const offset = cursorOf(z.object({ from: z.int().min(0).max(DEEPEST) }));

export const searchRoutes: readonly ApiRoute<SearchServices>[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Searches what is published',
    tags: ['search'],
    permission: 'public',
    limit: 'search',
    input: {
      query: PageQuery.extend({
        q: z.string().max(300).default('').describe('Words; "a phrase"; -not'),
        section: z.uuid().optional(),
        storyline: z.uuid().optional(),
        concept: z.uuid().optional(),
        language: z.string().max(35).optional(),
        from: day.describe('First day of publication, in the site’s time zone'),
        to: day.describe('Last day of publication'),
        sort: z.enum(['relevance', 'newest']).default('relevance'),
      }),
    },
    output: pageOf(Result).extend({
      total: z.int(),
      totalIsFloor: z.boolean().describe('There are more than total'),
    }),
    handler: async (ctx: ApiContext<SearchServices>, { query }) => {
      const { q, from, to, sort, limit, after, ...facets } = query;
      const { languages, timeZone } = await siteOf(ctx.db.read);
      const start = after === undefined ? 0 : offset.decode(after).from;
      const found = await search(ctx.db.read, ctx.services.kind, {
        text: q,
        languages,
        filters: given(facets),
        ...(from === undefined ? {} : { from: startOfDay(from, timeZone) }),
        ...(to === undefined ? {} : { before: startOfDay(dayAfter(to), timeZone) }),
        sort,
        offset: start,
        limit,
      });
      const items = found.results.map(({ story, headline, snippet }) => ({
        id: story.id,
        path: story.path,
        url: ctx.services.origin + story.path,
        headline: story.headline,
        lede: story.lede,
        language: story.language,
        publishedAt: story.publishedAt,
        modifiedAt: story.modifiedAt,
        section: story.digest.section ?? null,
        highlight: { headline: [...headline], snippet: [...snippet] },
      }));
      const { nextOffset, total, totalIsFloor } = found;
      const more = nextOffset !== undefined && nextOffset <= DEEPEST;
      // The search says itself whether there is more; one row beyond the page stands for that.
      const page = cutPage(more ? [...Array(limit).fill(nextOffset), nextOffset] : [], {
        limit,
        cursor: offset,
        position: (next: number) => ({ from: next }),
        path: PATH,
        query: { q, from, to, sort, ...facets },
      });
      return { body: { items, next: page.next, total, totalIsFloor }, headers: page.headers };
    },
  }),
];

type Facets = Readonly<Record<'section' | 'storyline' | 'concept' | 'language', string | undefined>>;

function given(facets: Partial<Facets>): Partial<Record<keyof Facets, string>> {
  return Object.fromEntries(Object.entries(facets).filter(([, value]) => value !== undefined));
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
