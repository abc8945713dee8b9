import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { AudienceNow } from '../../../contract/audience-answers.ts';
import { topic } from '../../../contract/live.ts';
import { api } from '../../api.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { useLive } from '../../live.ts';
import { audienceText } from '../../strings/audience.ts';
import { ErrorState, Skeleton } from '../../ui/kit.ts';
import { Figure, Hours, Sources } from './figures.tsx';

const KEY = ['audience'];
/** Numbers move all the time: they are read anew at most so often. */
const EVERY_MS = 3000;

type Story = AudienceNow['reading'][number] & { readonly times?: number };

function Stories({
  title,
  none,
  stories,
}: {
  readonly title: string;
  readonly none: string;
  readonly stories: readonly Story[];
}) {
  const text = useText(audienceText);
  const language = useLanguage();
  const paced = stories.some((story) => story.times !== undefined);
  return (
    <section>
      <h2>{title}</h2>
      {stories.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <table className="aud-table">
          <thead>
            <tr>
              <th scope="col">{text.headline}</th>
              <th scope="col" className="aud-number">
                {text.readersNow}
              </th>
              <th scope="col" className="aud-number">
                {text.perHour}
              </th>
              <th scope="col" className="aud-number">
                {paced ? text.times : text.views}
              </th>
            </tr>
          </thead>
          <tbody>
            {stories.map((story) => (
              <tr key={story.id}>
                <th scope="row">
                  <Link to={`/audience/${story.id}` as never} lang={story.language} dir="auto">
                    {story.headline}
                  </Link>
                </th>
                <td className="aud-number">{number(language, story.readers)}</td>
                <td className="aud-number">{number(language, Math.round(story.perHour))}</td>
                <td className="aud-number">
                  {story.times === undefined
                    ? number(language, story.views)
                    : `× ${number(language, story.times)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function Screen() {
  const text = useText(audienceText);
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<AudienceNow>('audience', { signal }),
    refetchInterval: 60_000,
  });
  useLive([topic.newsroom('audience')], () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: KEY });
    }, EVERY_MS);
  });
  if (data === undefined)
    return error === null ? <Skeleton /> : <ErrorState error={error} retry={() => void refetch()} />;
  const { today } = data;
  return (
    <div className="aud">
      <h1>{text.title}</h1>
      <dl className="aud-figures">
        <Figure value={data.readers} label={text.readersNow} />
        <Figure value={today.people} label={text.today} />
        <Figure value={today.bots + today.previews} label={text.programs} />
        <Figure value={today.repeats + today.excess} label={text.repeats} />
      </dl>
      <Hours hours={data.hours} />
      <div className="aud-columns">
        <Stories title={text.rising} none={text.risingNone} stories={data.rising} />
        <Stories title={text.reading} none={text.readingNone} stories={data.reading} />
      </div>
      <section>
        <h2>{text.sources}</h2>
        <Sources sources={data.sources} />
      </section>
      <p className="quiet">{text.method}</p>
    </div>
  );
}
