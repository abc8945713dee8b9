import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { systemClock } from '../../base/clock.ts';
import { docFromParagraphs } from '../../contract/document.ts';
import { createStoryline } from '../storylines/storylines.ts';
import { createArticles } from './articles.ts';
import { listArticleIds } from './list.views.ts';
import { listAll, listMore } from './listed.ts';

eachDatabase('articles from before lists had words and links', (open) => {
  test('get them in batches, go on where they were left, and keep what was written meanwhile', async () => {
    const db = await open();
    const storyline = await db.write((tx) =>
      createStoryline(tx, { db, clock: systemClock }, { slug: 'cranes', title: 'Cranes', language: 'en' }),
    );
    const rows = await db.write((tx) =>
      createArticles(
        tx,
        { clock: systemClock, by: null },
        Array.from({ length: 7 }, (_, i) => ({
          content: {
            language: 'en',
            headline: `Harbour crane number ${i}`,
            body: docFromParagraphs(['Text.']),
            storylines: [storyline],
          },
        })),
      ),
    );
    const ids = rows.map(({ id }) => id).toSorted();
    await db.write(async (tx) => {
      await tx.updateTable('articles').set({ list_words: '' }).execute();
      await tx
        .deleteFrom('article_links')
        .where('article_id', '<>', ids[4] ?? '')
        .execute();
    });
    const found = async (filter: { q?: string; storyline?: string }): Promise<string[]> =>
      (await listArticleIds(db, { ...filter, sort: 'updated', limit: 20 })).toSorted();
    expect(await found({ q: 'crane' })).toEqual([]);
    expect(await found({ storyline })).toEqual([ids[4]]);

    expect(await listMore(db, 3)).toBe(false);
    expect(await found({ q: 'crane' })).toEqual(ids.slice(0, 3));
    expect(await listMore(db, 3)).toBe(false);
    expect(await found({ storyline })).toEqual(ids.slice(0, 6));
    while (!(await listMore(db, 3)));
    expect(await found({ q: 'crane harb*' })).toEqual(ids);
    expect(await found({ storyline })).toEqual(ids);

    // Done is done, until everything is built anew.
    await db.write((tx) => tx.updateTable('articles').set({ list_words: '' }).execute());
    expect(await listMore(db)).toBe(true);
    expect(await found({ q: 'crane' })).toEqual([]);
    await listAll(db);
    expect(await found({ q: 'crane' })).toEqual(ids);
  });
});
