import { newId } from '../../base/ids.ts';
import { Problem } from '../../base/problem.ts';
import type { Verdict } from '../../contract/comments.ts';
import { discussionWords } from '../../contract/discussion-words/index.ts';
import type { CommentView, DiscussionForm } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { checkedName, siteNames } from '../../features/accounts/accounts.ts';
import {
  dropDraft,
  keepDraft,
  keptDraft,
  openDiscussion,
  ownComment,
  submitComment,
  type Writer,
} from '../../features/discussion/discussion.ts';
import {
  discussionStatus,
  type DiscussionStatus,
  listedComment,
} from '../../features/discussion/discussion.views.ts';
import type { RawRoute } from '../../http/route.ts';
import type { Reader } from '../../storage/db.ts';
import { commentView } from '../loaders/discussion-view.ts';
import { type FormContext, type FormServices, roomOf, sendForm, toSignIn, writerOf } from './form-page.ts';
import { readForm, seeOther } from './form.ts';

async function answeredBy(
  ctx: FormContext,
  articleId: string,
  id: string | null,
): Promise<CommentView | undefined> {
  if (id === null || id === '') return undefined;
  const found = await listedComment(ctx.db.read, articleId, id);
  return found?.comment.state === 'visible' ? commentView(found.comment) : undefined;
}

function writeForm(
  ctx: FormContext,
  status: DiscussionStatus,
  given: {
    text: string;
    parent: CommentView | undefined;
    key?: string | null;
    fault?: string;
    name?: string | null;
    email?: string | null;
  },
): DiscussionForm {
  const me = ctx.actor?.name;
  return {
    do: 'write',
    action: paths.writeComment(status.articleId),
    text: given.text,
    key: given.key ?? newId(),
    ...(given.fault === undefined ? {} : { fault: given.fault }),
    ...(given.parent === undefined ? {} : { parent: given.parent }),
    ...(me === undefined ? {} : { me }),
    ...(me === undefined && status.settings.guests
      ? { guest: { name: given.name ?? '', email: given.email ?? '' } }
      : {}),
    ...(ctx.services.facebook === true
      ? { facebookHref: paths.writeComment(status.articleId, { via: 'facebook' }) }
      : {}),
  };
}

/**
 * Somebody without an account, by what they say; undefined when they said nothing. Their name is held to what names of accounts are held to.
 * @throws Problem `invalid`, `conflict` when the name could be taken for someone of the house
 */
