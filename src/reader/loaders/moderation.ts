import { tag } from '../../contract/cache-tags.ts';
import type { Part } from '../../contract/pages.ts';
import { paths } from '../../contract/routes.ts';
import { currentStandards, standardsAt } from '../../features/moderation/standards.views.ts';
import { TRANSPARENCY_PAGE } from '../../features/moderation/transparency.setting.ts';
import { transparency } from '../../features/moderation/transparency.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { readSetting } from '../../storage/settings.store.ts';
import { moderationWords } from '../strings/moderation.ts';
import { loadArticle } from './article.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';

const HEADLINES: Readonly<Record<string, string>> = {
  en: 'Community standards',
  de: 'Regeln der Gemeinschaft',
  ar: 'معايير المجتمع',
  ru: 'Правила сообщества',
};

/** The community standards, each paragraph at an anchor that lasts; of an old version with the way to the one that holds. */
export async function loadStandards(ctx: ReaderContext, version?: number): Promise<PageAnswer | undefined> {
  const house = await readHouse(ctx);
  const current = await currentStandards(ctx.read);
  // A page of its own that the house published before it kept its standards paragraph by paragraph.
  const page = current.version === 0 ? await loadArticle(ctx, paths.standards()) : undefined;
  if (page !== undefined && version === undefined) return { ...page, tags: [...page.tags, tag.pages] };
  const standards = version === undefined ? current : await standardsAt(ctx.read, version);
  if (version !== undefined && standards.version !== version) return undefined;
  const { languages } = house.settings;
  const own = languages[0] ?? 'en';
  const lang = standards.texts[own] !== undefined ? own : (Object.keys(standards.texts)[0] ?? 'en');
  const w = moderationWords(lang);
  const parts: Part[] = [];
  if (standards.version !== current.version)
    parts.push(
      { part: 'text', text: w.isOld, strong: true },
      { part: 'link', label: w.now, href: paths.standards() },
    );
  (standards.texts[lang] ?? []).forEach((paragraph, n) => {
    parts.push({ part: 'heading', text: `${n + 1}. ${paragraph.title}`, id: paragraph.id });
    for (const text of paragraph.body.split(/\n{2,}/)) parts.push({ part: 'text', text: text.trim() });
  });
  if (standards.version > 0) {
    const label = w.versionOf.replace('{version}', String(standards.version));
    parts.push({ part: 'link', label, href: paths.standardsVersion(standards.version) });
    if (standards.version > 1)
      parts.push({
        part: 'link',
        label: w.versionOf.replace('{version}', String(standards.version - 1)),
        href: paths.standardsVersion(standards.version - 1),
      });
  }
  const headline = HEADLINES[lang.split('-')[0] ?? ''] ?? 'Community standards';
  const path = version === undefined ? paths.standards() : paths.standardsVersion(version);
  const tags = [tag.pages, ...(current.articleId === null ? [] : [tag.article(current.articleId)])];
  return htmlAnswer(
    {
      kind: 'parts',
      headline,
      parts,
      ...pageBase(ctx, house, { path, lang, title: headline }),
      comments: true,
    },
    { tags },
  );
}

/** Moderation in figures of the last twelve whole months, where the site shows them. */
export async function loadTransparency(ctx: ReaderContext): Promise<PageAnswer | undefined> {
  if ((await readSetting<boolean>(ctx.read, TRANSPARENCY_PAGE)) !== true) return undefined;
  const house = await readHouse(ctx);
  const lang = house.settings.languages[0] ?? 'en';
  const w = moderationWords(lang);
  const month = ctx.now.slice(0, 7);
  const from = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}-01`;
  const to = `${month}-01`;
  const figures = await transparency(ctx.read, { from, to });
  const { decisions, reports, notices, appeals, sanctions } = figures;
  const row = (label: string, value: number | null) => ({
    label,
    text: value === null ? '–' : String(value),
  });
  const parts: Part[] = [
    { part: 'rows', rows: [row(w.comments, figures.comments)] },
    { part: 'heading', text: w.decisions },
    {
      part: 'rows',
      rows: [
        row(w.total, decisions.total),
        row(w.byPeople, decisions.byPerson),
        row(w.byRules, decisions.automated),
        row(w.overturned, decisions.automatedOverturned),
        row(w.median, decisions.medianSeconds),
        row(w.bans, sanctions.bans),
        row(w.suspensions, sanctions.suspensions),
      ],
    },
    { part: 'heading', text: w.reports },
    {
      part: 'rows',
      rows: [
        row(w.total, reports.total),
        row(w.upheldWord, reports.upheld),
        row(w.dismissedWord, reports.dismissed),
      ],
    },
    { part: 'heading', text: w.notices },
    {
      part: 'rows',
      rows: [
        row(w.total, notices.total),
        row(w.actedWord, notices.acted),
        row(w.dismissedWord, notices.dismissed),
        row(w.median, notices.medianSeconds),
      ],
    },
    { part: 'heading', text: w.appeals },
    {
      part: 'rows',
      rows: [
        row(w.total, appeals.total),
        row(w.upheldWord, appeals.upheld),
        row(w.overturnedWord, appeals.overturned),
        row(w.median, appeals.medianSeconds),
      ],
    },
  ];
  const lede = w.figuresLede.replace('{from}', from).replace('{to}', to);
  return htmlAnswer(
    {
      kind: 'parts',
      headline: w.figuresTitle,
      lede,
      parts,
      ...pageBase(ctx, house, { path: paths.transparency(), lang, title: w.figuresTitle }),
      comments: true,
    },
    { tags: [tag.site] },
  );
}
