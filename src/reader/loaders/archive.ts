import { dayIn } from '../../base/clock.ts';
import { tag } from '../../contract/cache-tags.ts';
import { paths } from '../../contract/routes.ts';
import { listStories, type StoryRow } from '../../features/articles/articles.views.ts';
import { archiveMonth, archiveNeighbours } from '../../features/articles/nouns.views.ts';
import type { PageAnswer } from '../../http/route.ts';
import { cardMaker, storyTags } from './cards.ts';
import { htmlAnswer, pageBase, type ReaderContext, readHouse } from './context.ts';
import { itemList } from './jsonld.ts';

/** A day's page shows all of the day; this bounds a day of an import that knew no times. */
const MAX_PER_DAY = 500;

/** `/archive` leads to the newest day that has stories. */
export async function loadArchiveToday(ctx: ReaderContext): Promise<PageAnswer> {
  const house = await readHouse(ctx);
  const { previous } = await archiveNeighbours(ctx.read, '9999-12-31');
  const day = previous ?? dayIn(ctx.now, house.settings.timeZone);
  return {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    tags: [tag.latest, tag.site],
    cache: 'page',
    location: paths.archive(day),
  };
}

export async function loadArchiveDay(
  ctx: ReaderContext,
  parts: { year: string; month: string; day: string },
): Promise<PageAnswer | undefined> {
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  if (!isDay(date)) return undefined;
  const house = await readHouse(ctx);
  const { stories } = await listStories(ctx.read, { day: date }, { limit: MAX_PER_DAY });
  const month = await archiveMonth(ctx.read, date.slice(0, 7));
  const { previous, next } = await archiveNeighbours(ctx.read, date);
  if (
    stories.length === 0 &&
    (previous === undefined || next === undefined) &&
    date !== dayIn(ctx.now, house.settings.timeZone)
  )
    return undefined;
  const monthBefore = await archiveNeighbours(ctx.read, `${date.slice(0, 7)}-01`);
  const monthAfter = await archiveNeighbours(ctx.read, `${date.slice(0, 7)}-32`);
  const card = await cardMaker(ctx, house, stories);
  const counts = new Map(month.map((entry) => [entry.day, entry.count]));
  const cards = stories.map((story: StoryRow) => card(story, { picture: false }));
  return htmlAnswer(
    {
      kind: 'archive-day',
      date,
      ...(previous === undefined ? {} : { previousDay: paths.archive(previous) }),
      ...(next === undefined ? {} : { nextDay: paths.archive(next) }),
      calendar: {
        month: date.slice(0, 7),
        days: daysOf(date.slice(0, 7)).map((day) => {
          const count = counts.get(day) ?? 0;
          return { day: Number(day.slice(8)), count, ...(count > 0 ? { href: paths.archive(day) } : {}) };
        }),
        ...(monthBefore.previous === undefined ? {} : { previousMonth: paths.archive(monthBefore.previous) }),
        ...(monthAfter.next === undefined ? {} : { nextMonth: paths.archive(monthAfter.next) }),
      },
      stories: cards,
      ...pageBase(ctx, house, {
        path: paths.archive(date),
        title: date,
        jsonLd: [itemList(ctx.services.origin, { name: date, stories: cards })],
        ...(stories.length === 0 ? { robots: 'noindex' as const } : {}),
      }),
    },
    { tags: [tag.day(date), tag.latest, ...storyTags(stories)] },
  );
}

function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
}
