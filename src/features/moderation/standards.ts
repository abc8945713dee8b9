import type { Block } from '../../contract/document.ts';
import type { StandardsParagraph } from '../../contract/moderation.ts';
import { Problem } from '../../base/problem.ts';
import { paths } from '../../contract/routes.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import { createArticles, type Press, publish, reviseArticle, siteOf } from '../articles/articles.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Person } from './people.ts';
import { insertStandards } from './standards.store.ts';
import { currentStandards } from './standards.views.ts';

const SLUG = 'community-standards';
const HEADLINES: Readonly<Record<string, string>> = {
  en: 'Community standards',
  de: 'Regeln der Gemeinschaft',
  ar: 'معايير المجتمع',
  ru: 'Правила сообщества',
};

export type StandardsEdition = {
  readonly texts: Readonly<Record<string, readonly StandardsParagraph[]>>;
  readonly note: string;
  readonly by: Person;
  /** The version that was edited: another has been published meanwhile when it is not the last. */
  readonly from: number;
};

/**
 * Publishes the standards anew: a version with its paragraphs, and the page `/community-standards` as an article of the house with its own history
 * and its leaf on the record, in one transaction. Old versions stay as they were, for the decisions that cite them.
 * @throws Problem `invalid`, `conflict` where they were published meanwhile
 */
export async function publishStandards(tx: Tx, press: Press, edition: StandardsEdition): Promise<number> {
  const { by, note } = edition;
  const current = await currentStandards(tx);
  if (current.version !== edition.from)
    throw new Problem(
      'conflict',
      `Version ${current.version} has been published meanwhile.`,
      'Read it, then edit that.',
    );
  const site = await siteOf(tx);
  const language = site.languages[0] ?? 'en';
  const texts = checked(edition.texts, language);
  const content = {
    kind: 'page' as const,
    slug: SLUG,
    language,
    headline: HEADLINES[language.split('-')[0] ?? ''] ?? 'Community standards',
    body: { type: 'doc' as const, content: blocksOf(texts[language] ?? []) },
  };
  const context = { clock: press.clock, by: by.userId };
  // A page that stands at the address already becomes theirs.
  let articleId = current.articleId ?? (await pageAt(tx, paths.standards()));
  const isNew = articleId === null;
  if (articleId === null) {
    const [made] = await createArticles(tx, context, [{ content }]);
    articleId = made?.id ?? null;
  } else await reviseArticle(tx, context, { articleId, content });
  if (articleId === null) throw new Error('no page came back');
  await publish(tx, press, [
    { articleId, by: by.userId, ...(isNew ? {} : { reason: 'update' as const, note }) },
  ]);
  const number = current.version + 1;
  const at = press.clock.now();
  await insertStandards(tx, { number, articleId, by: by.userId, note, at, texts });
  await writeAudit(tx, {
    by,
    action: 'standards.publish',
    object: { kind: 'standards', id: String(number) },
    details: { note },
    at,
  });
  return number;
}

async function pageAt(db: Reader, path: string): Promise<string | null> {
  const row = await db.selectFrom('articles').select('id').where('path', '=', path).executeTakeFirst();
  return row?.id ?? null;
}

function checked(texts: StandardsEdition['texts'], language: string): StandardsEdition['texts'] {
  const own = texts[language] ?? [];
  if (own.length === 0)
    throw new Problem(
      'invalid',
      `The standards need at least one paragraph in ${language}, the site’s own language.`,
    );
  const ids = own.map(({ id }) => id);
  for (const [of, list] of Object.entries(texts)) {
    if (new Set(list.map(({ id }) => id)).size !== list.length)
      throw new Problem('invalid', `Two paragraphs in ${of} have one id.`);
    const stranger = list.find(({ id }) => !ids.includes(id));
    if (stranger !== undefined)
      throw new Problem('invalid', `The paragraph ${stranger.id} in ${of} is not there in ${language}.`);
  }
  return texts;
}

function blocksOf(paragraphs: readonly StandardsParagraph[]): Block[] {
  return paragraphs.flatMap((paragraph, n): Block[] => [
    {
      type: 'heading',
      attrs: { level: 2 },
      content: [{ type: 'text', text: `${n + 1}. ${paragraph.title}` }],
    },
    ...paragraph.body
      .split(/\n{2,}/)
      .filter((text) => text.trim() !== '')
      .map((text): Block => ({ type: 'paragraph', content: [{ type: 'text', text: text.trim() }] })),
  ]);
}
