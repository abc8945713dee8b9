import { fromJson } from '../../base/json.ts';
import type { ArticleContent } from '../../contract/article.ts';
import type { Db, Reader } from '../../storage/db.ts';
import type { ArticleRow } from './articles.store.ts';
import { type ListQuery, listArticleIds } from './list.views.ts';
import { stageOf } from './stage.ts';

/** An article as the newsroom's lists show it. */
export type ArticleSummaryView = {
  readonly id: string;
  readonly kind: ArticleRow['kind'];
  readonly state: ArticleRow['state'];
  readonly language: string;
  readonly headline: string;
  readonly section: string | null;
  readonly desk: string | null;
  readonly stage: ArticleRow['stage'];
  readonly assignee: string | null;
  readonly createdBy: string | null;
  readonly externalId: string | null;
  readonly revision: number;
  readonly version: number;
  readonly path: string | null;
  readonly firstPublishedAt: string | null;
  readonly embargo: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** Articles in any state, as a list of the newsroom asks for them. */
export async function newsroomArticles(db: Db, query: ListQuery): Promise<ArticleSummaryView[]> {
  return summariesOf(db.read, await listArticleIds(db, query));
}

/** What lists show of these articles, in this order; those that are not there are left out. */
export async function summariesOf(db: Reader, ids: readonly string[]): Promise<ArticleSummaryView[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('articles').selectAll().where('id', 'in', ids).execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    return row === undefined ? [] : [summaryOf(row)];
  });
}

function summaryOf(row: ArticleRow): ArticleSummaryView {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    language: row.language,
    headline: row.headline,
    section: row.section_id,
    desk: row.desk,
    stage: stageOf(row),
    assignee: row.assignee,
    createdBy: row.created_by,
    externalId: row.external_id,
    revision: row.revision_number,
    version: row.version_number,
    path: row.path,
    firstPublishedAt: row.first_published_at,
    embargo: row.embargo_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export type WaitingSchedule = {
  readonly id: string;
  readonly revision: number;
  readonly at: string;
  readonly reason: 'initial' | 'update' | 'correction' | 'clarification' | null;
  readonly note: string | null;
  readonly severity: 'minor' | 'major' | null;
};

export type NewsroomArticle = ArticleSummaryView & {
  readonly translationGroup: string;
  readonly content: ArticleContent;
  readonly versions: readonly VersionView[];
  readonly schedule: WaitingSchedule | null;
  readonly shortCode: string | null;
};

/** One article with its latest revision, its latest versions, and the schedule that waits. */
export async function newsroomArticle(db: Reader, id: string): Promise<NewsroomArticle | undefined> {
  const row = await db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const revision = await revisionOf(db, { articleId: id, revision: row.revision_number });
  if (revision === undefined) throw new Error(`article ${id} lacks its revision ${row.revision_number}`);
  const schedule = await db
    .selectFrom('schedules')
    .selectAll()
    .where('article_id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return {
    ...summaryOf(row),
    translationGroup: row.translation_group,
    content: revision.content,
    versions: await versionsPage(db, { articleId: id, limit: 10 }),
    schedule:
      schedule === undefined
        ? null
        : {
            id: schedule.id,
            revision: schedule.revision_number,
            at: schedule.publish_at,
            reason: schedule.reason,
            note: schedule.note,
            severity: schedule.severity,
          },
    shortCode: await shortCodeOf(db, id),
  };
}

/** The code of a published article. */
export async function shortCodeOf(db: Reader, articleId: string): Promise<string | null> {
  const row = await db
    .selectFrom('published_articles')
    .select('short_code')
    .where('article_id', '=', articleId)
    .executeTakeFirst();
  return row?.short_code ?? null;
}

export type NumberedPage = {
  readonly articleId: string;
  readonly limit: number;
  /** Below this number. */
  readonly before?: number | undefined;
};

export type RevisionView = {
  readonly revision: number;
  readonly digest: string;
  readonly createdBy: string | null;
  readonly createdAt: string;
};

/** The revisions of an article without their contents, newest first. */
export async function revisionsPage(db: Reader, page: NumberedPage): Promise<RevisionView[]> {
  const rows = await db
    .selectFrom('article_revisions')
    .select(['revision_number', 'digest', 'created_by', 'created_at'])
    .where('article_id', '=', page.articleId)
    .$if(page.before !== undefined, (query) => query.where('revision_number', '<', page.before ?? 0))
    .orderBy('revision_number', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    revision: row.revision_number,
    digest: row.digest,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }));
}

/** One revision with its content. */
export async function revisionOf(
  db: Reader,
  of: { articleId: string; revision: number },
): Promise<(RevisionView & { readonly content: ArticleContent }) | undefined> {
  const row = await db
    .selectFrom('article_revisions')
    .selectAll()
    .where('article_id', '=', of.articleId)
    .where('revision_number', '=', of.revision)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    revision: row.revision_number,
    digest: row.digest,
    createdBy: row.created_by,
    createdAt: row.created_at,
    content: fromJson<ArticleContent>(row.content as string),
  };
}

export type VersionView = {
  readonly version: number;
  readonly revision: number;
  readonly reason: 'initial' | 'update' | 'correction' | 'clarification' | 'kill' | 'takedown';
  readonly note: string;
  readonly severity: 'minor' | 'major' | null;
  readonly publishedAt: string;
  readonly leafIndex: number;
};

/** The published versions of an article, newest first. */
export async function versionsPage(db: Reader, page: NumberedPage): Promise<VersionView[]> {
  const rows = await db
    .selectFrom('article_versions')
    .selectAll()
    .where('article_id', '=', page.articleId)
    .$if(page.before !== undefined, (query) => query.where('version_number', '<', page.before ?? 0))
    .orderBy('version_number', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    version: row.version_number,
    revision: row.revision_number,
    reason: row.reason,
    note: row.note,
    severity: row.severity,
    publishedAt: row.published_at,
    leafIndex: row.leaf_index,
  }));
}

export async function articleExists(db: Reader, id: string): Promise<boolean> {
  return (await db.selectFrom('articles').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}
