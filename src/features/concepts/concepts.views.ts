import { fromJson } from '../../base/json.ts';
import type { ConceptKind } from '../../contract/nouns.ts';
import type { Reader } from '../../storage/db.ts';

export type ConceptView = {
  readonly id: string;
  readonly slug: string;
  readonly kind: ConceptKind;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly mediaTopic: string | null;
  readonly sameAs: readonly string[];
  readonly count: number;
};

/** The concept of a slug; of one that has become part of another, that other: its slug is not the one that was asked for. */
export async function conceptBySlug(db: Reader, slug: string): Promise<ConceptView | undefined> {
  const own = await db.selectFrom('concepts').selectAll().where('slug', '=', slug).executeTakeFirst();
  const row =
    own === undefined || own.merged_into === null
      ? own
      : await db.selectFrom('concepts').selectAll().where('id', '=', own.merged_into).executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        id: row.id,
        slug: row.slug,
        kind: row.kind,
        name: row.name,
        names: fromJson<Record<string, string>>(row.names as string),
        description: row.description,
        mediaTopic: row.media_topic,
        sameAs: fromJson<string[]>(row.same_as as string),
        count: row.article_count,
      };
}

/** Concepts that stand beside one in its newest articles, most often first. */
export async function conceptsBeside(
  db: Reader,
  conceptId: string,
  limit: number,
): Promise<{ slug: string; name: string }[]> {
  const recent = db
    .selectFrom('concept_articles')
    .select('article_id')
    .where('concept_id', '=', conceptId)
    .orderBy('published_at', 'desc')
    .limit(200)
    .as('recent');
  const rows = await db
    .selectFrom(recent)
    .innerJoin('concept_articles as other', 'other.article_id', 'recent.article_id')
    .innerJoin('concepts', 'concepts.id', 'other.concept_id')
    .select((eb) => ['concepts.slug', 'concepts.name', eb.fn.countAll<number>().as('together')])
    .where('other.concept_id', '<>', conceptId)
    .groupBy(['concepts.id', 'concepts.slug', 'concepts.name'])
    .orderBy('together', 'desc')
    .orderBy('concepts.name')
    .limit(limit)
    .execute();
  return rows.map(({ slug, name }) => ({ slug, name }));
}

/** The Media Topics codes of concepts that have one. */
export async function mediaTopicsOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('concepts')
    .select(['id', 'media_topic'])
    .where('id', 'in', [...ids])
    .where('media_topic', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap((row) => (row.media_topic === null ? [] : [[row.id, row.media_topic] as const])),
  );
}
