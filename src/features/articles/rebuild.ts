import { dayIn } from '../../base/clock.ts';
import type { SiteSettings } from '../../contract/site.ts';
import type { Db, Tx } from '../../storage/db.ts';
import { NOUN_CHANGED } from '../../contract/events.ts';
import type { Subscriber } from '../../storage/outbox.ts';
import { readSetting, writeSetting } from '../../storage/settings.store.ts';
import type { Projection, PublishedChange } from './articles.events.ts';
import { placeStory } from './articles.store.ts';
import { newestVersionStates } from './articles.views.ts';
import { siteOf } from './site.views.ts';
import { editionOf } from './version.ts';

/** The settings that the published rows were last made under. */
const APPLIED = 'site.applied';
type Applied = Pick<SiteSettings, 'timeZone' | 'languages'>;

/**
 * Builds what readers see anew from what is published: the day and the edition of each story, then every projection, in one transaction,
 * so that readers see either the old state or the new one.
 */
export async function rebuildProjections(db: Db, projections: readonly Projection[]): Promise<number> {
  return db.write(async (tx) => {
    const site = await siteOf(tx);
    for (const projection of projections) await projection.clear(tx);
    let count = 0;
    for await (const batch of newestVersionStates(tx)) {
      const placed: PublishedChange[] = [];
      for (const change of batch) placed.push(await place(tx, change, site));
      for (const projection of projections) await projection.apply(tx, placed);
      count += batch.length;
    }
    await writeSetting(tx, APPLIED, { timeZone: site.timeZone, languages: site.languages } satisfies Applied);
    return count;
  });
}

async function place(tx: Tx, change: PublishedChange, site: SiteSettings): Promise<PublishedChange> {
  const day = dayIn(change.after.publishedAt, site.timeZone);
  await placeStory(tx, change.articleId, {
    day,
    edition: editionOf(change.after.version.language, site.languages),
  });
  return { ...change, after: { ...change.after, day } };
}

/** Follows the site's settings: a new time zone moves stories to other days, a new language to another edition. */
export function settingsSubscriber(db: Db, projections: readonly Projection[]): Subscriber {
  return {
    name: 'time zone and editions',
    durable: true,
    handle: async (events) => {
      if (!events.some((event) => event.topic === NOUN_CHANGED && event.payload['noun'] === 'site')) return;
      const site = await siteOf(db.read);
      const applied = await readSetting<Applied>(db.read, APPLIED);
      if (applied?.timeZone === site.timeZone && applied.languages.join() === site.languages.join()) return;
      await rebuildProjections(db, projections);
    },
  };
}
