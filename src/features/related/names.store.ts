import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import { batches } from '../articles/articles.ts';

export type NameRow = Tables['noun_names'];

/** Replaces the names by which a noun is found. */
export async function putNames(
  tx: Tx,
  noun: Pick<NameRow, 'noun' | 'noun_id'>,
  keys: readonly string[],
): Promise<void> {
  await tx.deleteFrom('noun_names').where('noun_id', '=', noun.noun_id).execute();
  const rows = [...new Set(keys)].filter((key) => key !== '').map((name_key) => ({ name_key, ...noun }));
  for (const batch of batches(rows))
    await tx
      .insertInto('noun_names')
      .values(batch)
      .onConflict((oc) => oc.doNothing())
      .execute();
}
