import { Problem } from '../../base/problem.ts';
import type { Part, PartField } from '../../contract/pages.ts';
import {
  noticeCategories,
  NoticeInput,
  type ReportCategory,
  reportCategories,
} from '../../contract/moderation.ts';
import { paths } from '../../contract/routes.ts';
import { discussionStatus } from '../../features/discussion/discussion.views.ts';
import { fileNotice, fileReport, opensLink } from '../../features/moderation/moderation.ts';
import { noticeByCode } from '../../features/moderation/notices.views.ts';
import { siteOf } from '../../features/articles/site.views.ts';
import type { RawAddress, RawRoute } from '../../http/route.ts';
import { type ModerationWords, moderationWords } from '../strings/moderation.ts';
import { type PartsContext, type PartsServices, roomOf, sendParts } from './moderation-pages.ts';
import { type Io, readForm, seeOther } from './form.ts';

type Labels = Readonly<Record<string, string>>;

/** The language of a page that belongs to no article: the first of the site's that the browser names. */
async function languageOf(ctx: PartsContext, io: Io): Promise<string> {
  const { languages } = await siteOf(ctx.db.read);
  const wanted = (io.req.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().split(/[-;]/)[0] ?? '');
  return wanted.find((each) => languages.includes(each)) ?? languages[0] ?? 'en';
}

async function reportForm(ctx: PartsContext, { params }: RawAddress, io: Io, done: boolean): Promise<void> {
  const articleId = params['article'] ?? '';
  const commentId = params['comment'] ?? '';
  const status = await discussionStatus(ctx.db.read, articleId, ctx.now);
  if (status === undefined || !status.shown) throw new Problem('not-found', 'There is no such discussion.');
  const w = moderationWords(status.language);
  const labels = w as Labels;
  const back = paths.comment(articleId, commentId);
  const parts: Part[] = done
    ? [{ part: 'text', text: w.reported, strong: true }]
    : [
        {
          part: 'form',
          action: paths.reportComment(articleId, commentId),
          submit: w.send,
          fields: [
            {
              type: 'choice',
              name: 'category',
              label: w.category,
              value: 'harassment',
              choices: reportCategories.map((value) => ({ value, label: labels[`c_${value}`] ?? value })),
            },
            { type: 'area', name: 'details', label: w.details, hint: w.detailsHint, value: '', max: 2000 },
          ],
        },
        { part: 'text', text: w.illegalHint },
        { part: 'link', label: w.noticeTitle, href: paths.report(ctx.services.origin + back) },
      ];
  await sendParts(ctx, io, {
    path: paths.reportComment(articleId, commentId),
    lang: status.language,
    headline: w.reportTitle,
    ...(done ? {} : { lede: w.reportLede }),
    parts: [...parts, { part: 'link', label: w.back, href: back }],
  });
}

function noticeFields(given: URLSearchParams, w: ModerationWords, faults: Labels): PartField[] {
  const value = (name: string): string => given.get(name) ?? '';
  const fault = (name: string): { fault?: string } =>
    faults[name] === undefined ? {} : { fault: faults[name] };
  const labels = w as Labels;
  return [
    {
      type: 'url',
      name: 'url',
      label: w.url,
      hint: w.urlHint,
      value: value('url'),
      required: true,
      max: 2048,
      ...fault('url'),
    },
    {
      type: 'choice',
      name: 'category',
      label: w.kind,
      value: value('category'),
      choices: noticeCategories.map((each) => ({ value: each, label: labels[`n_${each}`] ?? each })),
      ...fault('category'),
    },
    {
      type: 'area',
      name: 'explanation',
      label: w.explanation,
      hint: w.explanationHint,
      value: value('explanation'),
      required: true,
      max: 10_000,
      ...fault('explanation'),
    },
    {
      type: 'text',
      name: 'legalReference',
      label: w.law,
      value: value('legalReference'),
      max: 500,
      ...fault('legalReference'),
    },
    {
      type: 'text',
      name: 'name',
      label: w.name,
      hint: w.nameHint,
      value: value('name'),
      max: 200,
      ...fault('name'),
    },
    { type: 'email', name: 'email', label: w.email, value: value('email'), max: 254, ...fault('email') },
    {
      type: 'check',
      name: 'goodFaith',
      label: w.goodFaith,
      checked: value('goodFaith') === 'yes',
      required: true,
      ...fault('goodFaith'),
    },
  ];
}

