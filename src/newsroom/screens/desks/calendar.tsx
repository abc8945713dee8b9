import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayIn } from '../../../base/clock.ts';
import { useSite } from '../../app/session.ts';
import { localeOf, useLanguage, useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Badge, EmptyState, ErrorState, Select, Skeleton, TimeOf } from '../../ui/kit.ts';
import { useCalendar } from './data.ts';

const DAY_MS = 86_400_000;
type Show = 'waiting' | 'failed' | 'fired' | 'all';

/** What is due, by day of the site; what came late and what failed. */
export function Screen() {
  const text = useText(desksText);
  const language = useLanguage();
  const { timeZone } = useSite();
  const [show, setShow] = useState<Show>('waiting');
  const [from] = useState(() => new Date(Date.now() - 14 * DAY_MS).toISOString());
  const past = show !== 'waiting';
  const { data, error, refetch } = useCalendar({
    ...(show === 'all' ? {} : { state: show }),
    ...(past ? { from } : {}),
  });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  const days = Map.groupBy(data ?? [], (item) => dayIn(item.at, timeZone));
  const dayName = new Intl.DateTimeFormat(localeOf(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return (
    <div className="stack loose">
      <div className="line apart">
        <h1>{text.calendar}</h1>
        <Select<Show>
          label={text.show}
          value={show}
          choices={(['waiting', 'failed', 'fired', 'all'] as const).map((value) => ({
            value,
            label: text.scheduleShow[value],
          }))}
          onChange={setShow}
        />
      </div>
      <p className="quiet small">{text.siteZone(timeZone)}</p>
      {data === undefined && <Skeleton />}
      {data?.length === 0 && <EmptyState title={text.nothingDue} />}
      {[...days].map(([day, items]) => (
        <section key={day} aria-label={day}>
          <h2>{dayName.format(Date.parse(`${day}T12:00:00Z`))}</h2>
          <ul className="plainlist calendar">
            {items.map((item) => (
              <li key={item.id} data-state={item.state}>
                <span className="figures">
                  <TimeOf instant={item.at} date={false} />
                </span>
                <span>
                  <Link to={`/articles/${item.article}/work`} className="headline" dir="auto">
                    {item.headline}
                  </Link>
                  <span className="quiet small">
                    {' '}
                    {text.revisionOf(item.revision)}
                    {item.latestRevision !== item.revision && ` · ${text.newerThere(item.latestRevision)}`}
                    {item.reason !== null && ` · ${text.reasonName[item.reason]}`}
                    {item.by !== null && ` · ${item.by.name}`}
                  </span>
                  {item.failure !== null && (
                    <p className="small" role="alert">
                      {item.failure}
                    </p>
                  )}
                </span>
                <span>
                  <Badge mark={item.state === 'waiting' ? 'half' : item.state === 'fired' ? 'full' : 'ended'}>
                    {item.overdue ? text.overdue : text.scheduleState[item.state]}
                  </Badge>
                  {item.lateMs !== null && item.lateMs > 60_000 && (
                    <span className="small"> {text.late(Math.round(item.lateMs / 60_000))}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
