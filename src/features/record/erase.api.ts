import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { eraseVersion } from './erase.ts';

export type EraseServices = { readonly clock: Clock };

export const eraseRoutes: readonly ApiRoute<EraseServices>[] = [
  route({
    method: 'POST',
    path: '/api/v1/record/erase',
    summary: 'Erases one published version of an article from the record, as the law may demand',
    description:
      'The tree stays verifiable: its leaf says what it said, and nothing of the content. Asking again changes nothing.',
    tags: ['record'],
    permission: 'record:erase',
    idempotent: true,
    input: {
      body: z.strictObject({
        articleId: z.uuid(),
        version: z.int().min(1),
        reason: z.string().trim().min(1).max(2000).describe('Published in the place of the content'),
      }),
    },
    output: z.object({
      leafIndex: z.int(),
      erased: z.boolean().describe('False when it had been erased before'),
    }),
    handler: async (ctx: ApiContext<EraseServices>, { body }) => {
      const { articleId, version, reason } = body;
      const order = { article: articleId, version, reason, now: ctx.services.clock.now(), by: actor(ctx) };
      return { body: await eraseVersion(ctx.db, order) };
    },
  }),
];
