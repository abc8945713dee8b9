import { z } from 'zod';
import { ClassifierAnswer, TestAnswer } from '../../contract/moderation-answers.ts';
import {
  DomainRuleInput,
  ModerationOverride,
  ModerationSettings,
  scopeKinds,
  WordRuleInput,
} from '../../contract/moderation.ts';
import { actor, type ApiContext, type ApiRoute, deedOf, route } from '../../http/route.ts';
import { writeAudit } from '../audit/audit.ts';
import { dropModel } from './classifier.store.ts';
import { LEAST_FLAGGED } from './classifier/trials.ts';
import { readyModel, strongestWords } from './learning.ts';
import { tryText } from './rehearse.ts';
import { deleteRule, dropSettings, insertRule, putSettings, updateRule } from './rules.store.ts';
import { domainRules, overrideOf, overrides, siteModeration, wordRules } from './rules.views.ts';
import { hasServiceSecret, renewServiceSecret } from './service.ts';
import type { ModerationServices } from './services.ts';
import { settleSettings } from './settle-settings.ts';

type Context = ApiContext<ModerationServices>;

const tags = ['moderation rules'];
const stamp = { id: z.string(), rowVersion: z.number(), updatedAt: z.string() };
const WordRule = WordRuleInput.extend(stamp);
const DomainRule = DomainRuleInput.extend(stamp);
const ById = z.object({ id: z.uuid() });
const Scope = z.object({ kind: z.enum(scopeKinds).exclude(['site']), id: z.uuid() });

