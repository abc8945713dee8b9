import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { versionReasons } from '../../contract/article.ts';
import { PublishedAnswer, ScheduleAnswer } from '../../contract/article-answers.ts';
import { checkNames } from '../../contract/desks.ts';
import { may } from '../../contract/permissions.ts';
import { paths } from '../../contract/routes.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import type { Tx } from '../../storage/db.ts';
import { writeAudit } from '../audit/audit.ts';
import { newsroomArticle } from '../articles/articles.newsroom.views.ts';
import {
  cancelSchedule,
  dropSchedule,
  type Press,
  publish,
  type Published,
  type PublishOrder,
  schedulePublish,
  siteOf,
  withdraw,
} from '../articles/articles.ts';
import { changesAnswer, changesOf } from './changes.ts';
import { checkSchedulable } from './gate.ts';
import { LocalTimeInput, resolveWhen } from './when.ts';
import { checkMay, note as noteMove } from './work.ts';

type Services = { readonly origin: string; readonly press: Press };
type Context = ApiContext<Services>;

const tags = ['publishing'];
const params = ById;
const note = z.string().max(2000);
const reasons = versionReasons.filter((reason) => reason !== 'kill' && reason !== 'takedown');
const severity = z.enum(['minor', 'major']);
const Override = z
  .strictObject({
    why: z.string().trim().min(3).max(500),
    checks: z.array(z.enum(checkNames)).min(1).describe('The checks whose blocks you let pass'),
  })
  .describe('Lets blocks of the desk pass; needs articles:override and goes into the audit log');

/** @throws Problem `forbidden` when somebody overrides who may not */
async function checkOverride(
  ctx: Context,
  articleId: string,
  override: z.output<typeof Override> | undefined,
): Promise<void> {
  if (override !== undefined) await checkMay(ctx.db.read, actor(ctx), { action: 'override', articleId });
}

