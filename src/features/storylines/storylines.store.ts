import type { Insertable } from 'kysely';
import { newId } from '../../base/ids.ts';
import { walk } from '../../contract/document.ts';
import type { Tx } from '../../storage/db.ts';
import type { Tables } from '../../storage/tables/index.ts';
import {
  isListed,
  type Projection,
  type PublishedChange,
  type PublishedState,
} from '../articles/articles.events.ts';
import { lockStorylines } from './merge.store.ts';
import { batches, checkMoved, type Moved, tally } from '../articles/articles.ts';

export async function insertStoryline(tx: Tx, row: Insertable<Tables['storylines']>): Promise<void> {
  await tx.insertInto('storylines').values(row).execute();
}

export async function updateStoryline(tx: Tx, id: string, change: Moved<'storylines'>): Promise<void> {
  const query = tx.updateTable('storylines').set(change).where('id', '=', id);
  checkMoved(await query.where('row_version', '=', change.row_version - 1).executeTakeFirst());
}

/** Which live articles each storyline has, how many, and the dated facts of its timeline. */
export const storylineLists: Projection = {
  name: 'storylines',
  apply: async (tx, changes) => {
    const counts = new Map<string, number>();
    const gone: string[] = [];
    const members: Insertable<Tables['storyline_articles']>[] = [];
    const facts: Insertable<Tables['storyline_facts']>[] = [];
    const merged = await lockStorylines(tx, storylinesIn(changes));
    // A version names what was when it was made; what has become part of another counts there, once.
    const linesOf = (state: PublishedState): Set<string> =>
      new Set(state.version.storylines.map(({ id }) => merged.get(id) ?? id));
    for (const { articleId, before, after } of changes) {
      if (isListed(before) && before.version.storylines.length > 0) {
        gone.push(articleId);
        for (const id of linesOf(before)) tally(counts, { key: id, by: -1 });
      }
      if (!isListed(after)) continue;
      for (const id of linesOf(after)) {
        tally(counts, { key: id, by: 1 });
        members.push({ storyline_id: id, published_at: after.publishedAt, article_id: articleId });
        facts.push(
          ...factsOf(after).map((fact) => ({
            ...fact,
            id: newId(),
            storyline_id: id,
            article_id: articleId,
          })),
        );
      }
    }
    for (const batch of batches(gone)) {
      await tx.deleteFrom('storyline_articles').where('article_id', 'in', batch).execute();
      await tx.deleteFrom('storyline_facts').where('article_id', 'in', batch).execute();
    }
    for (const batch of batches(members)) await tx.insertInto('storyline_articles').values(batch).execute();
    for (const batch of batches(facts)) await tx.insertInto('storyline_facts').values(batch).execute();
    for (const [id, by] of counts) {
      await tx
        .updateTable('storylines')
        .set((eb) => ({
          article_count: eb('article_count', '+', by),
          latest_at: eb
            .selectFrom('storyline_articles')
            .select((inner) => inner.fn.max('published_at').as('latest'))
            .where('storyline_id', '=', id),
        }))
        .where('id', '=', id)
        .execute();
    }
  },
  clear: async (tx) => {
    await tx.updateTable('storylines').set({ article_count: 0, latest_at: null }).execute();
    await tx.deleteFrom('storyline_articles').execute();
    await tx.deleteFrom('storyline_facts').execute();
  },
};

function storylinesIn(changes: readonly PublishedChange[]): string[] {
  return changes.flatMap(({ before, after }) =>
    [before, after].flatMap((state) =>
      isListed(state) ? state.version.storylines.map((line) => line.id) : [],
    ),
  );
}

function factsOf(state: PublishedState): { fact_date: string; fact_text: string; position: number }[] {
  const facts: { fact_date: string; fact_text: string; position: number }[] = [];
  for (const node of walk(state.version.body)) {
    if (node.type !== 'datedFact') continue;
    facts.push({
      fact_date: String(node.attrs?.['date']),
      fact_text: String(node.attrs?.['text']),
      position: facts.length,
    });
  }
  return facts;
}
