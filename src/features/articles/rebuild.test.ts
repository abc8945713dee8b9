import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import { systemClock } from '../../base/clock.ts';
import { docFromParagraphs } from '../../contract/document.ts';
import { SiteSettings } from '../../contract/site.ts';
import { writeSetting } from '../../storage/settings.store.ts';
import { ensureRecordKey } from '../record/record.ts';
import { articleCounts, createArticles, nounChanged, publish, settingsSubscriber } from './articles.ts';
import { listStories } from './articles.views.ts';

eachDatabase('a change of time zone and languages', (open) => {
  test('moves stories to the days and editions that they now belong to', async () => {
    const db = await open();
    await ensureRecordKey(db, 'https://paper.example');
    const projections = [articleCounts];
    const press = { db, clock: systemClock, projections };
    await db.write(async (tx) => {
      await writeSetting(tx, 'site', SiteSettings.parse({ timeZone: 'UTC', languages: ['en'] }));
      const content = { language: 'de', headline: 'Ein Abend', body: docFromParagraphs(['Text.']) };
      const [row] = await createArticles(tx, { clock: systemClock, by: null }, [{ content }]);
      await publish(tx, press, [{ articleId: row?.id ?? '', publishedAt: '2026-03-01T23:30:00.000Z' }]);
    });
    const headlines = async (of: Parameters<typeof listStories>[1]): Promise<string[]> =>
      (await listStories(db.read, of, { limit: 10 })).stories.map((story) => story.headline);
    expect(await headlines({ day: '2026-03-01' })).toEqual(['Ein Abend']);
    expect(await headlines({ edition: 'en' })).toEqual(['Ein Abend']);

    await db.write(async (tx) => {
      await writeSetting(tx, 'site', SiteSettings.parse({ timeZone: 'Asia/Tokyo', languages: ['en', 'de'] }));
      await nounChanged(db, tx, { noun: 'site', id: 'site' });
    });
    const event = { seq: 1, topic: 'noun.changed', payload: { noun: 'site', id: 'site' }, createdAt: '' };
    await settingsSubscriber(db, projections).handle([event]);

    expect(await headlines({ day: '2026-03-01' })).toEqual([]);
    expect(await headlines({ day: '2026-03-02' })).toEqual(['Ein Abend']);
    expect(await headlines({ edition: 'en' })).toEqual([]);
    expect(await headlines({ edition: 'de' })).toEqual(['Ein Abend']);
    expect(await db.read.selectFrom('archive_days').selectAll().execute()).toEqual([
      { archive_day: '2026-03-02', article_count: 1 },
    ]);
  });
});