export const ruleRoutes: readonly ApiRoute<ModerationServices>[] = [
  route({
    method: 'GET',
    path: '/api/v1/moderation/settings',
    summary: 'The settings of the phases for the whole site',
    tags,
    permission: 'moderation:read',
    input: {},
    output: z.object({ settings: ModerationSettings, serviceSecret: z.boolean() }),
    handler: async (ctx: Context) => {
      const { settings, rowVersion } = await siteModeration(ctx.db.read);
      return { body: { settings, serviceSecret: await hasServiceSecret(ctx.db.read) }, etag: rowVersion };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/moderation/settings',
    summary: 'Replaces the settings of the phases',
    description:
      'The classifier can be enabled once the lower bound of its measured precision is at the bar; else this is refused with the figures.',
    tags,
    permission: 'moderation:rules',
    ifMatch: 'required',
    input: { body: ModerationSettings },
    output: z.object({ settings: ModerationSettings }),
    handler: async (ctx: Context, { body }) => {
      await ctx.db.write(async (tx) => {
        await settleSettings(tx, body);
        const write = { by: actor(ctx).userId, at: ctx.now };
        await putSettings(tx, { kind: 'site', id: '', settings: body, expected: ctx.expected }, write);
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'moderation.settings', kind: 'settings', id: 'moderation' }),
        );
      });
      const { settings, rowVersion } = await siteModeration(ctx.db.read);
      return { body: { settings }, etag: rowVersion };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/settings/service-secret',
    summary: 'Makes a new secret for the signatures of the service outside; it is shown this once',
    tags,
    permission: 'moderation:rules',
    input: { body: z.strictObject({}) },
    output: z.object({ secret: z.string() }),
    handler: async (ctx: Context) => {
      const secret = await ctx.db.write(async (tx) => {
        const made = await renewServiceSecret(tx);
        const entry = { action: 'moderation.service-secret', kind: 'settings', id: 'moderation' };
        await writeAudit(tx, deedOf(ctx, entry));
        return made;
      });
      return { body: { secret } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/overrides',
    summary: 'What sections, storylines and articles set otherwise than the site',
    tags,
    permission: 'moderation:read',
    input: {},
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(scopeKinds),
          id: z.string(),
          settings: ModerationOverride,
          updatedAt: z.string(),
        }),
      ),
    }),
    handler: async (ctx: Context) => ({ body: { items: await overrides(ctx.db.read) } }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/overrides/:kind/:id',
    summary: 'What a section, a storyline or an article sets otherwise',
    tags,
    permission: 'moderation:read',
    input: { params: Scope },
    output: z.object({ settings: ModerationOverride }),
    handler: async (ctx: Context, { params }) => {
      const found = await overrideOf(ctx.db.read, params);
      return { body: { settings: found?.settings ?? {} }, etag: found?.rowVersion ?? 0 };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/moderation/overrides/:kind/:id',
    summary:
      'Sets phases otherwise under a section, a storyline or an article: premoderation, slow mode, limits',
    tags,
    permission: 'moderation:write',
    ifMatch: 'optional',
    input: { params: Scope, body: ModerationOverride },
    output: z.object({ settings: ModerationOverride }),
    handler: async (ctx: Context, { params, body }) => {
      const { kind, id } = params;
      await ctx.db.write(async (tx) => {
        const write = { by: actor(ctx).userId, at: ctx.now };
        if (Object.keys(body).length === 0) await dropSettings(tx, params);
        else await putSettings(tx, { kind, id, settings: body, expected: ctx.expected }, write);
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'moderation.override', kind, id, details: { settings: body } }),
        );
      });
      const found = await overrideOf(ctx.db.read, params);
      return { body: { settings: found?.settings ?? {} }, etag: found?.rowVersion ?? 0 };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/words',
    summary: 'The list of words and phrases',
    tags,
    permission: 'moderation:read',
    input: {},
    output: z.object({ items: z.array(WordRule) }),
    handler: async (ctx: Context) => ({ body: { items: await wordRules(ctx.db.read) } }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/words',
    summary: 'Puts a word or phrase on the list',
    tags,
    permission: 'moderation:rules',
    idempotent: true,
    input: { body: WordRuleInput },
    output: { 201: z.object({ id: z.string() }) },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write(async (tx) => {
        const made = await insertRule(
          tx,
          { kind: 'words', rule: body },
          { by: actor(ctx).userId, at: ctx.now },
        );
        const details = { phrase: body.phrase };
        await writeAudit(tx, deedOf(ctx, { action: 'moderation.rule-add', kind: 'rule', id: made, details }));
        return made;
      });
      return { status: 201, body: { id } };
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/moderation/words/:id',
    summary: 'Changes a word or phrase of the list',
    tags,
    permission: 'moderation:rules',
    ifMatch: 'optional',
    input: { params: ById, body: WordRuleInput },
    output: { 204: null },
    handler: async (ctx: Context, { params, body }) => {
      await ctx.db.write(async (tx) => {
        await updateRule(tx, { kind: 'words', rule: body, id: params.id, expected: ctx.expected }, ctx.now);
        const details = { phrase: body.phrase };
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'moderation.rule-change', kind: 'rule', id: params.id, details }),
        );
      });
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/domains',
    summary: 'The list of domains',
    tags,
    permission: 'moderation:read',
    input: {},
    output: z.object({ items: z.array(DomainRule) }),
    handler: async (ctx: Context) => ({ body: { items: await domainRules(ctx.db.read) } }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/domains',
    summary: 'Rules on a domain: links there are let pass, held or refused',
    tags,
    permission: 'moderation:rules',
    idempotent: true,
    input: { body: DomainRuleInput },
    output: { 201: z.object({ id: z.string() }) },
    handler: async (ctx: Context, { body }) => {
      const id = await ctx.db.write(async (tx) => {
        const made = await insertRule(
          tx,
          { kind: 'domain', rule: body },
          { by: actor(ctx).userId, at: ctx.now },
        );
        const details = { domain: body.domain, action: body.action };
        await writeAudit(tx, deedOf(ctx, { action: 'moderation.rule-add', kind: 'rule', id: made, details }));
        return made;
      });
      return { status: 201, body: { id } };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/moderation/rules/:id',
    summary: 'Takes a word, a phrase or a domain off its list',
    tags,
    permission: 'moderation:rules',
    input: { params: ById },
    output: { 204: null },
    handler: async (ctx: Context, { params }) => {
      await ctx.db.write(async (tx) => {
        const phrase = await deleteRule(tx, params.id);
        const details = { phrase };
        await writeAudit(
          tx,
          deedOf(ctx, { action: 'moderation.rule-remove', kind: 'rule', id: params.id, details }),
        );
      });
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/moderation/test',
    summary: 'Says which phases and rules would fire on a text, and why; nothing is kept',
    tags,
    permission: 'moderation:read',
    input: {
      body: z.strictObject({
        text: z.string().max(20_000),
        language: z.string().max(20).default('en'),
        article: z.uuid().optional(),
        author: z.enum(['guest', 'newcomer', 'regular']).default('regular'),
      }),
    },
    output: TestAnswer,
    handler: async (ctx: Context, { body }) => ({ body: await tryText(ctx.db, { ...body, now: ctx.now }) }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/moderation/classifier',
    summary: 'What the classifier has learned and how right it is',
    tags,
    permission: 'moderation:read',
    input: {},
    output: ClassifierAnswer,
    handler: async (ctx: Context) => {
      const { settings } = await siteModeration(ctx.db.read);
      const { model, measured, mayAct } = await readyModel(ctx.db.read);
      const words = await strongestWords(ctx.db.read, model);
      return {
        body: {
          enabled: settings.learned.enabled,
          mayAct,
          examples: model.examples,
          ...measured,
          precision: measured.precision ?? null,
          recall: measured.recall ?? null,
          brier: measured.brier ?? null,
          threshold: settings.learned.threshold,
          bar: settings.learned.bar,
          leastFlagged: LEAST_FLAGGED,
          ...words,
        },
      };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/moderation/classifier',
    summary: 'Makes the classifier forget everything',
    tags,
    permission: 'moderation:rules',
    input: {},
    output: { 204: null },
    handler: async (ctx: Context) => {
      await ctx.db.write(async (tx) => {
        await dropModel(tx);
        const entry = { action: 'moderation.classifier-forget', kind: 'classifier', id: '1' };
        await writeAudit(tx, deedOf(ctx, entry));
      });
      return { status: 204 };
    },
  }),
];