async function guestOf(db: Reader, form: URLSearchParams): Promise<Writer | undefined> {
  const given = (form.get('name') ?? '').normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const email = (form.get('email') ?? '').trim();
  if (given === '' && email === '') return undefined;
  if (!/^[\p{L}\p{N}][\p{L}\p{N}\p{M} .’'-]{1,39}$/u.test(given))
    throw new Problem(
      'invalid',
      'The name needs two to forty letters.',
      'Give the name that you want to be read.',
    );
  const { name } = await checkedName(db, given, { site: (await siteNames(db)).all });
  if (email.length > 200 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new Problem('invalid', 'This is no e-mail address.', 'Give one like name@example.org.');
  return { kind: 'guest', name, email };
}

/** What a person is told of a decision, in the words of a language. */
export function reasonOf(verdict: Pick<Verdict, 'phase' | 'matched'>, language: string): string {
  const { phases } = discussionWords(language);
  const reason = phases[verdict.phase] ?? verdict.phase;
  return verdict.matched.length === 0 ? reason : `${reason}: ${verdict.matched.join(', ')}`;
}

export const writeRoutes: readonly RawRoute<FormServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/discussion/:article/write',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params, query }, io) => {
      const articleId = params['article'] ?? '';
      const status = await openDiscussion(ctx.db.read, articleId, ctx.now);
      if (ctx.actor === undefined && query.get('via') !== null)
        return toSignIn(io.res, paths.writeComment(articleId), query.get('via'));
      const word = query.get('draft');
      const draft = word === null ? undefined : await keptDraft(ctx.db.read, ctx.now, word);
      const kept = draft?.articleId === articleId ? draft : undefined;
      const parent = await answeredBy(ctx, articleId, kept?.parentId ?? query.get('to'));
      const quoted =
        query.get('quote') === null || parent?.body === undefined ? '' : await quotable(ctx, parent.id);
      // The word stays in the form's key: sending it twice posts once.
      const form = writeForm(ctx, status, {
        text: kept?.source ?? quoted,
        parent,
        ...(word === null || kept === undefined ? {} : { key: word }),
      });
      await sendForm(ctx, io, { form, path: paths.writeComment(articleId), status });
    },
  },
  {
    methods: ['POST'],
    pattern: '/discussion/:article/write',
    permission: 'public',
    limit: 'comment',
    handle: async (ctx, { params }, io) => {
      const articleId = params['article'] ?? '';
      const form = await readForm(io.req);
      const text = form.get('text') ?? '';
      const to = form.get('to');
      const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
      if (status === undefined || !status.shown)
        throw new Problem('not-found', 'There is no discussion under this article.');
      const parent = await answeredBy(ctx, articleId, to);
      try {
        const via = form.get('via');
        const writer =
          writerOf(ctx) ??
          (via === null && status.settings.guests ? await guestOf(ctx.db.read, form) : undefined);
        if (writer === undefined) {
          const word = await ctx.db.write((tx) =>
            keepDraft(tx, ctx.now, { articleId, parentId: parent?.id, source: text.slice(0, 20_000) }),
          );
          return toSignIn(io.res, paths.writeComment(articleId, { draft: word }), via);
        }
        if (writer.kind === 'guest') ctx.limitTarget('comment', writer.email.toLowerCase());
        const key = form.get('key') ?? undefined;
        const posted = await submitComment(roomOf(ctx), {
          articleId,
          writer,
          text,
          parentId: to === null || to === '' ? undefined : to,
          // A form that one went back to, and wrote something else in, is another comment.
          ...(key === undefined ? {} : { key: JSON.stringify([key, text, to]) }),
          addressKey: ctx.addressKey,
        });
        if (key !== undefined) await ctx.db.write((tx) => dropDraft(tx, key));
        return seeOther(
          io.res,
          posted.state === 'visible'
            ? `${paths.comment(articleId, posted.id)}#comment-${posted.id}`
            : paths.commentForm(articleId, posted.id, 'posted'),
        );
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        // Whatever was wrong, what was typed is in the form again.
        const code = cause.kind === 'rate-limited' ? 429 : cause.kind === 'conflict' ? 409 : 400;
        await sendForm(ctx, io, {
          form: writeForm(ctx, status, {
            text,
            parent,
            key: form.get('key'),
            fault: cause.line,
            name: form.get('name'),
            email: form.get('email'),
          }),
          path: paths.writeComment(articleId),
          status,
          code,
        });
      }
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/discussion/:article/comment/:comment/posted',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params }, io) => {
      const articleId = params['article'] ?? '';
      const id = params['comment'] ?? '';
      const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
      if (status === undefined || !status.shown)
        throw new Problem('not-found', 'There is no discussion under this article.');
      const own =
        ctx.actor === undefined
          ? undefined
          : await ownComment(ctx.db.read, id, ctx.actor.userId).catch(() => undefined);
      const path = paths.commentForm(articleId, id, 'posted');
      // A stranger learns nothing of what became of a comment: a guest's waits, as all guests' do.
      const form: DiscussionForm =
        own === undefined
          ? { do: 'said', said: 'held', reason: discussionWords(status.language).phases['guest'] ?? '' }
          : {
              do: 'said',
              said:
                own.state === 'visible'
                  ? 'posted'
                  : own.state === 'held'
                    ? 'held'
                    : own.state === 'deleted'
                      ? 'removed'
                      : 'rejected',
              ...(own.verdict === undefined ? {} : { reason: reasonOf(own.verdict, status.language) }),
              ...(own.verdict?.message === undefined ? {} : { message: own.verdict.message }),
              ...(own.verdict?.standard === undefined ? {} : { standard: own.verdict.standard }),
              body: own.body,
              ...(own.state === 'visible' ? { href: `${paths.comment(articleId, id)}#comment-${id}` } : {}),
              ...(own.state === 'held' && own.editableUntil > ctx.now
                ? { editHref: paths.commentForm(articleId, id, 'edit') }
                : {}),
            };
      await sendForm(ctx, io, { form, path, status });
    },
  },
];

/** The text of a comment, line by line as a quote, with room for the answer. */
async function quotable(ctx: FormContext, id: string): Promise<string> {
  const row = await ctx.db.read
    .selectFrom('comments')
    .select('source')
    .where('id', '=', id)
    .where('state', '=', 'visible')
    .executeTakeFirst();
  if (row === undefined) return '';
  const own = row.source
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim();
  return `${own
    .slice(0, 1000)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}\n\n`;
}
