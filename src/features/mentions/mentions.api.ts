import { z } from 'zod';
import { MentionAnswer } from '../../contract/lists.ts';
import { cursorOf, cutPage, pageOf, PageQuery } from '../../http/api/paging.ts';
import { actor, type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { markRead } from './mentions.store.ts';
import { mentionsPage, unreadMentions } from './mentions.views.ts';

const PATH = '/api/v1/mentions';
const tags = ['mentions'];
const position = cursorOf(z.object({ id: z.uuid() }));
const Unread = z.object({ unread: z.int().describe('100 stands for many') });

/** A person's own inbox: what is nobody else's needs no permission but being signed in. */
export const mentionRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Lists where you were spoken to, the newest first',
    tags,
    permission: 'articles:read',
    input: { query: PageQuery.extend({ unread: z.enum(['true']).optional() }) },
    output: pageOf(MentionAnswer),
    handler: async (ctx: ApiContext, { query }) => {
      const { limit, after, unread } = query;
      const rows = await mentionsPage(ctx.db.read, {
        userId: actor(ctx).userId,
        unread: unread !== undefined,
        limit: limit + 1,
        before: after === undefined ? undefined : position.decode(after).id,
      });
      const page = cutPage(rows, {
        limit,
        cursor: position,
        position: (row) => ({ id: row.id }),
        path: PATH,
        query: { unread },
      });
      return { body: { items: [...page.rows], next: page.next }, headers: page.headers };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/unread`,
    summary: 'How many mentions you have not read',
    tags,
    permission: 'articles:read',
    input: {},
    output: Unread,
    handler: async (ctx: ApiContext) => ({
      body: { unread: await unreadMentions(ctx.db.read, actor(ctx).userId) },
    }),
  }),
  route({
    method: 'POST',
    path: `${PATH}/read`,
    summary: 'Marks mentions as read, or as unread again',
    tags,
    permission: 'articles:read',
    input: {
      body: z.strictObject({
        ids: z.union([z.array(z.uuid()).min(1).max(500), z.literal('all')]),
        read: z.boolean().default(true),
      }),
    },
    output: Unread,
    handler: async (ctx: ApiContext, { body }) => {
      const { userId } = actor(ctx);
      await ctx.db.write((tx) => markRead(tx, { userId, ids: body.ids, at: body.read ? ctx.now : null }));
      return { body: { unread: await unreadMentions(ctx.db.read, userId) } };
    },
  }),
];
