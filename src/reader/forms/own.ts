import { Problem } from '../../base/problem.ts';
import { reactionKinds } from '../../contract/comments.ts';
import { paths } from '../../contract/routes.ts';
import { may } from '../../contract/permissions.ts';
import {
  checkEditable,
  deleteOwnComment,
  editComment,
  featureComment,
  followDiscussion,
  followsDiscussion,
  ignoredBy,
  ignorePerson,
  ownComment,
  reactionsOf,
  reactTo,
} from '../../features/discussion/discussion.ts';
import {
  discussionStatus,
  type DiscussionStatus,
  listedComment,
} from '../../features/discussion/discussion.views.ts';
import type { RawAddress, RawRoute } from '../../http/route.ts';
import { commentView } from '../loaders/discussion-view.ts';
import { type FormContext, type FormServices, roomOf, sendForm, toSignIn, writerOf } from './form-page.ts';
import { readForm, seeOther } from './form.ts';

type At = { articleId: string; id: string; status: DiscussionStatus; back: string };

/** Which comment an address names. @throws Problem `not-found` */
async function at(ctx: FormContext, { params }: RawAddress): Promise<At> {
  const articleId = params['article'] ?? '';
  const id = params['comment'] ?? '';
  const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
  if (status === undefined || !status.shown)
    throw new Problem('not-found', 'There is no discussion under this article.');
  return { articleId, id, status, back: `${paths.comment(articleId, id)}#comment-${id}` };
}

async function visible(ctx: FormContext, { articleId, id }: At) {
  const found = await listedComment(ctx.db.read, articleId, id);
  if (found?.comment.state !== 'visible') throw new Problem('not-found', 'There is no such comment.');
  return found.comment;
}

const pattern = <F extends string>(form: F) => `/discussion/:article/comment/:comment/${form}` as const;
const GET = ['GET', 'HEAD'] as const;