export const publishRoutes: readonly ApiRoute<Services>[] = [
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/publish',
    summary: 'Publishes a revision as a new version, on the record',
    tags,
    permission: 'articles:publish',
    idempotent: true,
    input: {
      params,
      body: z.strictObject({
        revision: z.int().min(1).optional().describe('The latest when absent'),
        reason: z.enum(reasons).optional().describe('Absent: initial the first time, update after'),
        note: note.optional().describe('What readers are told; needed for a correction and a clarification'),
        severity: severity.optional(),
        override: Override.optional(),
      }),
    },
    output: PublishedAnswer,
    handler: async (ctx: Context, input) => {
      const { press } = ctx.services;
      const articleId = input.params.id;
      const who = actor(ctx);
      await checkOverride(ctx, articleId, input.body.override);
      const given = Object.entries(input.body).filter(([, value]) => value !== undefined);
      const order: PublishOrder = { ...Object.fromEntries(given), articleId, by: who.userId };
      const published = await ctx.db.write(async (tx) => {
        const { row } = await checkMay(tx, who, { action: 'publish', articleId });
        const [made] = await publish(tx, press, [order]);
        await dropSchedule(tx, press, articleId);
        await noteMove(tx, press, {
          row,
          action: 'publish',
          change: {},
          by: who.userId,
          note: order.note ?? '',
        });
        await logged(tx, ctx, {
          articleId,
          action: 'publish',
          details: { version: made?.version, reason: order.reason, note: order.note },
        });
        return made;
      });
      return { body: await answerOf(ctx, published) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/changes',
    summary: 'What publishing a revision would change for readers, field by field',
    tags,
    permission: 'articles:read',
    input: {
      params,
      body: z.strictObject({ revision: z.int().min(1).optional().describe('The latest when absent') }),
    },
    output: changesAnswer,
    handler: async (ctx: Context, input) => ({
      body: await changesOf(ctx.db.read, {
        articleId: input.params.id,
        revision: input.body.revision,
        now: ctx.now,
      }),
    }),
  }),
  withdrawRoute('kill'),
  withdrawRoute('takedown'),
  route({
    method: 'POST',
    path: '/api/v1/articles/:id/schedule',
    summary: 'Schedules the publication of one exact revision, of a new article or of an update',
    description:
      'Replaces the schedule that waits, if any. Give an instant, or a wall-clock time: one that does not come is refused, one that comes twice asks which.',
    tags,
    permission: 'articles:publish',
    idempotent: true,
    input: {
      params,
      body: z.strictObject({
        revision: z.int().min(1),
        at: z.iso.datetime({ offset: true }).optional().describe('An instant; or `local`'),
        local: LocalTimeInput.optional(),
        reason: z.enum(reasons).optional().describe('Of an update; `update` when absent'),
        note: note.optional(),
        severity: severity.optional(),
        override: Override.optional(),
      }),
    },
    output: { 201: ScheduleAnswer.extend({ path: z.string().nullable(), url: z.string().nullable() }) },
    handler: async (ctx: Context, input) => {
      const articleId = input.params.id;
      const who = actor(ctx);
      const { at, local, override, reason, ...rest } = input.body;
      await checkOverride(ctx, articleId, override);
      const when = resolveWhen({ at, local }, (await siteOf(ctx.db.read)).timeZone);
      await ctx.db.write(async (tx) => {
        const { row, desk } = await checkMay(tx, who, { action: 'schedule', articleId });
        const { press } = ctx.services;
        await schedulePublish(tx, press, {
          articleId,
          revision: rest.revision,
          at: when,
          by: who.userId,
          ...(reason === undefined ? {} : { reason }),
          ...(rest.note === undefined ? {} : { note: rest.note }),
          ...(rest.severity === undefined ? {} : { severity: rest.severity }),
          ...(override === undefined ? {} : { override }),
        });
        await checkSchedulable(tx, {
          row,
          desk,
          revision: rest.revision,
          at: when,
          by: who.userId,
          override,
        });
        await noteMove(tx, press, {
          row,
          action: 'schedule',
          change: { stage: 'scheduled' },
          by: who.userId,
          note: rest.note ?? '',
        });
        await logged(tx, ctx, {
          articleId,
          action: 'schedule',
          details: { revision: rest.revision, for: when, reason },
        });
      });
      const article = await newsroomArticle(ctx.db.read, articleId);
      if (article?.schedule === undefined || article.schedule === null)
        throw new Error('a schedule that was made is not there');
      return { status: 201, body: { ...article.schedule, path: article.path, url: null } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/articles/:id/schedule',
    summary: 'Takes a waiting schedule back',
    tags,
    permission: 'articles:publish',
    input: { params },
    output: { 204: null },
    handler: async (ctx: Context, input) => {
      const who = actor(ctx);
      const articleId = input.params.id;
      await ctx.db.write(async (tx) => {
        const { row } = await checkMay(tx, who, { action: 'unschedule', articleId });
        await cancelSchedule(tx, ctx.services.press, { articleId });
        await noteMove(tx, ctx.services.press, {
          row,
          action: 'unschedule',
          change: {},
          by: who.userId,
          note: '',
        });
        await logged(tx, ctx, { articleId, action: 'unschedule' });
      });
      return { status: 204 };
    },
  }),
];

function withdrawRoute(kind: 'kill' | 'takedown'): ApiRoute<Services> {
  const killed = kind === 'kill';
  return route({
    method: 'POST',
    path: `/api/v1/articles/:id/${kind}`,
    summary: killed
      ? 'Withdraws a published article; its address keeps a notice'
      : 'Removes a published article for legal cause',
    tags,
    permission: killed ? 'articles:withdraw' : 'articles:takedown',
    idempotent: true,
    input: {
      params,
      body: killed
        ? z.strictObject({ note: note.min(1), erase: z.literal(false).default(false) })
        : z.strictObject({
            note: note.min(1),
            erase: z
              .boolean()
              .default(false)
              .describe('Also destroy what the record keeps of it; needs record:erase as well'),
          }),
    },
    output: PublishedAnswer,
    handler: async (ctx: Context, input) => {
      const who = actor(ctx);
      const articleId = input.params.id;
      if (input.body.erase && !may(who, 'record:erase'))
        throw new Problem('forbidden', 'To erase needs the permission record:erase too.');
      const { press } = ctx.services;
      const published = await ctx.db.write(async (tx) => {
        const { row } = await checkMay(tx, who, { action: kind, articleId });
        const made = await withdraw(tx, press, { articleId, kind, by: who.userId, ...input.body });
        await dropSchedule(tx, press, articleId);
        await noteMove(tx, press, {
          row,
          action: kind,
          change: {},
          by: who.userId,
          note: input.body.note,
        });
        await logged(tx, ctx, {
          articleId,
          action: kind,
          details: { version: made.version, note: input.body.note, erase: input.body.erase },
        });
        return made;
      });
      return { body: await answerOf(ctx, published) };
    },
  });
}

/** Into the audit log, in the transaction of the deed. */
function logged(
  tx: Tx,
  ctx: Context,
  deed: { articleId: string; action: string; details?: Readonly<Record<string, unknown>> },
): Promise<void> {
  return writeAudit(tx, {
    by: actor(ctx),
    action: `article.${deed.action}`,
    object: { kind: 'article', id: deed.articleId },
    details: deed.details ?? {},
    at: ctx.now,
  });
}

async function answerOf(
  ctx: Context,
  published: Published | undefined,
): Promise<z.input<typeof PublishedAnswer>> {
  const article =
    published === undefined ? undefined : await newsroomArticle(ctx.db.read, published.articleId);
  if (published === undefined || article === undefined)
    throw new Error('a committed version came back empty');
  const { origin } = ctx.services;
  const { articleId, version, path, leafIndex } = published;
  return {
    id: articleId,
    state: article.state,
    version,
    path,
    url: origin + path,
    historyUrl: origin + paths.history(path),
    shortUrl: article.shortCode === null ? null : origin + paths.shortLink(article.shortCode),
    leafIndex,
  };
}
