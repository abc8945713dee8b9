import type { Finding } from '../../contract/moderation.ts';
import { whyOf } from '../../contract/moderation-words.ts';
import type { CitedParagraph } from './standards.views.ts';
import { type StatementWords, wordsIn } from './statement.words.ts';

/** What a statement of reasons is made from. */
export type StatementFacts = {
  readonly action: string;
  /** What it is about: a comment, an account. */
  readonly at: string;
  readonly until: string | null;
  readonly automated: boolean;
  readonly detected: string;
  readonly phase: string;
  readonly rule: string;
  readonly matched: readonly string[];
  readonly findings: readonly Finding[];
  readonly legalGround: string | null;
  readonly cited: CitedParagraph | undefined;
  readonly facts: string;
  readonly message: string;
  /** Where the whole decision is, and an appeal can be made. */
  readonly link: string;
  readonly mayAppealUntil: string | null;
};

export type StatementRow = { readonly label: string; readonly text: string };
export type Statement = {
  readonly title: string;
  readonly rows: readonly StatementRow[];
  readonly redress: readonly string[];
};

/**
 * The statement of reasons of a restriction, with everything that Art. 17 (3) of Regulation (EU) 2022/2065 asks for: what was done, where
 * and for how long it holds, the facts, whether it came to notice by a notice, whether machines took part, the ground, and the ways to redress.
 */
export function statementOf(of: StatementFacts, language: string): Statement {
  const t = wordsIn(language);
  const rows: StatementRow[] = [
    { label: t.decision, text: t.actions[of.action] ?? of.action },
    { label: t.date, text: `${of.at.slice(0, 16).replace('T', ' ')} UTC` },
    { label: t.scope, text: t.everywhere },
    {
      label: t.duration,
      text: of.until === null ? t.noEnd : t.until.replace('{until}', of.until.slice(0, 10)),
    },
    { label: t.factsLabel, text: factsOf(of, t, language) },
    { label: t.detection, text: t.detections[of.detected] ?? of.detected },
    {
      label: t.machines,
      text: of.automated ? t.automated : of.detected === 'rule' ? t.foundByMachine : t.notAutomated,
    },
    { label: t.ground, text: groundOf(of, t) },
  ];
  if (of.message !== '') rows.push({ label: t.messageLabel, text: of.message });
  const redress = [
    ...(of.mayAppealUntil === null ? [] : [t.appeal.replace('{until}', of.mayAppealUntil.slice(0, 10))]),
    t.outOfCourt,
    t.court,
  ];
  return { title: t.title, rows, redress };
}

function factsOf(of: StatementFacts, t: StatementWords, language: string): string {
  const parts = of.facts === '' ? [] : [of.facts];
  const finding = of.findings.find(({ rule }) => rule === of.rule);
  if (finding !== undefined) parts.push(whyOf(finding, language));
  else if (of.facts === '' && of.phase !== 'none')
    parts.push(whyOf({ phase: of.phase, rule: of.rule, facts: {} }, language));
  if (of.matched.length > 0)
    parts.push(t.matched.replace('{words}', of.matched.map((word) => `“${word}”`).join(', ')));
  return parts.join(' ');
}

function groundOf(of: StatementFacts, t: StatementWords): string {
  if (of.legalGround !== null && of.legalGround !== '') return t.law.replace('{law}', of.legalGround);
  if (of.cited === undefined) return t.noGround;
  return t.standard
    .replace('{number}', String(of.cited.number))
    .replace('{title}', of.cited.title)
    .replace('{version}', String(of.cited.version))
    .replace('{body}', of.cited.body);
}

/** The statement as the text of a mail. */
export function statementText(
  statement: Statement,
  { quote, link, language }: { quote: string; link: string; language: string },
): string {
  const t = wordsIn(language);
  return [
    statement.title,
    '',
    ...(quote === '' ? [] : [t.yourComment, `> ${quote.replace(/\s+/gu, ' ')}`, '']),
    ...statement.rows.map(({ label, text }) => `${label}: ${text}`),
    '',
    ...statement.redress,
    '',
    t.seeAll.replace('{link}', link),
    '',
  ].join('\n');
}
