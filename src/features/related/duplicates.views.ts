import type { Reader } from '../../storage/db.ts';

export type DuplicateView = {
  readonly key: string;
  readonly concepts: {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly slug: string;
    readonly articleCount: number;
  }[];
};

/** Names that more than one concept goes by, by their keys. */
export async function duplicateConcepts(
  db: Reader,
  page: { limit: number; after: string },
): Promise<DuplicateView[]> {
  const keys = await db
    .selectFrom('noun_names')
    .select('name_key')
    .where('noun', '=', 'concept')
    .where('name_key', '>', page.after)
    // Stems: Иванов and Иванова are two people.
    .where('name_key', 'not like', '~%')
    .groupBy('name_key')
    .having((eb) => eb(eb.fn.countAll(), '>', 1))
    .orderBy('name_key')
    .limit(page.limit)
    .execute();
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('noun_names')
    .innerJoin('concepts', 'concepts.id', 'noun_names.noun_id')
    .select(['name_key', 'concepts.id', 'kind', 'name', 'slug', 'article_count'])
    .where('noun', '=', 'concept')
    .where(
      'name_key',
      'in',
      keys.map((row) => row.name_key),
    )
    .orderBy('article_count', 'desc')
    .orderBy('concepts.id')
    .execute();
  const byKey = Map.groupBy(rows, (row) => row.name_key);
  return keys.map(({ name_key }) => ({
    key: name_key,
    concepts: (byKey.get(name_key) ?? []).map((row) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      slug: row.slug,
      articleCount: row.article_count,
    })),
  }));
}
