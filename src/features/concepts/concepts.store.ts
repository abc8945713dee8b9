import type { Insertable } from 'kysely';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import {
  batches,
  checkMoved,
  isListed,
  type Moved,
  type Projection,
  type PublishedChange,
  type PublishedState,
  tally,
} from '../articles/articles.ts';
import { lockConcepts } from './merge.store.ts';

export async function insertConcept(tx: Tx, row: Insertable<Tables['concepts']>): Promise<void> {
  await tx.insertInto('concepts').values(row).execute();
}

export async function updateConcept(tx: Tx, id: string, change: Moved<'concepts'>): Promise<void> {
  const query = tx.updateTable('concepts').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

/** Which live articles carry each concept, and how many. */
export const conceptLists: Projection = {
  name: 'concepts',
  apply: async (tx, changes) => {
    const counts = new Map<string, number>();
    const gone: string[] = [];
    const members: Insertable<Tables['concept_articles']>[] = [];
    const merged = await lockConcepts(tx, conceptsIn(changes));
    const conceptsOf = (state: PublishedState): Set<string> =>
      new Set(state.version.concepts.map(({ id }) => merged.get(id) ?? id));
    for (const { articleId, before, after } of changes) {
      if (isListed(before) && before.version.concepts.length > 0) {
        gone.push(articleId);
        for (const id of conceptsOf(before)) tally(counts, { key: id, by: -1 });
      }
      if (!isListed(after)) continue;
      for (const id of conceptsOf(after)) {
        tally(counts, { key: id, by: 1 });
        members.push({ concept_id: id, published_at: after.publishedAt, article_id: articleId });
      }
    }
    for (const batch of batches(gone))
      await tx.deleteFrom('concept_articles').where('article_id', 'in', batch).execute();
    for (const batch of batches(members)) await tx.insertInto('concept_articles').values(batch).execute();
    for (const [id, by] of counts) {
      if (by === 0) continue;
      await tx
        .updateTable('concepts')
        .set((eb) => ({ article_count: eb('article_count', '+', by) }))
        .where('id', '=', id)
        .execute();
    }
  },
  clear: async (tx) => {
    await tx.updateTable('concepts').set({ article_count: 0 }).execute();
    await tx.deleteFrom('concept_articles').execute();
  },
};

function conceptsIn(changes: readonly PublishedChange[]): string[] {
  return changes.flatMap(({ before, after }) =>
    [before, after].flatMap((state) =>
      isListed(state) ? state.version.concepts.map((concept) => concept.id) : [],
    ),
  );
}