export const ownRoutes: readonly RawRoute<FormServices>[] = [
  {
    methods: GET,
    pattern: pattern('edit'),
    permission: 'public',
    limit: 'read',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const path = paths.commentForm(on.articleId, on.id, 'edit');
      if (ctx.actor === undefined) return toSignIn(io.res, path);
      const own = await ownComment(ctx.db.read, on.id, ctx.actor.userId);
      checkEditable(own, ctx.now);
      await sendForm(ctx, io, {
        form: { do: 'edit', action: path, text: own.source, until: own.editableUntil },
        path,
        status: on.status,
      });
    },
  },
  {
    methods: ['POST'],
    pattern: pattern('edit'),
    permission: 'signed-in',
    limit: 'comment',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const path = paths.commentForm(on.articleId, on.id, 'edit');
      const text = (await readForm(io.req)).get('text') ?? '';
      const writer = writerOf(ctx);
      if (writer === undefined) throw new Problem('unauthenticated', 'This needs an account.');
      try {
        const edited = await editComment(roomOf(ctx), {
          id: on.id,
          writer,
          text,
          addressKey: ctx.addressKey,
        });
        seeOther(
          io.res,
          edited.state === 'visible' ? on.back : paths.commentForm(on.articleId, on.id, 'posted'),
        );
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.kind === 'not-found' || cause.kind === 'forbidden')
          throw cause;
        await sendForm(ctx, io, {
          form: { do: 'edit', action: path, text, fault: cause.line, until: ctx.now },
          path,
          status: on.status,
          code: cause.kind === 'conflict' ? 409 : 400,
        });
      }
    },
  },
  {
    methods: GET,
    pattern: pattern('delete'),
    permission: 'public',
    limit: 'read',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const path = paths.commentForm(on.articleId, on.id, 'delete');
      if (ctx.actor === undefined) return toSignIn(io.res, path);
      await ownComment(ctx.db.read, on.id, ctx.actor.userId);
      const comment = commentView(await visible(ctx, on));
      await sendForm(ctx, io, { form: { do: 'delete', action: path, comment }, path, status: on.status });
    },
  },
  {
    methods: ['POST'],
    pattern: pattern('delete'),
    permission: 'signed-in',
    limit: 'write',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      await deleteOwnComment(roomOf(ctx), { id: on.id, userId: ctx.actor?.userId ?? '' });
      await sendForm(ctx, io, {
        form: { do: 'said', said: 'removed' },
        path: paths.commentForm(on.articleId, on.id, 'delete'),
        status: on.status,
      });
    },
  },
  {
    methods: ['POST'],
    pattern: pattern('react'),
    permission: 'public',
    limit: 'vote',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const said = (await readForm(io.req)).get('kind');
      const kind = reactionKinds.find((known) => known === said);
      if (kind === undefined) throw new Problem('invalid', 'There is no such reaction.');
      const { actor } = ctx;
      if (actor === undefined) return toSignIn(io.res, on.back);
      // The same button says it and takes it back.
      const mine = (await reactionsOf(ctx.db.read, actor.userId, [on.id])).get(on.id) ?? [];
      await ctx.db.write((tx) =>
        reactTo(tx, ctx.db, {
          commentId: on.id,
          userId: actor.userId,
          kind,
          on: !mine.includes(kind),
          at: ctx.now,
        }),
      );
      seeOther(io.res, on.back);
    },
  },
  {
    methods: GET,
    pattern: pattern('ignore'),
    permission: 'public',
    limit: 'read',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const path = paths.commentForm(on.articleId, on.id, 'ignore');
      const { actor } = ctx;
      if (actor === undefined) return toSignIn(io.res, path);
      const { author } = await visible(ctx, on);
      if (author?.userId === undefined)
        throw new Problem('not-found', 'This comment is of nobody who has an account.');
      const ignored = (await ignoredBy(ctx.db.read, actor.userId)).includes(author.userId);
      await sendForm(ctx, io, {
        form: { do: 'ignore', action: path, name: author.name, on: !ignored },
        path,
        status: on.status,
      });
    },
  },
  {
    methods: ['POST'],
    pattern: pattern('ignore'),
    permission: 'signed-in',
    limit: 'write',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const { author } = await visible(ctx, on);
      const wanted = (await readForm(io.req)).get('on') !== '0';
      const userId = ctx.actor?.userId ?? '';
      const ignoredId = author?.userId;
      if (ignoredId === undefined)
        throw new Problem('not-found', 'This comment is of nobody who has an account.');
      await ctx.db.write((tx) => ignorePerson(tx, { userId, ignoredId, on: wanted, at: ctx.now }));
      seeOther(io.res, `${on.status.path}#discussion`);
    },
  },
  {
    methods: ['POST'],
    pattern: pattern('feature'),
    permission: 'comments:manage',
    limit: 'write',
    handle: async (ctx, address, io) => {
      const on = await at(ctx, address);
      const wanted = (await readForm(io.req)).get('on') !== '0';
      const by = ctx.actor;
      if (by === undefined || !may(by, 'comments:manage'))
        throw new Problem('forbidden', 'This is for moderators.');
      await ctx.db.write((tx) =>
        featureComment(tx, ctx.db, { commentId: on.id, on: wanted, by, at: ctx.now }),
      );
      seeOther(io.res, on.back);
    },
  },
  {
    methods: GET,
    pattern: '/discussion/:article/follow',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params }, io) => {
      const articleId = params['article'] ?? '';
      const path = paths.discussionFollow(articleId);
      const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
      if (status === undefined || !status.shown)
        throw new Problem('not-found', 'There is no discussion under this article.');
      if (ctx.actor === undefined) return toSignIn(io.res, path);
      const follows = await followsDiscussion(ctx.db.read, ctx.actor.userId, articleId);
      await sendForm(ctx, io, { form: { do: 'follow', action: path, on: !follows }, path, status });
    },
  },
  {
    methods: ['POST'],
    pattern: '/discussion/:article/follow',
    permission: 'signed-in',
    limit: 'write',
    handle: async (ctx, { params }, io) => {
      const articleId = params['article'] ?? '';
      const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
      if (status === undefined || !status.shown)
        throw new Problem('not-found', 'There is no discussion under this article.');
      const wanted = (await readForm(io.req)).get('on') !== '0';
      const userId = ctx.actor?.userId ?? '';
      await ctx.db.write((tx) => followDiscussion(tx, { userId, articleId, on: wanted, at: ctx.now }));
      seeOther(io.res, `${status.path}#discussion`);
    },
  },
];
