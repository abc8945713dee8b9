import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { ConceptAnswer } from '../../contract/noun-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import type { Press } from '../articles/articles.ts';
import { writeAudit } from '../audit/audit.ts';
import { conceptRecords } from './concepts.newsroom.views.ts';
import { mergeConcepts } from './concepts.ts';

type Services = { readonly origin: string; readonly clock: Clock; readonly press: Press };
type Context = ApiContext<Services>;

export const conceptWorkRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'POST',
    path: '/api/v1/concepts/:id/merge',
    summary: 'Makes a concept part of another: articles, counts and address; its names become aliases',
    tags: ['concepts'],
    permission: 'taxonomy:write',
    idempotent: true,
    input: { params: ById, body: z.strictObject({ into: z.uuid() }) },
    output: ConceptAnswer,
    handler: async (ctx: Context, { params, body }) => {
      const { clock, press, origin } = ctx.services;
      await ctx.db.write(async (tx) => {
        const room = { db: ctx.db, clock, projections: press.projections };
        await mergeConcepts(tx, room, { from: params.id, into: body.into });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'concept.merge',
          object: { kind: 'concept', id: params.id },
          details: { into: body.into },
        });
      });
      const [concept] = await conceptRecords(ctx.db.read, { id: body.into });
      if (concept === undefined) throw new Problem('not-found', `There is no concept ${body.into}.`);
      const path = paths.tag(concept.slug);
      return {
        body: {
          ...concept,
          names: { ...concept.names },
          aliases: [...concept.aliases],
          sameAs: [...concept.sameAs],
          path,
          url: origin + path,
        },
        etag: concept.rowVersion,
      };
    },
  }),
];
