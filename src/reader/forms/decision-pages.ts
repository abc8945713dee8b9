import { Problem } from '../../base/problem.ts';
import { fromJson } from '../../base/json.ts';
import { type CommentDoc, commentText } from '../../contract/comment-doc.ts';
import type { Part } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import {
  appealUntil,
  decisionById,
  type DecisionRow,
  fileAppeal,
  opensLink,
  statementFor,
} from '../../features/moderation/moderation.ts';
import { decisionCase } from '../../features/moderation/case.views.ts';
import type { RawAddress, RawRoute } from '../../http/route.ts';
import { moderationWords } from '../strings/moderation.ts';
import { type PartsContext, type PartsServices, roomOf, sendParts } from './moderation-pages.ts';
import { type Io, readForm, seeOther } from './form.ts';

/** The decision, for its author alone: signed in, or with the word of the mail. Others learn no more than that there is nothing. */
async function opened(
  ctx: PartsContext,
  { params, query }: RawAddress,
): Promise<{ decision: DecisionRow; key: string | undefined }> {
  const id = params['id'] ?? '';
  const decision = await decisionById(ctx.db.read, id);
  const key = query.get('key');
  const own = decision?.user_id != null && decision.user_id === ctx.actor?.userId;
  if (decision === undefined || (!own && !(await opensLink(ctx.db.read, id, key))))
    throw new Problem(
      'not-found',
      'There is nothing at this address.',
      'Sign in, or follow the link of the mail.',
    );
  return { decision, key: key ?? undefined };
}

async function show(
  ctx: PartsContext,
  address: RawAddress,
  io: Io,
  fault?: { text: string; why: string },
): Promise<void> {
  const { decision, key } = await opened(ctx, address);
  const lang = decision.language;
  const w = moderationWords(lang);
  const path = paths.decision(decision.id, key);
  const statement = await statementFor(ctx.db.read, decision, {
    link: ctx.services.origin + path,
    language: lang,
  });
  const about = await decisionCase(ctx.db.read, decision);
  const until = appealUntil(decision);
  const parts: Part[] = [];
  if (about.comment !== undefined)
    parts.push(
      { part: 'heading', text: w.yourComment },
      about.comment.state === 'deleted'
        ? { part: 'text', text: w.deleted }
        : {
            part: 'quote',
            text: commentText(fromJson(about.comment.body) as CommentDoc),
            ...(about.comment.language === null ? {} : { lang: about.comment.language }),
          },
    );
  parts.push({ part: 'heading', text: statement.title }, { part: 'rows', rows: statement.rows });
  if (decision.standard_paragraph !== null)
    parts.push({
      part: 'link',
      label: w.standards,
      href: `${paths.standardsVersion(Number(decision.standard_version ?? 0))}#${decision.standard_paragraph}`,
    });
  if (about.appeal !== undefined) {
    const said = {
      open: w.appealOpen,
      upheld: w.appealUpheld,
      overturned: w.appealOverturned,
      void: w.deleted,
    };
    parts.push(
      { part: 'heading', text: w.appealTitle, id: 'appeal' },
      { part: 'quote', text: about.appeal.body },
    );
    parts.push({ part: 'text', text: said[about.appeal.state], strong: true });
    if (about.appeal.answer !== '')
      parts.push({ part: 'rows', rows: [{ label: w.answer, text: about.appeal.answer }] });
  } else if (about.over || until === null || until < ctx.now) parts.push({ part: 'text', text: w.nothing });
  else
    parts.push(
      { part: 'heading', text: w.appealTitle, id: 'appeal' },
      { part: 'text', text: w.appealLede },
      {
        part: 'form',
        action: key === undefined ? paths.appeal(decision.id) : `${paths.appeal(decision.id)}?key=${key}`,
        submit: w.appeal,
        fields: [
          {
            type: 'area',
            name: 'text',
            label: w.appealText,
            value: fault?.text ?? '',
            required: true,
            max: 5000,
            ...(fault === undefined ? {} : { fault: fault.why }),
          },
        ],
      },
    );
  parts.push(
    { part: 'heading', text: w.redress },
    ...statement.redress.map((text): Part => ({ part: 'text', text })),
  );
  await sendParts(ctx, io, {
    path,
    lang,
    headline: w.decided,
    parts,
    ...(fault === undefined ? {} : { code: 400 }),
  });
}

/** A decision as its author reads it, and the appeal against it; whole without JavaScript. */
export const decisionPages: readonly RawRoute<PartsServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/decisions/:id',
    permission: 'public',
    limit: 'read',
    handle: (ctx, address, io) => show(ctx, address, io),
  },
  {
    methods: ['POST'],
    pattern: '/decisions/:id/appeal',
    permission: 'public',
    limit: 'report',
    handle: async (ctx, address, io) => {
      const { decision, key } = await opened(ctx, address);
      ctx.limitTarget('report', decision.id);
      const text = ((await readForm(io.req)).get('text') ?? '').trim().slice(0, 5000);
      try {
        if (text.length < 3) throw new Problem('invalid', moderationWords(decision.language).appealLede);
        await ctx.db.write((tx) => fileAppeal(tx, roomOf(ctx), { decision, body: text }));
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return show(ctx, address, io, { text, why: cause.message });
      }
      seeOther(io.res, `${paths.decision(decision.id, key)}#appeal`);
    },
  },
];
