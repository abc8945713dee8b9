import { newestVersionStates } from './articles.views.ts';
import type { Db } from '../../storage/db.ts';
import type { Projection } from './articles.events.ts';

/**
 * Builds projections anew from what is published: empties them and applies every article as if it were new, in one transaction, so
 * that readers see either the old state or the new one.
 */
export async function rebuildProjections(db: Db, projections: readonly Projection[]): Promise<number> {
  return db.write(async (tx) => {
    for (const projection of projections) await projection.clear(tx);
    let count = 0;
    for await (const batch of newestVersionStates(tx)) {
      for (const projection of projections) await projection.apply(tx, batch);
      count += batch.length;
    }
    return count;
  });
}
