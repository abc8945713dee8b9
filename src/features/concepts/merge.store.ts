import type { Json } from '../../base/json.ts';
import type { Tx } from '../../storage/db.ts';

/** Takes concepts' rows for this transaction, and says which of them have become part of another. */
export async function lockConcepts(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)].sort();
  await tx
    .updateTable('concepts')
    .set((eb) => ({ slug: eb.ref('slug') }))
    .where('id', 'in', wanted)
    .execute();
  const rows = await tx
    .selectFrom('concepts')
    .select(['id', 'merged_into'])
    .where('id', 'in', wanted)
    .where('merged_into', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.merged_into ?? row.id]));
}

/** Moves the articles of one concept to another, each once. Returns how many the other has gained. */
export async function moveConcept(tx: Tx, { from, into }: { from: string; into: string }): Promise<number> {
  const moved = await tx
    .updateTable('concept_articles')
    .set({ concept_id: into })
    .where('concept_id', '=', from)
    .where('article_id', 'not in', (eb) =>
      eb.selectFrom('concept_articles').select('article_id').where('concept_id', '=', into),
    )
    .executeTakeFirst();
  await tx.deleteFrom('concept_articles').where('concept_id', '=', from).execute();
  return Number(moved.numUpdatedRows);
}

export async function markConceptMerged(
  tx: Tx,
  merge: {
    from: string;
    into: string;
    gained: number;
    now: string;
    names: Json<Record<string, string>>;
    aliases: Json<string[]>;
    sameAs: Json<string[]>;
    mediaTopic: string | null;
  },
): Promise<void> {
  const { from, into, gained, now } = merge;
  await tx
    .updateTable('concepts')
    .set((eb) => ({
      merged_into: into,
      article_count: 0,
      row_version: eb('row_version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', from)
    .execute();
  await tx.updateTable('concepts').set({ merged_into: into }).where('merged_into', '=', from).execute();
  await tx
    .updateTable('concepts')
    .set((eb) => ({
      article_count: eb('article_count', '+', gained),
      names: merge.names,
      aliases: merge.aliases,
      same_as: merge.sameAs,
      media_topic: merge.mediaTopic,
      row_version: eb('row_version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', into)
    .execute();
}
