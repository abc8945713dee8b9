import { z } from 'zod';
import { newId } from '../../base/ids.ts';
import { fromJson, toJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import { CommentInput, Thread, ThreadChange, ThreadInput } from '../../contract/shared/answers.ts';
import { ById } from '../../http/api/collection.ts';
import { actor, type ApiRoute, route } from '../../http/route.ts';
import type { Tx } from '../../storage/db.ts';
import { addMention } from '../mentions/mentions.ts';
import { articleExists } from '../articles/articles.newsroom.views.ts';
import type { CollaborationContext } from './collaboration.api.ts';
import { changeComment, changeThread, insertComment, insertThread } from './collaboration.store.ts';
import type { Hub } from './hub.ts';
import { THREADS_A_PAGE, threadsOf } from './threads.views.ts';

const THREADS = `${paths.sharedArticle(':id')}/threads` as const;
const tags = ['writing together'];
const InThread = ById.extend({ thread: z.uuid() });
const InComment = InThread.extend({ comment: z.uuid() });

export const threadRoutes: readonly ApiRoute<{ readonly collaboration: Hub }>[] = [
  route({
    method: 'GET',
    path: THREADS,
    summary: 'Reads the conversations about passages of an article, oldest first',
    tags,
    permission: 'articles:read',
    input: { params: ById, query: z.object({ after: z.uuid().optional() }) },
    output: z.object({ items: z.array(Thread), next: z.string().nullable() }),
    handler: async (ctx: CollaborationContext, { params, query }) => {
      const items = await threadsOf(ctx.db.read, {
        articleId: params.id,
        viewer: actor(ctx).userId,
        after: query.after,
      });
      return { body: { items, next: items.length < THREADS_A_PAGE ? null : (items.at(-1)?.id ?? null) } };
    },
  }),
  route({
    method: 'POST',
    path: THREADS,
    summary: 'Begins a conversation about a passage',
    tags,
    permission: 'articles:read',
    idempotent: true,
    input: { params: ById, body: ThreadInput },
    output: { 201: z.object({ id: z.uuid() }) },
    handler: async (ctx: CollaborationContext, { params, body }) => {
      if (!(await articleExists(ctx.db.read, params.id)))
        throw new Problem('not-found', `There is no article ${params.id}.`);
      const id = newId();
      const by = actor(ctx).userId;
      await ctx.db.write(async (tx) => {
        await insertThread(tx, {
          id,
          article_id: params.id,
          anchor: toJson(body.anchor),
          quote: body.quote,
          state: 'open',
          created_by: by,
          created_at: ctx.now,
          resolved_by: null,
          resolved_at: null,
        });
        await say(tx, commentRow({ ...body, articleId: params.id, thread: id, by, at: ctx.now }));
      });
      await ctx.services.collaboration.threadsChanged(params.id);
      return { status: 201, body: { id } };
    },
  }),
  route({
    method: 'PATCH',
    path: `${THREADS}/:thread`,
    summary: 'Resolves a conversation, or opens it again',
    tags,
    permission: 'articles:read',
    input: { params: InThread, body: ThreadChange },
    output: { 204: null },
    handler: async (ctx: CollaborationContext, { params, body }) => {
      await checkThread(ctx, params);
      const resolved = body.state === 'resolved';
      await ctx.db.write((tx) =>
        changeThread(tx, params.thread, {
          state: body.state,
          resolved_by: resolved ? actor(ctx).userId : null,
          resolved_at: resolved ? ctx.now : null,
        }),
      );
      await ctx.services.collaboration.threadsChanged(params.id);
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: `${THREADS}/:thread/comments`,
    summary: 'Answers in a conversation',
    tags,
    permission: 'articles:read',
    idempotent: true,
    input: { params: InThread, body: CommentInput },
    output: { 201: z.object({ id: z.uuid() }) },
    handler: async (ctx: CollaborationContext, { params, body }) => {
      await checkThread(ctx, params);
      const row = commentRow({
        ...body,
        articleId: params.id,
        thread: params.thread,
        by: actor(ctx).userId,
        at: ctx.now,
      });
      await ctx.db.write((tx) => say(tx, row));
      await ctx.services.collaboration.threadsChanged(params.id);
      return { status: 201, body: { id: row.id } };
    },
  }),
  route({
    method: 'PATCH',
    path: `${THREADS}/:thread/comments/:comment`,
    summary: 'Changes a comment of one’s own',
    tags,
    permission: 'articles:read',
    input: { params: InComment, body: CommentInput },
    output: { 204: null },
    handler: async (ctx: CollaborationContext, { params, body }) => {
      await checkOwn(ctx, params);
      await ctx.db.write((tx) =>
        changeComment(tx, params.comment, {
          body: body.body,
          mentions: toJson(body.mentions),
          edited_at: ctx.now,
        }),
      );
      await ctx.services.collaboration.threadsChanged(params.id);
      return { status: 204 };
    },
  }),
  route({
    method: 'DELETE',
    path: `${THREADS}/:thread/comments/:comment`,
    summary: 'Takes back a comment of one’s own',
    tags,
    permission: 'articles:read',
    input: { params: InComment },
    output: { 204: null },
    handler: async (ctx: CollaborationContext, { params }) => {
      await checkOwn(ctx, params);
      await ctx.db.write((tx) => changeComment(tx, params.comment, { deleted_at: ctx.now }));
      await ctx.services.collaboration.threadsChanged(params.id);
      return { status: 204 };
    },
  }),
];

function commentRow(given: {
  articleId: string;
  thread: string;
  by: string;
  at: string;
  body: string;
  mentions: readonly string[];
}) {
  return {
    id: newId(),
    thread_id: given.thread,
    article_id: given.articleId,
    body: given.body,
    mentions: toJson([...given.mentions]),
    created_by: given.by,
    created_at: given.at,
    edited_at: null,
    deleted_at: null,
  };
}

/** Writes a comment and tells those whom it mentions. */
async function say(tx: Tx, row: ReturnType<typeof commentRow>): Promise<void> {
  await insertComment(tx, row);
  const to = fromJson<string[]>(row.mentions as string);
  if (to.length > 0)
    await addMention(tx, {
      to,
      by: row.created_by,
      kind: 'comment',
      articleId: row.article_id,
      target: `articles/${row.article_id}?thread=${row.thread_id}`,
      excerpt: row.body,
      at: row.created_at,
    });
}

async function checkThread(ctx: CollaborationContext, of: { id: string; thread: string }): Promise<void> {
  const row = await ctx.db.read
    .selectFrom('passage_threads')
    .select('id')
    .where('id', '=', of.thread)
    .where('article_id', '=', of.id)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', 'There is no such conversation about this article.');
}

async function checkOwn(
  ctx: CollaborationContext,
  of: { id: string; thread: string; comment: string },
): Promise<void> {
  const row = await ctx.db.read
    .selectFrom('passage_comments')
    .select('created_by')
    .where('id', '=', of.comment)
    .where('thread_id', '=', of.thread)
    .where('article_id', '=', of.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw new Problem('not-found', 'There is no such comment.');
  if (row.created_by !== actor(ctx).userId)
    throw new Problem('forbidden', 'Only who wrote a comment may change it.');
}
