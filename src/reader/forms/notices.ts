import { Problem } from '../../base/problem.ts';
import { noticeKinds } from '../../contract/comments.ts';
import { paths } from '../../contract/routes.ts';
import { chooseNotices, noticeChoices, readStopWord } from '../../features/discussion/discussion.ts';
import type { RawRoute } from '../../http/route.ts';
import { type FormServices, sendForm, toSignIn } from './form-page.ts';
import { readForm } from './form.ts';

const unknown = (): Problem =>
  new Problem(
    'not-found',
    'This address ends no e-mails.',
    'Take the one at the end of the newest e-mail, or sign in and choose there.',
  );

/** What somebody is written to about: chosen by who is signed in, ended by whoever has the address of an e-mail (RFC 8058). */
export const noticeRoutes: readonly RawRoute<FormServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/account/notices',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { query }, io) => {
      const path = paths.noticeChoices();
      if (ctx.actor === undefined) return toSignIn(io.res, path);
      const choices = await noticeChoices(ctx.db.read, ctx.actor.userId);
      await sendForm(ctx, io, {
        form: {
          do: 'notices',
          action: path,
          choices: noticeKinds.map((kind) => ({ kind, wanted: choices[kind] })),
          saved: query.get('saved') !== null,
        },
        path,
      });
    },
  },
  {
    methods: ['POST'],
    pattern: '/account/notices',
    permission: 'signed-in',
    limit: 'write',
    handle: async (ctx, _address, io) => {
      const form = await readForm(io.req);
      const userId = ctx.actor?.userId ?? '';
      const choices = Object.fromEntries(noticeKinds.map((kind) => [kind, form.get(kind) === '1']));
      await ctx.db.write((tx) => chooseNotices(tx, { userId, choices, at: ctx.now }));
      const chosen = await noticeChoices(ctx.db.read, userId);
      await sendForm(ctx, io, {
        form: {
          do: 'notices',
          action: paths.noticeChoices(),
          choices: noticeKinds.map((kind) => ({ kind, wanted: chosen[kind] })),
          saved: true,
        },
        path: paths.noticeChoices(),
      });
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/discussion/stop/:word',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params }, io) => {
      const word = params['word'] ?? '';
      const found = await readStopWord(ctx.db.read, word);
      if (found === undefined) throw unknown();
      // Programs that look at links in e-mails use GET: it changes nothing.
      await sendForm(ctx, io, {
        form: { do: 'stop', action: paths.stopNotices(word), kind: found.kind, stopped: false },
        path: paths.stopNotices(word),
      });
    },
  },
  {
    methods: ['POST'],
    pattern: '/discussion/stop/:word',
    permission: 'public',
    limit: 'write',
    handle: async (ctx, { params }, io) => {
      const word = params['word'] ?? '';
      const found = await readStopWord(ctx.db.read, word);
      if (found === undefined) throw unknown();
      io.req.resume();
      await ctx.db.write((tx) =>
        chooseNotices(tx, { userId: found.userId, choices: { [found.kind]: false }, at: ctx.now }),
      );
      await sendForm(ctx, io, {
        form: { do: 'stop', action: paths.stopNotices(word), kind: found.kind, stopped: true },
        path: paths.stopNotices(word),
      });
    },
  },
];