async function noticeForm(
  ctx: PartsContext,
  io: Io,
  given: URLSearchParams,
  faults: Labels = {},
): Promise<void> {
  const lang = await languageOf(ctx, io);
  const w = moderationWords(lang);
  await sendParts(ctx, io, {
    path: paths.report(),
    lang,
    headline: w.noticeTitle,
    lede: w.noticeLede,
    parts: [{ part: 'form', action: paths.report(), submit: w.file, fields: noticeFields(given, w, faults) }],
    ...(Object.keys(faults).length === 0 ? {} : { code: 400 }),
  });
}

/** Forms by which readers report comments, and anybody files a notice of illegal content; whole without JavaScript. */
export const reportPages: readonly RawRoute<PartsServices>[] = [
  {
    methods: ['GET', 'HEAD'],
    pattern: '/discussion/:article/comment/:comment/report',
    permission: 'public',
    limit: 'read',
    handle: (ctx, address, io) => reportForm(ctx, address, io, address.query.get('sent') === '1'),
  },
  {
    methods: ['POST'],
    pattern: '/discussion/:article/comment/:comment/report',
    permission: 'public',
    limit: 'report',
    handle: async (ctx, { params }, { req, res }) => {
      const articleId = params['article'] ?? '';
      const commentId = params['comment'] ?? '';
      ctx.limitTarget('report', commentId);
      const fields = await readForm(req);
      const category =
        reportCategories.find((each) => each === fields.get('category')) ??
        ('other' satisfies ReportCategory);
      const details = (fields.get('details') ?? '').trim().slice(0, 2000);
      const report = { commentId, category, details, userId: ctx.actor?.userId, addressKey: ctx.addressKey };
      await ctx.db.write((tx) => fileReport(tx, roomOf(ctx), report));
      seeOther(res, `${paths.reportComment(articleId, commentId)}?sent=1`);
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/report',
    permission: 'public',
    limit: 'read',
    handle: (ctx, { query }, io) =>
      noticeForm(ctx, io, new URLSearchParams({ url: query.get('about') ?? '' })),
  },
  {
    methods: ['POST'],
    pattern: '/report',
    permission: 'public',
    limit: 'report',
    handle: async (ctx, _address, io) => {
      const given = await readForm(io.req);
      const text = (name: string): string | undefined => given.get(name)?.trim() || undefined;
      const parsed = NoticeInput.safeParse({
        url: text('url') ?? '',
        category: text('category'),
        explanation: text('explanation') ?? '',
        ...(text('legalReference') === undefined ? {} : { legalReference: text('legalReference') }),
        ...(text('name') === undefined ? {} : { name: text('name') }),
        ...(text('email') === undefined ? {} : { email: text('email') }),
        goodFaith: given.get('goodFaith') === 'yes',
        language: await languageOf(ctx, io),
      });
      const faults: Record<string, string> = {};
      if (!parsed.success)
        for (const issue of parsed.error.issues) faults[String(issue.path[0] ?? '')] ??= issue.message;
      if (!parsed.success) return noticeForm(ctx, io, given, faults);
      if (parsed.data.email !== undefined) ctx.limitTarget('report', parsed.data.email.toLowerCase());
      try {
        const { code, key } = await ctx.db.write((tx) =>
          fileNotice(tx, roomOf(ctx), { notice: parsed.data, userId: ctx.actor?.userId }),
        );
        seeOther(io.res, paths.reportReceipt(code, key));
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.kind !== 'invalid') throw cause;
        await noticeForm(ctx, io, given, { url: cause.message });
      }
    },
  },
  {
    methods: ['GET', 'HEAD'],
    pattern: '/report/:code',
    permission: 'public',
    limit: 'read',
    handle: async (ctx, { params, query }, io) => {
      const code = params['code'] ?? '';
      const notice = await noticeByCode(ctx.db.read, code);
      const key = query.get('key');
      if (notice === undefined || !(await opensLink(ctx.db.read, code, key)))
        throw new Problem('not-found', 'There is nothing at this address.');
      const lang = await languageOf(ctx, io);
      const w = moderationWords(lang);
      await sendParts(ctx, io, {
        path: paths.reportReceipt(code, key ?? undefined),
        lang,
        headline: w.noticeState,
        parts: [
          { part: 'text', text: `${w.filed} ${code}.`, strong: true },
          { part: 'rows', rows: [{ label: w.url, text: notice.url }] },
          { part: 'text', text: w[notice.state] },
          ...(notice.answer === ''
            ? []
            : [{ part: 'rows' as const, rows: [{ label: w.answer, text: notice.answer }] }]),
          { part: 'text', text: w.keep },
        ],
      });
    },
  },
];
