import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { newsroomOn } from '../../../tests/support/newsroom.ts';
import { rebuildProjections } from '../articles/articles.ts';
import { createShortLink } from './short-links.ts';
import { shortLinkTarget } from './short-links.views.ts';

eachDatabase('a short link', (open) => {
  test('of a story never changes and follows it wherever it goes', async () => {
    const { db, press, ...newsroom } = await newsroomOn(await open());
    const articleId = await newsroom.write({ slug: 'one' });
    const codes = async () =>
      db.read.selectFrom('short_links').select(['code', 'article_id']).orderBy('code').execute();
    expect(await codes(), 'a draft has none').toEqual([]);
    await newsroom.publish(articleId);
    const [link] = await codes();
    const code = link?.code ?? '';
    const led = async () => (await shortLinkTarget(db.read, code))?.to;
    expect(link?.article_id).toBe(articleId);
    expect(await led()).toBe('/news/2026/03/01/one');
    await newsroom.revise(articleId, { slug: 'two' });
    await newsroom.publish(articleId);
    expect(await led()).toBe('/news/2026/03/01/two');
    await newsroom.withdraw(articleId);
    expect(await led(), 'to the notice').toBe('/news/2026/03/01/two');
    await newsroom.publish(articleId);
    await rebuildProjections(db, press.projections);
    expect(await codes()).toEqual([link]);
    const shown = db.read.selectFrom('published_articles').select('short_code');
    expect(await shown.execute()).toEqual([{ short_code: code }]);
  });

  test('is its own for every story, and no code means two things', async () => {
    const { db, clock, ...newsroom } = await newsroomOn(await open());
    for (let n = 0; n < 12; n += 1) await newsroom.story({ headline: `Story ${n}` });
    const code = await db.write((tx) => createShortLink(tx, clock, 'https://elsewhere.example/x'));
    const rows = await db.read.selectFrom('short_links').select('code').execute();
    expect(new Set(rows.map((row) => row.code)).size).toBe(13);
    for (const row of rows) expect(row.code).toMatch(/^[0-9A-Za-z]+$/);
    expect(await shortLinkTarget(db.read, code)).toEqual({ to: 'https://elsewhere.example/x' });
    expect(await shortLinkTarget(db.read, 'nothere')).toBeUndefined();
  });
});
