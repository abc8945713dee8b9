import type { House } from '../../app.ts';
import { databaseLedger, foldAll } from '../../features/audience/audience.ts';
import { countedAs } from '../../features/audience/audience.views.ts';

type Tally = Parameters<ReturnType<typeof databaseLedger>['append']>[0][number];

const STORIES = 48;
const DAYS = 3;
const HOUR_MS = 3600_000;
/** How much of a day's reading falls into each hour: little at night, breakfast, lunch, the evening. */
const DAY = [2, 1, 1, 1, 2, 4, 8, 12, 13, 11, 9, 9, 12, 11, 8, 8, 9, 11, 12, 13, 12, 9, 6, 4];
const SOURCES = ['site', 'search', 'none', 'social', 'site', 'news', 'search', 'mail'] as const;

/** The same story has the same readers in every demo. */
function luckOf(place: number, salt: number): number {
  const mixed = Math.imul(place * 2654435761 + salt * 40503, 2246822519) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** Some days of readers, so that lists of what is read and the dashboard have something to say. Nothing of it is of a person. */
export async function fillViews({ db, clock }: Pick<House, 'db' | 'clock'>): Promise<void> {
  const now = Date.parse(clock.now());
  const stories = await db.read
    .selectFrom('published_articles')
    .select(['article_id', 'published_at'])
    .where('visibility', '=', 'live')
    .orderBy('published_at', 'desc')
    .limit(STORIES)
    .execute();
  const tallies: Tally[] = [];
  for (const [place, story] of stories.entries()) {
    const id = story.article_id;
    const counted = await countedAs(db.read, { kind: 'article', id });
    if (counted === undefined) continue;
    const draw = 20 + 900 * luckOf(place, 1) ** 4;
    const began = Date.parse(story.published_at);
    for (let hour = DAYS * 24 - 1; hour >= 0; hour -= 1) {
      const at = Math.floor((now - hour * HOUR_MS) / HOUR_MS) * HOUR_MS;
      if (at < began - HOUR_MS) continue;
      const age = Math.max(0, at - began) / HOUR_MS;
      const share = (DAY[new Date(at).getUTCHours()] ?? 1) / 13;
      const n = Math.round((draw * share * (0.6 + 0.8 * luckOf(place, hour))) / (1 + age / 9));
      if (n === 0) continue;
      const source = SOURCES[Math.floor(luckOf(place + hour, 3) * SOURCES.length)] ?? 'none';
      const of = { slot: new Date(at).toISOString(), class: 'people', source, n } as const;
      tallies.push(
        { ...of, kind: 'article', subject: id },
        { ...of, kind: 'site', subject: '' },
        ...counted.storylines.map((subject): Tally => ({ ...of, kind: 'storyline', subject })),
        ...(counted.section === null ? [] : [{ ...of, kind: 'section', subject: counted.section } as Tally]),
      );
      if (hour % 3 === 0) {
        const aside = { slot: of.slot, source: 'none' };
        tallies.push({ ...aside, kind: 'site', subject: '', class: 'repeats', n: Math.ceil(n / 6) });
        tallies.push({ ...aside, kind: 'site', subject: '', class: 'bots', n: Math.ceil(n / 4) });
      }
    }
  }
  await databaseLedger(db).append(tallies);
  await foldAll(db, clock);
}
