import type { Tx } from '../../storage/db.ts';
import { isListed, type Projection, type PublishedChange } from './articles.events.ts';
import { batches } from './articles.store.ts';

/** Adds `by` to the count of a key; a key that is not there counts nowhere. */
export function tally(
  counts: Map<string, number>,
  { key, by }: { key: string | undefined; by: 1 | -1 },
): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Per section and per archive day: how many live articles; per author: which ones. */
export const articleCounts: Projection = {
  name: 'article counts',
  apply: async (tx, changes) => {
    const sections = new Map<string, number>();
    const days = new Map<string, number>();
    for (const { before, after } of changes) {
      if (isListed(before)) {
        tally(sections, { key: before.version.section?.id, by: -1 });
        tally(days, { key: before.day, by: -1 });
      }
      if (isListed(after)) {
        tally(sections, { key: after.version.section?.id, by: 1 });
        tally(days, { key: after.day, by: 1 });
      }
    }
    for (const [id, by] of sections) {
      if (by === 0) continue;
      await tx
        .updateTable('sections')
        .set((eb) => ({ article_count: eb('article_count', '+', by) }))
        .where('id', '=', id)
        .execute();
    }
    for (const [day, by] of days) {
      if (by === 0) continue;
      await tx
        .insertInto('archive_days')
        .values({ archive_day: day, article_count: by })
        .onConflict((oc) =>
          oc
            .column('archive_day')
            .doUpdateSet((eb) => ({ article_count: eb('archive_days.article_count', '+', by) })),
        )
        .execute();
      if (by < 0)
        await tx
          .deleteFrom('archive_days')
          .where('archive_day', '=', day)
          .where('article_count', '<=', 0)
          .execute();
    }
    await applyAuthors(tx, changes);
  },
  clear: async (tx) => {
    await tx.updateTable('sections').set({ article_count: 0 }).execute();
    await tx.updateTable('authors').set({ article_count: 0 }).execute();
    await tx.deleteFrom('archive_days').execute();
    await tx.deleteFrom('author_articles').execute();
  },
};

async function applyAuthors(tx: Tx, changes: readonly PublishedChange[]): Promise<void> {
  const counts = new Map<string, number>();
  const gone: string[] = [];
  const rows: { author_id: string; published_at: string; article_id: string }[] = [];
  for (const { articleId, before, after } of changes) {
    if (isListed(before)) {
      gone.push(articleId);
      for (const id of authorsOf(before)) tally(counts, { key: id, by: -1 });
    }
    if (isListed(after)) {
      for (const id of authorsOf(after)) {
        tally(counts, { key: id, by: 1 });
        rows.push({ author_id: id, published_at: after.publishedAt, article_id: articleId });
      }
    }
  }
  for (const batch of batches(gone))
    await tx.deleteFrom('author_articles').where('article_id', 'in', batch).execute();
  for (const batch of batches(rows)) await tx.insertInto('author_articles').values(batch).execute();
  for (const [id, by] of counts) {
    if (by === 0) continue;
    await tx
      .updateTable('authors')
      .set((eb) => ({ article_count: eb('article_count', '+', by) }))
      .where('id', '=', id)
      .execute();
  }
}

/** The authors with a page of a version, each once. */
export function authorsOf(state: {
  readonly version: { readonly bylines: readonly { author?: string }[] };
}): Set<string> {
  return new Set(
    state.version.bylines.flatMap((byline) => (byline.author === undefined ? [] : [byline.author])),
  );
}
