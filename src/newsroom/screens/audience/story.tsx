import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AudienceOf } from '../../../contract/audience-answers.ts';
import { topic } from '../../../contract/live.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { useLive } from '../../live.ts';
import { audienceText } from '../../strings/audience.ts';
import { ErrorState, Skeleton } from '../../ui/kit.ts';
import { Figure, Hours, Sources } from './figures.tsx';

export function Screen() {
  const text = useText(audienceText);
  const queries = useQueryClient();
  const { articleId = '' } = useParams({ strict: false }) as { articleId?: string };
  const key = ['audience', articleId];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<AudienceOf>(`audience/articles/${articleId}`, { signal }),
  });
  // With a topic of the house beside it, who looks at the numbers is none of the readers.
  useLive([topic.article(articleId), topic.newsroom('audience')], ({ type }) => {
    if (type === 'numbers' || type === 'reset') void queries.invalidateQueries({ queryKey: key });
  });
  if (data === undefined)
    return error === null ? <Skeleton /> : <ErrorState error={error} retry={() => void refetch()} />;
  const { total } = data;
  return (
    <div className="aud">
      <h1>{text.story}</h1>
      <dl className="aud-figures">
        <Figure value={data.readers} label={text.readersNow} />
        <Figure value={total.people} label={text.views} />
        <Figure value={total.bots + total.previews} label={text.programs} />
        <Figure value={total.repeats + total.excess} label={text.repeats} />
        {data.clicks !== undefined && <Figure value={data.clicks} label={text.clicks} />}
      </dl>
      <Hours hours={data.hours} />
      <section>
        <h2>{text.sources}</h2>
        <Sources sources={data.sources} />
      </section>
    </div>
  );
}
