import { z } from 'zod';
import type { Outbound } from '../../base/outbound.ts';
import { paths } from '../../contract/routes.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { lookUpEmbed } from './embeds.ts';

export type EmbedServices = { readonly outbound: Outbound };

export const embedRoutes: readonly ApiRoute<EmbedServices>[] = [
  route({
    method: 'GET',
    path: paths.api('embeds'),
    summary: 'What a post or video of another site is called, by oEmbed of the services on our list',
    tags: ['writing together'],
    permission: 'articles:write',
    limit: 'search',
    input: { query: z.object({ url: z.url({ protocol: /^https?$/ }).max(2048) }) },
    output: z.object({
      provider: z.string().nullable(),
      title: z.string().nullable(),
      known: z.boolean().describe('Whether the service is on the list'),
    }),
    handler: async (ctx: ApiContext<EmbedServices>, { query }) => ({
      body: await lookUpEmbed(ctx.services.outbound, query.url),
    }),
  }),
];
