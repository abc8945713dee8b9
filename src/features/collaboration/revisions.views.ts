import { sql } from 'kysely';
import { fromJson } from '../../base/json.ts';
import type { ArticleContent } from '../../contract/article.ts';
import { docAssets, walk } from '../../contract/document.ts';
import type { LookAnswer, RevisionLine } from '../../contract/shared/answers.ts';
import type { Reader } from '../../storage/db.ts';

type Person = { readonly id: string; readonly name: string };

/** People's names by their ids. */
export async function namesOf(db: Reader, ids: readonly (string | null)[]): Promise<Map<string, Person>> {
  const asked = [...new Set(ids.filter((id) => id !== null))];
  if (asked.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', asked).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The names, titles and file names of whatever two contents name by id: sections, people, storylines, pictures, other articles. */
export async function namesIn(db: Reader, contents: readonly ArticleContent[]): Promise<Map<string, string>> {
  const related: string[] = [];
  const assets = contents.flatMap(({ body, leadPicture }) => [
    ...docAssets(body),
    leadPicture?.asset ?? null,
  ]);
  for (const { body } of contents)
    for (const { type, attrs } of walk(body))
      if (type === 'relatedBox') related.push(...(attrs?.['articles'] as string[]));
  const all = <T>(of: (content: ArticleContent) => readonly T[]): T[] => contents.flatMap(of);
  const names = new Map<string, string>();
  const add = async (
    table: 'sections' | 'sources' | 'storylines' | 'concepts' | 'authors' | 'assets' | 'articles',
    column: 'name' | 'title' | 'file_name' | 'headline',
    ids: readonly (string | null | undefined)[],
  ): Promise<void> => {
    const asked = [...new Set(ids.filter((id) => typeof id === 'string'))];
    if (asked.length === 0) return;
    const rows = await db
      .selectFrom(table)
      .select(['id', sql.ref<string>(column).as('name')])
      .where('id', 'in', asked)
      .execute();
    for (const { id, name } of rows) names.set(id, name);
  };
  await add(
    'sections',
    'name',
    contents.map(({ section }) => section),
  );
  await add(
    'sources',
    'name',
    contents.map(({ source }) => source),
  );
  await add(
    'storylines',
    'title',
    all(({ storylines }) => storylines),
  );
  await add(
    'concepts',
    'name',
    all(({ concepts }) => concepts),
  );
  await add(
    'authors',
    'name',
    all(({ bylines }) => bylines.map((byline) => ('author' in byline ? byline.author : null))),
  );
  await add('assets', 'file_name', assets);
  await add('articles', 'headline', related);
  return names;
}

/** Revisions of an article below a number, newest first, with who made them and what became of them; never their contents. */
export async function revisionLines(
  db: Reader,
  page: { articleId: string; limit: number; before?: number | undefined },
): Promise<RevisionLine[]> {
  const rows = await db
    .selectFrom('article_revisions as r')
    .leftJoin('revision_notes as n', (join) =>
      join.onRef('n.article_id', '=', 'r.article_id').onRef('n.revision_number', '=', 'r.revision_number'),
    )
    .select(['r.revision_number', 'r.created_by', 'r.created_at', 'n.origin', 'n.editors', 'n.restored_from'])
    .where('r.article_id', '=', page.articleId)
    .$if(page.before !== undefined, (query) => query.where('r.revision_number', '<', page.before ?? 0))
    .orderBy('r.revision_number', 'desc')
    .limit(page.limit)
    .execute();
  const first = rows.at(-1)?.revision_number ?? 0;
  const last = rows[0]?.revision_number ?? 0;
  const versions = await db
    .selectFrom('article_versions')
    .select(['version_number', 'revision_number'])
    .where('article_id', '=', page.articleId)
    .where('revision_number', '>=', first)
    .where('revision_number', '<=', last)
    .execute();
  const version = new Map(versions.map((row) => [row.revision_number, row.version_number]));
  const editorsOf = (row: (typeof rows)[number]): string[] => {
    const noted = row.editors === null ? [] : fromJson<string[]>(row.editors as string);
    return noted.length > 0 ? noted : row.created_by === null ? [] : [row.created_by];
  };
  const names = await namesOf(db, rows.flatMap(editorsOf));
  return rows.map((row) => ({
    revision: row.revision_number,
    createdAt: row.created_at,
    origin: row.origin ?? 'outside',
    editors: editorsOf(row).flatMap((id) => names.get(id) ?? []),
    restoredFrom: row.restored_from,
    version: version.get(row.revision_number) ?? null,
  }));
}

/** Stretches that one answer names, at most: who was away for long sees the latest. */
const MAX_STRETCHES = 2000;

/** What a person saw last, and who has written what since. */
export async function lastLook(db: Reader, of: { articleId: string; userId: string }): Promise<LookAnswer> {
  const look = await db
    .selectFrom('last_looks')
    .selectAll()
    .where('article_id', '=', of.articleId)
    .where('user_id', '=', of.userId)
    .executeTakeFirst();
  const clients = await db
    .selectFrom('shared_clients')
    .leftJoin('users', 'users.id', 'shared_clients.user_id')
    .select(['client_id', 'users.id as user_id', 'users.name'])
    .where('article_id', '=', of.articleId)
    .execute();
  const stretches = await db
    .selectFrom('shared_authorship')
    .selectAll()
    .where('article_id', '=', of.articleId)
    .where('revision_number', '>=', look?.revision_number ?? 0)
    .orderBy('revision_number', 'desc')
    .limit(MAX_STRETCHES)
    .execute();
  return {
    look:
      look === undefined ? null : { vector: look.vector, revision: look.revision_number, at: look.looked_at },
    clients: clients.map((row) => ({
      client: row.client_id,
      person: row.user_id === null || row.name === null ? null : { id: row.user_id, name: row.name },
    })),
    stretches: stretches.map((row) => ({
      client: row.client_id,
      from: row.from_clock,
      to: row.to_clock,
      at: row.created_at,
      revision: row.revision_number,
    })),
  };
}
