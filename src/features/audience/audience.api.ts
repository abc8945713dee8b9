import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { AudienceNow, AudienceOf, MostOf, mostPeriods, ViewCounts } from '../../contract/audience-answers.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { publishedById, storiesById } from '../articles/articles.views.ts';
import { shortLinkTarget } from '../short-links/short-links.views.ts';
import { mostOf, storyNumbers, totalsOf } from './audience.views.ts';
import { audienceNow, audienceOf } from './dashboard.ts';
import type { Measure } from './scores.ts';
import type { AudienceServices } from './seen.api.ts';

type Services = AudienceServices & { readonly origin: string };
type Context = ApiContext<Services>;
const tags = ['audience'];

const mostQuery = z.object({
  period: z
    .enum(mostPeriods)
    .default('day')
    .describe('A list of the last hour, day or week, the latest weighing most'),
  edition: z.string().max(35).optional().describe('A language of the site'),
  section: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

async function most(
  ctx: Context,
  query: z.output<typeof mostQuery> & { measure: Measure },
): Promise<z.input<typeof MostOf>> {
  const { measure, period, edition, section, limit } = query;
  const atMs = Date.parse(ctx.now);
  const listed = await mostOf(
    ctx.db.read,
    {
      measure,
      period,
      atMs,
      ...(edition === undefined ? {} : { edition }),
      ...(section === undefined ? {} : { section }),
    },
    limit,
  );
  const ids = listed.map(({ article }) => article);
  const numbers = new Map((await storyNumbers(ctx.db.read, ids)).map((each) => [each.id, each]));
  return {
    items: (await storiesById(ctx.db.read, ids)).map(({ id, path, headline, language, publishedAt }) => ({
      id,
      path,
      url: ctx.services.origin + path,
      headline,
      language,
      publishedAt,
      views: numbers.get(id)?.views ?? 0,
      comments: numbers.get(id)?.comments ?? 0,
    })),
  };
}

export const audienceRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'GET',
    path: '/api/v1/most-read',
    summary: 'Lists what is most read',
    tags,
    permission: 'public',
    input: { query: mostQuery },
    output: MostOf,
    handler: async (ctx: Context, { query }) => ({ body: await most(ctx, { ...query, measure: 'read' }) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/most-discussed',
    summary: 'Lists what is most discussed',
    tags,
    permission: 'public',
    input: { query: mostQuery },
    output: MostOf,
    handler: async (ctx: Context, { query }) => ({
      body: await most(ctx, { ...query, measure: 'discussed' }),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/view-counts',
    summary: 'Counts views of published articles by id',
    tags,
    permission: 'audience:read',
    input: { query: z.object({ articles: z.string().max(8000) }) },
    output: ViewCounts,
    handler: async (ctx: Context, { query }) => {
      const ids = query.articles
        .split(',')
        .filter((id) => z.uuid().safeParse(id).success)
        .slice(0, 200);
      const numbers = await storyNumbers(ctx.db.read, ids);
      return { body: { counts: Object.fromEntries(numbers.map(({ id, views }) => [id, views])) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/audience',
    summary: 'Says who reads what now, what rises, and where readers come from',
    tags,
    permission: 'audience:read',
    input: {},
    output: AudienceNow,
    handler: async (ctx: Context) => ({
      body: await audienceNow(ctx.db.read, {
        present: ctx.services.audience.present,
        nowMs: Date.parse(ctx.now),
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/audience/:kind/:id',
    summary: 'Says how an article, a storyline, a section or a short link is read, hour by hour',
    description: 'A short link is named by its code; its people are clicks.',
    tags,
    permission: 'audience:read',
    input: {
      params: z.object({
        kind: z.enum(['articles', 'storylines', 'sections', 'short-links']),
        id: z.string().max(64),
      }),
    },
    output: AudienceOf,
    handler: async (ctx: Context, { params }) => {
      const { read } = ctx.db;
      const kind = (
        { articles: 'article', storylines: 'storyline', sections: 'section', 'short-links': 'link' } as const
      )[params.kind];
      const article = kind === 'article' ? await publishedById(read, params.id) : undefined;
      if (kind === 'article' && article === undefined)
        throw new Problem('not-found', `There is no published article ${params.id}.`);
      if (kind === 'link' && (await shortLinkTarget(read, params.id)) === undefined)
        throw new Problem('not-found', `There is no short link ${params.id}.`);
      const answer = await audienceOf(
        read,
        { kind, subject: params.id },
        { present: ctx.services.audience.present, nowMs: Date.parse(ctx.now) },
      );
      const code = article?.shortCode;
      const clicks =
        code === undefined ? undefined : await totalsOf(read, { kind: 'link', subjects: [code] });
      return {
        body: { ...answer, ...(clicks === undefined ? {} : { clicks: clicks.get(code ?? '')?.people ?? 0 }) },
      };
    },
  }),
];
