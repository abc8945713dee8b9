import { z } from 'zod';
import { PersonAnswer } from '../../contract/moderation-answers.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { decideAppeal } from './appeals.ts';
import { insertNote } from './decisions.store.ts';
import { personOf } from './people.views.ts';
import { liftSanction, sanction } from './sanctions.ts';
import { languageOfHeaders, missing, type ModerationServices, roomOf } from './services.ts';

type Context = ApiContext<ModerationServices>;

const tags = ['moderation'];
const ByKey = z.object({ key: z.string().max(80) });

export const peopleRoutes: readonly ApiRoute<ModerationServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/moderation/people/:key',
    summary: 'A commenter’s history: comments, decisions, sanctions, notes',
    tags,
    permission: 'moderation:read',
    input: { params: ByKey },
    output: PersonAnswer,
    handler: async (ctx: Context, { params }) => {
      const language = languageOfHeaders(ctx.headers);
      const body = await personOf(ctx.db.read, { key: params.key, now: ctx.now, language });
      if (body === undefined) throw missing('commenter', params.key);
      return { body };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/people/:key/notes',
    summary: 'Leaves a note for the other moderators on a commenter',
    tags,
    permission: 'moderation:write',
    idempotent: true,
    input: { params: ByKey, body: z.strictObject({ body: z.string().trim().min(1).max(4000) }) },
    output: { 201: z.object({ id: z.string() }) },
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      const note = {
        kind: 'person' as const,
        subject: params.key,
        body: body.body,
        by: by.userId,
        at: ctx.now,
      };
      return { status: 201, body: { id: await ctx.db.write((tx) => insertNote(tx, note)) } };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/sanctions',
    summary: 'Bans who wrote a comment, or suspends them until a time; they are told why',
    tags,
    permission: 'moderation:write',
    idempotent: true,
    input: {
      body: z.strictObject({
        comment: z.string().max(60).describe('A comment of the person'),
        kind: z.enum(['ban', 'suspension']),
        until: z.iso.datetime().nullable().default(null),
        standard: z.string().max(40),
        reason: z.string().trim().min(3).max(1000),
      }),
    },
    output: { 201: z.object({ id: z.string() }) },
    handler: async (ctx: Context, { body }) => {
      const by = actor(ctx);
      const until = body.until === null ? null : new Date(body.until).toISOString();
      const { kind, standard, reason } = body;
      const order = { commentId: body.comment, kind, until, standard, reason, by };
      return { status: 201, body: { id: await ctx.db.write((tx) => sanction(tx, roomOf(ctx), order)) } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/moderation/sanctions/:id',
    summary: 'Lifts a ban or suspension before its end',
    tags,
    permission: 'moderation:write',
    input: { params: z.object({ id: z.string().max(60) }) },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      const by = actor(ctx);
      await ctx.db.write((tx) => liftSanction(tx, roomOf(ctx), { sanctionId: params.id, by }));
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/appeals/:id',
    summary: 'Decides an appeal; never by who made the decision',
    tags,
    permission: 'moderation:write',
    input: {
      params: z.object({ id: z.string().max(60) }),
      body: z.strictObject({ overturn: z.boolean(), answer: z.string().trim().max(2000).default('') }),
    },
    output: z.object({ decisionId: z.string(), state: z.enum(['upheld', 'overturned']) }),
    handler: async (ctx: Context, { params, body }) => {
      const by = actor(ctx);
      const { overturn, answer } = body;
      return {
        body: await ctx.db.write((tx) =>
          decideAppeal(tx, roomOf(ctx), { appealId: params.id, by, overturn, answer }),
        ),
      };
    },
  }),
];
