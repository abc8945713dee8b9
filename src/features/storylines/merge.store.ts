import type { Tx } from '../../storage/db.ts';

/**
 * Takes storylines' rows for this transaction, and says which of them have become part of another: what a publish and a merge agree on
 * by waiting for each other.
 */
export async function lockStorylines(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)].sort();
  await tx
    .updateTable('storylines')
    .set((eb) => ({ position: eb.ref('position') }))
    .where('id', 'in', wanted)
    .execute();
  const rows = await tx
    .selectFrom('storylines')
    .select(['id', 'merged_into'])
    .where('id', 'in', wanted)
    .where('merged_into', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.merged_into ?? row.id]));
}

/** Moves everything of one storyline to another, each article once. Returns how many articles the other has gained. */
export async function moveStoryline(tx: Tx, { from, into }: { from: string; into: string }): Promise<number> {
  const there = tx.selectFrom('storyline_articles').select('article_id').where('storyline_id', '=', into);
  // An article that both hold brings its facts from the one that stays.
  await tx
    .deleteFrom('storyline_facts')
    .where('storyline_id', '=', from)
    .where('article_id', 'in', there)
    .execute();
  await tx
    .updateTable('storyline_facts')
    .set({ storyline_id: into })
    .where('storyline_id', '=', from)
    .execute();
  const moved = await tx
    .updateTable('storyline_articles')
    .set({ storyline_id: into })
    .where('storyline_id', '=', from)
    .where('article_id', 'not in', there)
    .executeTakeFirst();
  await tx.deleteFrom('storyline_articles').where('storyline_id', '=', from).execute();
  await tx
    .deleteFrom('timeline_entries')
    .where('storyline_id', '=', from)
    .where(
      'fact_key',
      'in',
      tx
        .selectFrom('timeline_entries as kept')
        .select('kept.fact_key')
        .where('kept.storyline_id', '=', into)
        .where('kept.fact_key', 'is not', null),
    )
    .execute();
  await tx
    .updateTable('timeline_entries')
    .set({ storyline_id: into })
    .where('storyline_id', '=', from)
    .execute();
  return Number(moved.numUpdatedRows);
}

/** Marks a storyline as part of another, those that were part of it too; the other counts what it has gained. */
export async function markMerged(
  tx: Tx,
  merge: { from: string; into: string; gained: number; now: string },
): Promise<void> {
  const { from, into, gained, now } = merge;
  await tx
    .updateTable('storylines')
    .set((eb) => ({
      merged_into: into,
      state: 'closed',
      article_count: 0,
      latest_at: null,
      pinned_article: null,
      row_version: eb('row_version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', from)
    .execute();
  await tx.updateTable('storylines').set({ merged_into: into }).where('merged_into', '=', from).execute();
  await tx
    .updateTable('storylines')
    .set((eb) => ({
      article_count: eb('article_count', '+', gained),
      latest_at: eb
        .selectFrom('storyline_articles')
        .select((inner) => inner.fn.max('published_at').as('latest'))
        .where('storyline_id', '=', into),
      row_version: eb('row_version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', into)
    .execute();
}
