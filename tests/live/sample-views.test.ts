import { expect, test } from 'vitest';
import { fillViews } from '../../src/cli/demo/views.ts';
import { eachDatabase } from '../support/database.ts';
import { newsroomOn } from '../support/newsroom.ts';

eachDatabase('the readers of the sample', (open) => {
  test('are on every story, and the site has had at least as many', async () => {
    const db = await open();
    const paper = await newsroomOn(db);
    const ids = [await paper.story(), await paper.story()];
    paper.clock.advance(5 * 3600_000);
    await fillViews({ db, clock: paper.clock });
    const totals = await db.read.selectFrom('audience_totals').selectAll().execute();
    const people = (kind: string): number =>
      totals.filter((row) => row.kind === kind).reduce((sum, row) => sum + Number(row.people), 0);
    expect(totals.filter(({ kind }) => kind === 'article').map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(ids),
    );
    expect(people('site')).toBe(people('article'));
    expect(people('site')).toBeGreaterThan(20);
    const read = await db.read.selectFrom('audience_scores').select('article_id').execute();
    expect(new Set(read.map((row) => row.article_id))).toEqual(new Set(ids));
  });
});
