import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { textOf } from '../../src/contract/shared/names.ts';
import { createArticles } from '../../src/features/articles/articles.ts';
import { docOf, keepRevision, openDocument } from '../../src/features/collaboration/documents.ts';
import { newsroomArticle } from '../../src/features/articles/articles.newsroom.views.ts';
import { openDb } from '../../src/storage/open.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { runUntilKilled } from './child.ts';

eachDatabaseConfig('a process that is killed while somebody types', (fresh) => {
  test('has every keystroke that it acknowledged, and the next one makes a revision of them', async () => {
    const config = await fresh();
    const db = await openDb(config);
    const desk = { db, clock: systemClock };
    try {
      const content = { language: 'en', headline: 'H', lede: '', body: docFromParagraphs(['One.']) };
      const [row] = await db.write((tx) =>
        createArticles(tx, { clock: systemClock, by: null }, [{ content }]),
      );
      const articleId = row?.id ?? '';
      const said = await runUntilKilled('collaboration.child.ts', { config, lines: 40 });
      const opened = await openDocument(desk, articleId);
      const lede = textOf(docOf(opened.state), 'lede').toJSON();
      const numbers = lede.trim().split(' ').map(Number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBeGreaterThanOrEqual(said.length);
      expect(await keepRevision(desk, { articleId, origin: 'kept' })).toEqual({ revision: 2, fault: null });
      expect((await newsroomArticle(db.read, articleId))?.content.lede).toBe(lede);
    } finally {
      await db.close();
    }
  });
});
