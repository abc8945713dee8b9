import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { Problem } from '../../base/problem.ts';
import { StorylineAnswer } from '../../contract/noun-answers.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import type { Press } from '../articles/articles.ts';
import { writeAudit } from '../audit/audit.ts';
import { storylineRecords } from './storylines.newsroom.views.ts';
import {
  addEntry,
  changeEntry,
  FactDate,
  mergeStorylines,
  orderEntries,
  pinStory,
  removeEntry,
} from './storylines.ts';
import { timelineDesk } from './timeline.views.ts';

type Services = { readonly origin: string; readonly clock: Clock; readonly press: Press };
type Context = ApiContext<Services>;

const PATH = '/api/v1/storylines/:id';
const tags = ['storylines'];
const state = z.enum(['confirmed', 'hidden']);
const text = z.string().trim().min(1).max(1000);
const article = z.object({ id: z.uuid(), headline: z.string() });
const Timeline = z.object({
  entries: z.array(
    z.object({
      id: z.uuid(),
      date: z.string(),
      text: z.string(),
      state,
      article: article.extend({ live: z.boolean() }).nullable(),
      own: z.boolean().describe('An editor’s words, not those of an article'),
    }),
  ),
  proposals: z
    .array(z.object({ key: z.string(), date: z.string(), text: z.string(), article }))
    .describe('Dated facts of its articles that nobody has decided on; readers do not see them'),
});
const ByEntry = z.object({ id: z.uuid(), entry: z.uuid() });

const house = (ctx: Context) => ({ db: ctx.db, clock: ctx.services.clock });

async function timeline(ctx: Context, id: string) {
  const [line] = await storylineRecords(ctx.db.read, { id });
  if (line === undefined) throw new Problem('not-found', `There is no storyline ${id}.`);
  return { body: await timelineDesk(ctx.db.read, id) };
}

async function one(ctx: Context, id: string) {
  const [line] = await storylineRecords(ctx.db.read, { id });
  if (line === undefined) throw new Problem('not-found', `There is no storyline ${id}.`);
  const path = paths.storyline(line.slug);
  return { body: { ...line, path, url: ctx.services.origin + path }, etag: line.rowVersion };
}

export const storylineWorkRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'POST',
    path: `${PATH}/merge`,
    summary: 'Makes a storyline part of another: articles, counts, timeline and address',
    tags,
    permission: 'taxonomy:write',
    idempotent: true,
    input: { params: ById, body: z.strictObject({ into: z.uuid() }) },
    output: StorylineAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write(async (tx) => {
        const room = { ...house(ctx), projections: ctx.services.press.projections };
        await mergeStorylines(tx, room, { from: params.id, into: body.into });
        await writeAudit(tx, {
          by: actor(ctx),
          action: 'storyline.merge',
          object: { kind: 'storyline', id: params.id },
          details: { into: body.into },
        });
      });
      return one(ctx, body.into);
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/pin`,
    summary: 'Puts an article of a storyline first on its page, for a time or until it is taken away',
    tags,
    permission: 'taxonomy:write',
    input: {
      params: ById,
      body: z.strictObject({
        article: z.uuid().nullable(),
        until: z.iso.datetime({ offset: true }).nullable().default(null),
      }),
    },
    output: StorylineAnswer,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write((tx) => pinStory(tx, house(ctx), { id: params.id, ...body }));
      return one(ctx, params.id);
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/timeline`,
    summary: 'The timeline of a storyline: what editors have decided, and what its articles propose',
    tags,
    permission: 'taxonomy:read',
    input: { params: ById },
    output: Timeline,
    handler: (ctx: Context, { params }) => timeline(ctx, params.id),
  }),
  route({
    method: 'POST',
    path: `${PATH}/timeline`,
    summary: 'Confirms or hides a proposed fact, or adds one of the editors’ own',
    tags,
    permission: 'taxonomy:write',
    idempotent: true,
    input: {
      params: ById,
      body: z.strictObject({
        key: z.string().max(64).optional().describe('Of the proposal'),
        date: FactDate,
        text,
        article: z.uuid().optional().describe('The article that says it'),
        state: state.default('confirmed'),
      }),
    },
    output: Timeline,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write((tx) =>
        addEntry(tx, house(ctx), { storylineId: params.id, ...body, by: actor(ctx).userId }),
      );
      return timeline(ctx, params.id);
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/timeline/order`,
    summary: 'Puts the entries of a timeline into an order',
    tags,
    permission: 'taxonomy:write',
    input: { params: ById, body: z.strictObject({ entries: z.array(z.uuid()).max(1000) }) },
    output: Timeline,
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write((tx) => orderEntries(tx, house(ctx), { storylineId: params.id, ids: body.entries }));
      return timeline(ctx, params.id);
    },
  }),
  route({
    method: 'PATCH',
    path: `${PATH}/timeline/:entry`,
    summary: 'Changes the words, the day or the state of an entry',
    tags,
    permission: 'taxonomy:write',
    input: { params: ByEntry, body: z.strictObject({ date: FactDate, text, state }) },
    output: Timeline,
    handler: async (ctx: Context, { params, body }) => {
      const change = { storylineId: params.id, id: params.entry, ...body, by: actor(ctx).userId };
      await ctx.db.write((tx) => changeEntry(tx, house(ctx), change));
      return timeline(ctx, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/timeline/:entry`,
    summary: 'Takes a decision back: what an article proposes is a proposal again',
    tags,
    permission: 'taxonomy:write',
    input: { params: ByEntry },
    output: Timeline,
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write((tx) => removeEntry(tx, house(ctx), { storylineId: params.id, id: params.entry }));
      return timeline(ctx, params.id);
    },
  }),
];
