import { fromJson } from '../../base/json.ts';
import type { ConceptKind } from '../../contract/nouns.ts';
import type { Reader } from '../../storage/db.ts';
import { type Asked, slugRange, type Stamped, stamped } from '../articles/nouns.newsroom.views.ts';

export type ConceptRecord = Stamped & {
  readonly id: string;
  readonly slug: string;
  readonly kind: ConceptKind;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly mediaTopic: string | null;
  readonly sameAs: readonly string[];
  readonly articleCount: number;
  readonly mergedInto: string | null;
};

/** Concepts by slug, as the newsroom lists them. */
export async function conceptRecords(db: Reader, asked: Asked): Promise<ConceptRecord[]> {
  const { above, from, to, limit } = slugRange(asked);
  const rows = await db
    .selectFrom('concepts')
    .selectAll()
    .$if('id' in asked, (query) => query.where('id', '=', 'id' in asked ? asked.id : ''))
    .where('slug', '>', above)
    .where('slug', '>=', from)
    .where('slug', '<', to)
    .orderBy('slug')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    kind: row.kind,
    name: row.name,
    names: fromJson<Record<string, string>>(row.names as string),
    aliases: fromJson<string[]>(row.aliases as string),
    description: row.description,
    mediaTopic: row.media_topic,
    sameAs: fromJson<string[]>(row.same_as as string),
    articleCount: row.article_count,
    mergedInto: row.merged_into,
    ...stamped(row),
  }));
}
