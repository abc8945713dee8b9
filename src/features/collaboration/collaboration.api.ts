import { z } from 'zod';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import {
  ExchangeAnswer,
  ExchangeInput,
  KeptAnswer,
  LookAnswer,
  LookInput,
  Person,
  RevisionDifference,
  RevisionLine,
} from '../../contract/shared/answers.ts';
import { ById } from '../../http/api/collection.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { articleExists, revisionOf } from '../articles/articles.newsroom.views.ts';
import { checkMayWrite } from '../articles/articles.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { putLook } from './collaboration.store.ts';
import { compareContents } from './compare.ts';
import type { Hub } from './hub.ts';
import { mayWriteIn } from './rights.ts';
import { lastLook, namesIn, revisionLines } from './revisions.views.ts';

export type CollaborationContext = ApiContext<{ readonly collaboration: Hub }>;

const SHARED = paths.sharedArticle(':id');
const tags = ['writing together'];
const below = cursorOf(z.object({ below: z.int().min(1) }));
const Revision = z.coerce.number().int().min(1);

export const collaborationRoutes: readonly ApiRoute<{ readonly collaboration: Hub }>[] = [
  route({
    method: 'POST',
    path: `${SHARED}/exchange`,
    summary: 'Exchanges updates of the shared document, where a socket does not pass',
    description: 'Answers when what was sent is on disk. An update of two zero bytes sends nothing.',
    tags,
    permission: 'articles:read',
    maxBytes: 16_000_000,
    input: { params: ById, body: ExchangeInput },
    output: ExchangeAnswer,
    handler: async (ctx: CollaborationContext, { params, body }) => {
      const by = actor(ctx);
      const update = fromBase64(body.update);
      const mayWrite = await mayWriteIn(ctx.db.read, by, params.id);
      if (!mayWrite && update.length > 2)
        throw new Problem('forbidden', 'You may read this article, not write it.');
      const given = { clientId: body.clientId, vector: fromBase64(body.vector), update };
      const back = await ctx.services.collaboration.exchange(
        params.id,
        { userId: by.userId, mayWrite },
        given,
      );
      return { body: { update: toBase64(back.update), vector: toBase64(back.vector) } };
    },
  }),
  route({
    method: 'POST',
    path: `${SHARED}/save`,
    summary: 'Makes a revision of what is written',
    description:
      'What cannot be one at the moment (a headline that is empty) stays as it is; `fault` says why.',
    tags,
    permission: 'articles:write',
    input: { params: ById, body: z.strictObject({}) },
    output: KeptAnswer,
    handler: async (ctx: CollaborationContext, { params }) => {
      await checkMayWrite(ctx.db.read, actor(ctx), params.id);
      return { body: await ctx.services.collaboration.save({ articleId: params.id, by: actor(ctx).userId }) };
    },
  }),
  route({
    method: 'POST',
    path: `${SHARED}/restore`,
    summary: 'Puts an earlier revision in the place of what is written, as a new revision',
    tags,
    permission: 'articles:write',
    input: { params: ById, body: z.strictObject({ revision: z.int().min(1) }) },
    output: KeptAnswer,
    handler: async (ctx: CollaborationContext, { params, body }) => {
      await checkMayWrite(ctx.db.read, actor(ctx), params.id);
      const order = { articleId: params.id, by: actor(ctx).userId, restore: body.revision };
      return { body: await ctx.services.collaboration.save(order) };
    },
  }),
  route({
    method: 'GET',
    path: `${SHARED}/revisions`,
    summary: 'Lists the revisions of an article with who made them, newest first',
    tags,
    permission: 'articles:read',
    input: { params: ById, query: PageQuery },
    output: pageOf(RevisionLine),
    handler: async (ctx: CollaborationContext, { params, query }) => {
      await checkArticle(ctx, params.id);
      const before = query.after === undefined ? undefined : below.decode(query.after).below;
      const rows = await revisionLines(ctx.db.read, { articleId: params.id, limit: query.limit + 1, before });
      const page = cutPage(rows, {
        limit: query.limit,
        cursor: below,
        position: (row) => ({ below: row.revision }),
        path: `${paths.sharedArticle(params.id)}/revisions`,
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: `${SHARED}/differences`,
    summary: 'Compares two revisions: fields, text and media',
    tags,
    permission: 'articles:read',
    input: { params: ById, query: z.object({ from: Revision, to: Revision }) },
    output: RevisionDifference,
    handler: async (ctx: CollaborationContext, { params, query }) => {
      const content = async (revision: number) => {
        const found = await revisionOf(ctx.db.read, { articleId: params.id, revision });
        if (found === undefined)
          throw new Problem('not-found', `There is no revision ${revision} of an article ${params.id}.`);
        return found.content;
      };
      const [before, after] = [await content(query.from), await content(query.to)];
      const names = await namesIn(ctx.db.read, [before, after]);
      const compared = compareContents(before, after, names);
      return { body: { ...query, ...compared } };
    },
  }),
  route({
    method: 'GET',
    path: `${SHARED}/look`,
    summary: 'What the caller saw last of an article, and who has written since',
    tags,
    permission: 'articles:read',
    input: { params: ById },
    output: LookAnswer,
    handler: async (ctx: CollaborationContext, { params }) => {
      await checkArticle(ctx, params.id);
      return { body: await lastLook(ctx.db.read, { articleId: params.id, userId: actor(ctx).userId }) };
    },
  }),
  route({
    method: 'PUT',
    path: `${SHARED}/look`,
    summary: 'Notes what the caller has seen of an article',
    tags,
    permission: 'articles:read',
    input: { params: ById, body: LookInput },
    output: { 204: null },
    handler: async (ctx: CollaborationContext, { params, body }) => {
      const article = await ctx.db.read
        .selectFrom('articles')
        .select('revision_number')
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (article === undefined) throw new Problem('not-found', `There is no article ${params.id}.`);
      await ctx.db.write((tx) =>
        putLook(tx, {
          article_id: params.id,
          user_id: actor(ctx).userId,
          vector: body.vector,
          revision_number: article.revision_number,
          looked_at: ctx.now,
        }),
      );
      return { status: 204 };
    },
  }),
  route({
    method: 'GET',
    path: paths.api('colleagues'),
    summary: 'Finds people of the newsroom by the beginning of their names, to mention them',
    tags,
    permission: 'articles:read',
    input: { query: z.object({ q: z.string().max(100).default('') }) },
    output: z.object({ items: z.array(Person) }),
    handler: async (ctx: CollaborationContext, { query }) => {
      const from = query.q.toLowerCase();
      const rows = await ctx.db.read
        .selectFrom('users')
        .select(['id', 'name'])
        .where('role', '!=', 'reader')
        .where('disabled', '=', 0)
        .orderBy('name')
        .limit(500)
        .execute();
      const items = rows.filter(({ name }) =>
        name
          .toLowerCase()
          .split(/\s+/)
          .some((word) => word.startsWith(from)),
      );
      return { body: { items: items.slice(0, 12) } };
    },
  }),
];

async function checkArticle(ctx: CollaborationContext, id: string): Promise<void> {
  if (!(await articleExists(ctx.db.read, id))) throw new Problem('not-found', `There is no article ${id}.`);
}
