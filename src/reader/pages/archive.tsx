import type { VNode } from 'preact';
import type { ArchiveDayPage as Model } from '../../contract/pages.ts';
import { Empty } from '../components/bits.tsx';
import { StoryList } from '../components/card.tsx';
import type { Ui } from '../ui.ts';
import { PageHead } from './lists.tsx';

type Day = Model['calendar']['days'][number];

/** Weeks of a month, Monday first, with empty places before its first day. */
function weeksOf(month: string, days: readonly Day[]): (Day | undefined)[][] {
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
  const places: (Day | undefined)[] = [...Array.from({ length: before }, () => undefined), ...days];
  const weeks: (Day | undefined)[][] = [];
  for (let at = 0; at < places.length; at += 7) weeks.push(places.slice(at, at + 7));
  return weeks;
}

function Calendar({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { month, days, previousMonth, nextMonth } = page.calendar;
  const shown = page.date.startsWith(month) ? Number(page.date.slice(8)) : undefined;
  return (
    <aside class="rail calendar" aria-label={ui.t.calendar}>
      <table>
        <caption>{ui.fmt.day(month)}</caption>
        <thead>
          <tr>
            {ui.fmt.weekdays().map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month, days).map((week) => (
            <tr>
              {week.map((day) => (
                <td>
                  {day?.href === undefined ? (
                    <span>{day?.day}</span>
                  ) : (
                    <a
                      href={day.href}
                      aria-current={day.day === shown ? 'date' : undefined}
                      title={ui.fmt.count(ui.t.articles, day.count)}
                    >
                      {day.day}
                    </a>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="calendar-steps">
        {previousMonth === undefined ? <span /> : <a href={previousMonth}>{ui.t.previousMonth}</a>}
        {nextMonth !== undefined && <a href={nextMonth}>{ui.t.nextMonth}</a>}
      </p>
    </aside>
  );
}

/** All of one day, in the site's zone. */
export function ArchiveDayPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  return (
    <>
      <PageHead kicker={ui.t.archive} title={<time datetime={page.date}>{ui.fmt.longDay(page.date)}</time>}>
        <p class="facts">
          <span class="num">{ui.fmt.count(ui.t.articles, page.stories.length)}</span>
        </p>
      </PageHead>
      <div class="with-rail">
        {page.stories.length === 0 ? <Empty ui={ui} /> : <StoryList ui={ui} stories={page.stories} />}
        <Calendar ui={ui} page={page} />
      </div>
      <nav class="pager" aria-label={ui.t.pages}>
        {page.previousDay === undefined ? (
          <span />
        ) : (
          <a rel="prev" href={page.previousDay}>
            <span class="arrow back" aria-hidden="true" />
            {ui.t.previousDay}
          </a>
        )}
        {page.nextDay !== undefined && (
          <a rel="next" href={page.nextDay}>
            {ui.t.nextDay}
            <span class="arrow" aria-hidden="true" />
          </a>
        )}
      </nav>
    </>
  );
}
