import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { BulkAnswer, BulkInput, UndoAnswer } from '../../contract/lists.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { doBulk, undoBulk } from './bulk.ts';

type Services = { readonly clock: Clock };
type Context = ApiContext<Services>;

const tags = ['lists'];

export const bulkRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'POST',
    path: '/api/v1/bulk',
    summary: 'Does one thing to many articles, so that it can be undone',
    tags,
    permission: 'articles:submit',
    idempotent: true,
    input: { body: BulkInput },
    output: BulkAnswer,
    handler: async (ctx: Context, { body }) => {
      const room = { db: ctx.db, clock: ctx.services.clock };
      const done = await ctx.db.write((tx) => doBulk(tx, room, { actor: actor(ctx), ...body }));
      return { body: { ...done, refused: [...done.refused] } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/bulk/:id/undo',
    summary: 'Puts the articles back as they were, but for those on which somebody has worked since',
    tags,
    permission: 'articles:submit',
    input: { params: ById, body: z.strictObject({}) },
    output: UndoAnswer,
    handler: async (ctx: Context, { params }) => {
      const room = { db: ctx.db, clock: ctx.services.clock };
      const done = await ctx.db.write((tx) => undoBulk(tx, room, { actor: actor(ctx), id: params.id }));
      return { body: { done: done.done, refused: [...done.refused] } };
    },
  }),
];
