import type { AudienceNow, AudienceOf, Classes } from '../../contract/audience-answers.ts';
import { topic } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import type { AudienceKind } from '../../storage/tables/audience.ts';
import { storiesById } from '../articles/articles.views.ts';
import { type Hour, hoursOf, mostOf, scoresOf, storyNumbers, totalsOf } from './audience.views.ts';
import type { Present } from './present.ts';
import { scoreAt } from './scores.ts';

const HOUR_MS = 3_600_000;
const LISTED = 15;
const RISING_AMONG = 60;

const none: Classes = { people: 0, repeats: 0, previews: 0, bots: 0, excess: 0 };

/** An hour of which so much of is still to come has fewer views; the hours are given as they are. */
function hourly(rows: readonly Hour[]): { hour: string; people: number; bots: number }[] {
  const hours = new Map<string, { hour: string; people: number; bots: number }>();
  for (const { hour, class: of, n } of rows) {
    const at = hours.get(hour) ?? { hour, people: 0, bots: 0 };
    if (of === 'people') at.people += n;
    if (of === 'bots' || of === 'previews') at.bots += n;
    hours.set(hour, at);
  }
  return [...hours.values()];
}

function bySource(rows: readonly Hour[]): { source: string; people: number }[] {
  const sums = new Map<string, number>();
  for (const row of rows)
    if (row.class === 'people') sums.set(row.source, (sums.get(row.source) ?? 0) + row.n);
  return [...sums].map(([source, people]) => ({ source, people })).toSorted((a, b) => b.people - a.people);
}

/** Readers now, the last day by hours, where people come from, what is read most now and what rises. */
export async function audienceNow(
  db: Reader,
  { present, nowMs }: { present: Present; nowMs: number },
): Promise<AudienceNow> {
  const first = Math.floor(nowMs / HOUR_MS) * HOUR_MS - 23 * HOUR_MS;
  const rows = await hoursOf(db, { kind: 'site', subject: '', since: new Date(first).toISOString() });
  const known = new Map(hourly(rows).map((hour) => [hour.hour, hour]));
  const hours = Array.from({ length: 24 }, (_, index) => {
    const hour = new Date(first + index * HOUR_MS).toISOString();
    return known.get(hour) ?? { hour, people: 0, bots: 0 };
  });
  const today = { ...none };
  for (const row of rows) today[row.class] += row.n;
  const read = await mostOf(db, { measure: 'read', period: 'hour', atMs: nowMs }, RISING_AMONG);
  const fullest = present.fullest('article:', LISTED).map(({ topic: name }) => name.slice('article:'.length));
  const ids = [...new Set([...fullest, ...read.map(({ article }) => article)])];
  const stories = new Map((await storiesById(db, ids)).map((story) => [story.id, story]));
  const numbers = new Map((await storyNumbers(db, ids)).map((each) => [each.id, each]));
  const pace = new Map<string, number>();
  for (const { article, measure, period, score } of await scoresOf(db, ids))
    if (measure === 'read') pace.set(`${article} ${period}`, scoreAt(score, { period, atMs: nowMs }));
  const story = (id: string): AudienceNow['reading'] => {
    const found = stories.get(id);
    if (found === undefined) return [];
    const { path, headline, language, publishedAt } = found;
    return [
      {
        id,
        path,
        headline,
        language,
        publishedAt,
        readers: present.readers(topic.article(id)),
        views: numbers.get(id)?.views ?? 0,
        perHour: Math.round((pace.get(`${id} hour`) ?? 0) * 10) / 10,
      },
    ];
  };
  const rising = ids
    .map((id) => {
      const hour = pace.get(`${id} hour`) ?? 0;
      // A day's sum weighs the last 24 hours on average: its pace of one hour. One view more keeps the new ones from infinity.
      const usual = ((pace.get(`${id} day`) ?? 0) + 1) / 24;
      return { id, hour, times: hour / Math.max(usual, 0.25) };
    })
    .filter(({ hour, times }) => hour >= 2 && times > 1.5)
    .toSorted((a, b) => b.times * Math.log2(1 + b.hour) - a.times * Math.log2(1 + a.hour))
    .slice(0, LISTED);
  const reading = [...fullest, ...read.map(({ article }) => article).filter((id) => !fullest.includes(id))];
  return {
    readers: present.readers(topic.site),
    today,
    hours,
    sources: bySource(rows),
    reading: reading.flatMap(story).slice(0, LISTED),
    rising: rising.flatMap(({ id, times }) =>
      story(id).map((each) => ({ ...each, times: Math.round(times * 10) / 10 })),
    ),
  };
}

/** One thing, hour by hour for a week. */
export async function audienceOf(
  db: Reader,
  { kind, subject }: { kind: AudienceKind; subject: string },
  { present, nowMs }: { present: Present; nowMs: number },
): Promise<AudienceOf> {
  const rows = await hoursOf(db, { kind, subject, since: new Date(nowMs - 7 * 24 * HOUR_MS).toISOString() });
  const total = (await totalsOf(db, { kind, subjects: [subject] })).get(subject);
  const { people, repeats, previews, bots, excess } = total ?? none;
  return {
    id: subject,
    readers: kind === 'article' || kind === 'storyline' ? present.readers(`${kind}:${subject}`) : 0,
    total: { people, repeats, previews, bots, excess },
    hours: hourly(rows),
    sources: bySource(rows),
  };
}
