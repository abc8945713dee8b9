import type { PublishedVersion } from '../../src/contract/article.ts';
import type { Db } from '../../src/storage/db.ts';

/** What the house keeps of counts and lists, and what counting every published article anew gives. */
export type Kept = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The kept counts and lists, as the pages read them. */
export async function kept({ read }: Db): Promise<Kept> {
  const [sections, storylines, concepts, authors, days] = await Promise.all([
    read.selectFrom('sections').select(['id', 'article_count']).execute(),
    read.selectFrom('storylines').select(['id', 'article_count', 'latest_at']).execute(),
    read.selectFrom('concepts').select(['id', 'article_count']).execute(),
    read.selectFrom('authors').select(['id', 'article_count']).execute(),
    read.selectFrom('archive_days').selectAll().execute(),
  ]);
  const [inStorylines, ofConcepts, ofAuthors, found] = await Promise.all([
    read.selectFrom('storyline_articles').selectAll().execute(),
    read.selectFrom('concept_articles').selectAll().execute(),
    read.selectFrom('author_articles').selectAll().execute(),
    read.selectFrom('search_docs').select(['article_id', 'language', 'section_id']).execute(),
  ]);
  const counts = (rows: readonly { id: string; article_count: number }[]): Record<string, number> =>
    Object.fromEntries(
      rows.flatMap((row) => (row.article_count === 0 ? [] : [[row.id, Number(row.article_count)]])),
    );
  return {
    sections: counts(sections),
    storylines: counts(storylines),
    latest: Object.fromEntries(
      storylines.flatMap((row) => (row.latest_at === null ? [] : [[row.id, row.latest_at]])),
    ),
    concepts: counts(concepts),
    authors: counts(authors),
    days: Object.fromEntries(days.map((row) => [row.archive_day, Number(row.article_count)])),
    inStorylines: listed(inStorylines.map((row) => [row.storyline_id, row.article_id, row.published_at])),
    ofConcepts: listed(ofConcepts.map((row) => [row.concept_id, row.article_id, row.published_at])),
    ofAuthors: listed(ofAuthors.map((row) => [row.author_id, row.article_id, row.published_at])),
    searchable: listed(found.map((row) => [row.article_id, row.language, row.section_id ?? ''])),
  };
}

/** The same from nothing but the published versions. */
export async function recounted({ read }: Db): Promise<Kept> {
  const rows = await read
    .selectFrom('published_articles')
    .select(['article_id', 'version', 'published_at', 'published_day'])
    .where('visibility', '=', 'live')
    .where('kind', '=', 'article')
    .execute();
  const live = rows.map((row) => ({
    ...row,
    version: JSON.parse(row.version as string) as PublishedVersion,
  }));
  const sections: Record<string, number> = {};
  const storylines: Record<string, number> = {};
  const latest: Record<string, string> = {};
  const concepts: Record<string, number> = {};
  const authors: Record<string, number> = {};
  const days: Record<string, number> = {};
  const inStorylines: string[][] = [];
  const ofConcepts: string[][] = [];
  const ofAuthors: string[][] = [];
  const add = (counts: Record<string, number>, key: string): void =>
    void (counts[key] = (counts[key] ?? 0) + 1);
  for (const { article_id, published_at, published_day, version } of live) {
    add(days, published_day);
    if (version.section !== undefined) add(sections, version.section.id);
    for (const { id } of version.storylines) {
      add(storylines, id);
      inStorylines.push([id, article_id, published_at]);
      if ((latest[id] ?? '') < published_at) latest[id] = published_at;
    }
    for (const { id } of version.concepts) {
      add(concepts, id);
      ofConcepts.push([id, article_id, published_at]);
    }
    for (const id of new Set(version.bylines.flatMap((byline) => byline.author ?? []))) {
      add(authors, id);
      ofAuthors.push([id, article_id, published_at]);
    }
  }
  return {
    sections,
    storylines,
    latest,
    concepts,
    authors,
    days,
    inStorylines: listed(inStorylines),
    ofConcepts: listed(ofConcepts),
    ofAuthors: listed(ofAuthors),
    searchable: listed(
      live.map(({ article_id, version }) => [article_id, version.language, version.section?.id ?? '']),
    ),
  };
}

/** Rows as keys, so that their order does not matter and a doubled one shows. */
function listed(rows: readonly (readonly string[])[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const row of rows) result[row.join(' ')] = (result[row.join(' ')] ?? 0) + 1;
  return result;
}
