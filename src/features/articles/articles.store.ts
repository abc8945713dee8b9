import { toJson } from '../../base/json.ts';
import { putDraftUses } from './asset-uses.store.ts';
import type { ArticleContent } from '../../contract/article.ts';
import type { Reader, Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { type Insertable, type Selectable, sql } from 'kysely';

export type ArticleRow = Selectable<Tables['articles']>;
export type NewArticleRow = Insertable<Tables['articles']>;
export type PublishedRow = Selectable<Tables['published_articles']>;
export type VersionRow = Selectable<Tables['article_versions']>;

/** Rows a statement: well under SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
const BATCH = 250;

export function* batches<T>(rows: readonly T[], size = BATCH): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

export async function insertArticles(tx: Tx, rows: readonly NewArticleRow[]): Promise<void> {
  for (const batch of batches(rows)) await tx.insertInto('articles').values(batch).execute();
}

export async function updateArticle(tx: Tx, id: string, change: Partial<NewArticleRow>): Promise<void> {
  await tx.updateTable('articles').set(change).where('id', '=', id).execute();
}

/** What an article names, with the article's own times. */
export type Link = Insertable<Tables['article_links']>;

/** What lists sort an article by. */
export type Times = Pick<ArticleRow, 'id' | 'updated_at' | 'first_published_at'>;

/** Writes what articles name; what is there already is left as it is. */
export async function insertLinks(tx: Tx, rows: readonly Link[]): Promise<void> {
  for (const batch of batches(rows, 1000))
    await tx
      .insertInto('article_links')
      .values(batch)
      .onConflict((oc) => oc.doNothing())
      .execute();
}

/** The article as lists sort it; undefined when it has another revision by now. */
export async function putListWords(
  tx: Tx,
  { id, revision, words }: { readonly id: string; readonly revision: number; readonly words: string },
): Promise<Times | undefined> {
  return tx
    .updateTable('articles')
    .set({ list_words: words })
    .where('id', '=', id)
    .where('revision_number', '=', revision)
    .returning(['id', 'updated_at', 'first_published_at'])
    .executeTakeFirst();
}

/** Writes what an article names now, and touches only what has changed. */
export async function replaceLinks(tx: Tx, articleId: string, rows: readonly Link[]): Promise<void> {
  const before = await tx
    .selectFrom('article_links')
    .select('link')
    .where('article_id', '=', articleId)
    .execute();
  const now = new Set(rows.map((row) => row.link));
  const gone = before.map((row) => row.link).filter((link) => !now.has(link));
  const had = new Set(before.map((row) => row.link));
  if (gone.length > 0)
    await tx
      .deleteFrom('article_links')
      .where('article_id', '=', articleId)
      .where('link', 'in', gone)
      .execute();
  await insertLinks(
    tx,
    rows.filter((row) => !had.has(row.link)),
  );
}

export async function insertRevisions(
  tx: Tx,
  rows: readonly {
    articleId: string;
    number: number;
    content: ArticleContent;
    digest: string;
    createdBy: string | null;
    createdAt: string;
  }[],
): Promise<void> {
  for (const batch of batches(rows)) {
    await tx
      .insertInto('article_revisions')
      .values(
        batch.map((row) => ({
          article_id: row.articleId,
          revision_number: row.number,
          content: toJson(row.content),
          digest: row.digest,
          created_by: row.createdBy,
          created_at: row.createdAt,
        })),
      )
      .execute();
  }
  await putDraftUses(tx, rows);
}

export async function insertVersions(tx: Tx, rows: readonly VersionRow[]): Promise<void> {
  for (const batch of batches(rows)) await tx.insertInto('article_versions').values(batch).execute();
}

/** Writes what readers see of articles; replaces what was there. */
export async function putPublished(tx: Tx, rows: readonly PublishedRow[]): Promise<void> {
  for (const batch of batches(rows)) {
    await tx
      .insertInto('published_articles')
      .values(batch)
      .onConflict((oc) =>
        oc.column('article_id').doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          visibility: eb.ref('excluded.visibility'),
          path: eb.ref('excluded.path'),
          version_number: eb.ref('excluded.version_number'),
          language: eb.ref('excluded.language'),
          translation_group: eb.ref('excluded.translation_group'),
          section_id: eb.ref('excluded.section_id'),
          headline: eb.ref('excluded.headline'),
          lede: eb.ref('excluded.lede'),
          urgency: eb.ref('excluded.urgency'),
          published_at: eb.ref('excluded.published_at'),
          published_day: eb.ref('excluded.published_day'),
          modified_at: eb.ref('excluded.modified_at'),
          lead_asset_id: eb.ref('excluded.lead_asset_id'),
          edition: eb.ref('excluded.edition'),
          card: eb.ref('excluded.card'),
          version: eb.ref('excluded.version'),
        })),
      )
      .execute();
  }
}

