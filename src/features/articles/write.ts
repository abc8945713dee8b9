import { createHash } from 'node:crypto';
import type { Clock, Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { canonicalJson } from '../../base/json.ts';
import { Problem } from '../../base/problem.ts';
import { words } from '../../base/words.ts';
import { ArticleContent, type ArticleInput } from '../../contract/article.ts';
import { checkTreeBounds } from '../../contract/document.ts';
import type { Tx } from '../../storage/db.ts';
import {
  type ArticleRow,
  insertArticles,
  insertLinks,
  insertRevisions,
  type Link,
  lockArticles,
  replaceLinks,
  type Times,
  updateArticle,
} from './articles.store.ts';
import { checkSound } from './nouns.ts';
import { checkReferences, loadNouns } from './resolve.ts';

/** Parses what a caller gives as an article's content. @throws Problem `invalid` with every faulty field. */
export function parseContent(input: unknown): ArticleContent {
  checkTreeBounds((input as { body?: unknown } | null)?.body ?? {});
  const parsed = ArticleContent.safeParse(input);
  if (parsed.success) {
    checkSound(parsed.data);
    return parsed.data;
  }
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [`/${issue.path.join('/')}`, issue.message]),
  );
  const [first] = parsed.error.issues;
  throw new Problem(
    'invalid',
    `The article is not valid at ${first?.path.join('.') || 'its root'}: ${first?.message ?? ''}.`,
    undefined,
    { fields },
  );
}

export type NewArticle = {
  readonly content: ArticleInput;
  /** Joins the translations of this article. */
  readonly translationOf?: string;
  readonly desk?: string;
  readonly externalId?: string;
  readonly createdAt?: Instant;
  readonly id?: string;
};

type WriteContext = { readonly clock: Clock; readonly by: string | null };

/** Creates drafts, each with its first revision. Returns their rows in order. */
export async function createArticles(
  tx: Tx,
  context: WriteContext,
  drafts: readonly NewArticle[],
): Promise<ArticleRow[]> {
  const contents = drafts.map((draft) => parseContent(draft.content));
  const nouns = await loadNouns(tx, contents);
  for (const content of contents) checkReferences(content, nouns);
  const groups = await translationGroups(tx, drafts);
  const now = context.clock.now();
  const rows = drafts.map((draft, i): ArticleRow => {
    const content = contents[i] as ArticleContent;
    const id = draft.id ?? newId();
    return {
      id,
      kind: content.kind,
      state: 'draft',
      language: content.language,
      translation_group:
        (draft.translationOf === undefined ? undefined : groups.get(draft.translationOf)) ?? id,
      section_id: content.section ?? null,
      headline: content.headline,
      revision_number: 1,
      version_number: 0,
      path: null,
      first_published_at: null,
      embargo_at: content.embargo === undefined ? null : new Date(content.embargo).toISOString(),
      list_words: headlineWords(content.headline),
      desk: draft.desk ?? null,
      external_id: draft.externalId ?? null,
      stage: null,
      assignee: null,
      created_by: context.by,
      created_at: draft.createdAt ?? now,
      updated_at: draft.createdAt ?? now,
    };
  });
  await insertArticles(tx, rows);
  await insertLinks(
    tx,
    rows.flatMap((row, i) => linksOf(row, contents[i] as ArticleContent)),
  );
  await insertRevisions(
    tx,
    rows.map((row, i) =>
      revision(row, contents[i] as ArticleContent, { number: 1, by: context.by, at: row.created_at }),
    ),
  );
  return rows;
}

export type Revise = {
  readonly articleId: string;
  readonly content: ArticleInput;
  /** The revision the writer started from; refused when another has come since. */
  readonly expected?: number;
};

/** Saves a new revision of an article. Saving what is there already makes none. @throws Problem `precondition-failed` when it moved on. */
export async function reviseArticle(tx: Tx, context: WriteContext, order: Revise): Promise<ArticleRow> {
  const row = (await lockArticles(tx, [order.articleId])).get(order.articleId);
  if (row === undefined) throw new Problem('not-found', `There is no article ${order.articleId}.`);
  if (order.expected !== undefined && order.expected !== row.revision_number) {
    throw new Problem(
      'precondition-failed',
      `The article is at revision ${row.revision_number}, not ${order.expected}: someone has saved since.`,
      'Read it again and apply your change to that.',
    );
  }
  const content = parseContent(order.content);
  if (content.kind !== row.kind) throw new Problem('conflict', `This is a ${row.kind} and stays one.`);
  checkReferences(content, await loadNouns(tx, [content]));
  const digest = digestOf(content);
  const last = await tx
    .selectFrom('article_revisions')
    .select('digest')
    .where('article_id', '=', row.id)
    .where('revision_number', '=', row.revision_number)
    .executeTakeFirst();
  if (last?.digest === digest) return row;
  const now = context.clock.now();
  const number = row.revision_number + 1;
  await insertRevisions(tx, [revision(row, content, { number, by: context.by, at: now })]);
  const change = {
    revision_number: number,
    headline: content.headline,
    list_words: headlineWords(content.headline),
    language: content.language,
    section_id: content.section ?? null,
    embargo_at: content.embargo === undefined ? null : new Date(content.embargo).toISOString(),
    updated_at: now,
  };
  await updateArticle(tx, row.id, change);
  const changed = { ...row, ...change };
  await replaceLinks(tx, row.id, linksOf(changed, content));
  return changed;
}

/** The folded words of a headline, each once: what lists find it by. */
export function headlineWords(headline: string): string {
  return [...new Set([...words(headline)].map((word) => word.text))].join(' ');
}

/** What an article of a content names that lists are narrowed by. */
export function linksOf(article: Times, content: ArticleContent): Link[] {
  const links = [
    ...content.bylines.flatMap((byline) => ('author' in byline ? [`author:${byline.author}`] : [])),
    ...content.storylines.map((id) => `storyline:${id}`),
    ...content.concepts.map((id) => `concept:${id}`),
  ];
  return [...new Set(links)].map((link) => ({
    article_id: article.id,
    link,
    updated_at: article.updated_at,
    published_at: article.first_published_at,
  }));
}

function revision(
  row: ArticleRow,
  content: ArticleContent,
  at: { number: number; by: string | null; at: Instant },
) {
  return {
    articleId: row.id,
    number: at.number,
    content,
    digest: digestOf(content),
    createdBy: at.by,
    createdAt: at.at,
  };
}

/** SHA-256 of the canonical JSON of a content, hex. */
export function digestOf(content: ArticleContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

async function translationGroups(tx: Tx, drafts: readonly NewArticle[]): Promise<Map<string, string>> {
  const ids = [
    ...new Set(drafts.flatMap((draft) => (draft.translationOf === undefined ? [] : [draft.translationOf]))),
  ];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('articles')
    .select(['id', 'translation_group'])
    .where('id', 'in', ids)
    .execute();
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined)
    throw new Problem('invalid', `There is no article ${missing} to be a translation of.`);
  return new Map(rows.map((row) => [row.id, row.translation_group]));
}