/** Marks articles as published at a version: the one place where their public state changes. */
export async function markPublished(
  tx: Tx,
  rows: readonly {
    id: string;
    state: ArticleRow['state'];
    version: number;
    path: string;
    firstPublishedAt: string;
    now: string;
  }[],
): Promise<void> {
  for (const batch of batches(rows)) {
    const values = sql.join(
      batch.map(
        (row) =>
          sql`(${row.id}, ${row.state}, ${row.version}, ${row.path}, ${row.firstPublishedAt}, ${row.now})`,
      ),
    );
    await sql`with fresh (id, state, version_number, path, first_published_at, updated_at) as (values ${values})
      update articles set state = fresh.state, version_number = cast(fresh.version_number as integer), path = fresh.path,
        first_published_at = fresh.first_published_at, embargo_at = null, stage = null, updated_at = fresh.updated_at
      from fresh where articles.id = fresh.id`.execute(tx);
  }
}

/** Moves the work on an article's next version: its stage, its desk, its hands. */
export async function setWork(
  tx: Tx,
  row: Pick<ArticleRow, 'id' | 'version_number'>,
  change: {
    stage?: NonNullable<ArticleRow['stage']>;
    desk?: string | null;
    assignee?: string | null;
    now: string;
  },
): Promise<void> {
  const { stage, now, ...rest } = change;
  // Before the first version the state itself is the stage.
  const moved = stage === undefined ? {} : row.version_number === 0 ? { state: stage } : { stage };
  await updateArticle(tx, row.id, { ...rest, ...moved, updated_at: now });
}

/** Puts the work on an article back to where it stood. */
export async function restoreWork(
  tx: Tx,
  id: string,
  { now, ...work }: Pick<ArticleRow, 'state' | 'stage' | 'desk' | 'assignee'> & { now: string },
): Promise<void> {
  await updateArticle(tx, id, { ...work, updated_at: now });
}

/** Takes the articles' rows for this transaction: on PostgreSQL no other may change them until it ends. */
export async function lockArticles(tx: Tx, ids: readonly string[]): Promise<Map<string, ArticleRow>> {
  const found = new Map<string, ArticleRow>();
  for (const batch of batches(ids)) {
    // Touching the row takes its lock on PostgreSQL; SQLite has one writer anyway.
    await tx
      .updateTable('articles')
      .set((eb) => ({ updated_at: eb.ref('updated_at') }))
      .where('id', 'in', batch)
      .execute();
    for (const row of await tx.selectFrom('articles').selectAll().where('id', 'in', batch).execute())
      found.set(row.id, row);
  }
  return found;
}

export async function readPublishedRows(
  db: Reader,
  ids: readonly string[],
): Promise<Map<string, PublishedRow>> {
  const found = new Map<string, PublishedRow>();
  for (const batch of batches(ids)) {
    const rows = await db
      .selectFrom('published_articles')
      .selectAll()
      .where('article_id', 'in', batch)
      .execute();
    for (const row of rows) found.set(row.article_id, row);
  }
  return found;
}

export async function setShortCodes(
  tx: Tx,
  codes: readonly { articleId: string; code: string }[],
): Promise<void> {
  for (const batch of batches(codes)) {
    const values = sql.join(batch.map(({ articleId, code }) => sql`(${articleId}, ${code})`));
    await sql`with fresh (article_id, code) as (values ${values})
      update published_articles set short_code = fresh.code from fresh
      where published_articles.article_id = fresh.article_id`.execute(tx);
  }
}

/** Keeps an old address alive. A later address for the same old one wins. */
export async function putRedirects(tx: Tx, rows: readonly Insertable<Tables['redirects']>[]): Promise<void> {
  for (const batch of batches(rows)) {
    await tx
      .insertInto('redirects')
      .values(batch)
      .onConflict((oc) =>
        oc.column('from_path').doUpdateSet((eb) => ({
          to_path: eb.ref('excluded.to_path'),
          article_id: eb.ref('excluded.article_id'),
          status: eb.ref('excluded.status'),
        })),
      )
      .execute();
  }
}

export async function deleteRedirect(tx: Tx, fromPath: string): Promise<boolean> {
  const result = await tx.deleteFrom('redirects').where('from_path', '=', fromPath).executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** Replaces what lists show of a published story. */
export async function putCard(tx: Tx, articleId: string, card: PublishedRow['card']): Promise<void> {
  await tx.updateTable('published_articles').set({ card }).where('article_id', '=', articleId).execute();
}

/** Puts a published story under its day and edition. */
export async function placeStory(
  tx: Tx,
  articleId: string,
  at: { day: string; edition: string },
): Promise<void> {
  await tx
    .updateTable('published_articles')
    .set({ published_day: at.day, edition: at.edition })
    .where('article_id', '=', articleId)
    .execute();
}
