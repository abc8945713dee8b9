import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { MyDeskAnswer } from '../../../contract/lists.ts';
import { api } from '../../api.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { deskText } from '../../strings/my-desk.ts';
import { EmptyState, ErrorState, LinkButton, Skeleton, TimeOf } from '../../ui/kit.ts';
import { ArticleLine } from '../articles/article-line.tsx';
import type { Article } from '../articles/states.tsx';

export function Screen() {
  const text = useText(deskText);
  const more = useText(articlesText);
  const me = useMe();
  const may = useMay();
  const desk = useQuery({
    queryKey: ['articles', 'my-desk'],
    queryFn: () => api.get<z.infer<typeof MyDeskAnswer>>('my-desk'),
  });
  const lists = (['returned', 'assigned', 'drafts', 'scheduled', 'published'] as const).filter(
    (name) => (desk.data?.[name].length ?? 0) > 0,
  );
  return (
    <>
      <div className="head">
        <h1>{text.greeting(me.name)}</h1>
      </div>
      {desk.isPending ? (
        <Skeleton />
      ) : desk.isError ? (
        <ErrorState error={desk.error} retry={() => void desk.refetch()} />
      ) : lists.length === 0 ? (
        <EmptyState
          title={text.emptyTitle}
          action={may('articles:write') && <LinkButton to="articles/new">{more.newArticle}</LinkButton>}
        >
          {text.empty}
        </EmptyState>
      ) : (
        <div className="stack loose">
          {lists.map((name) => (
            <section key={name} aria-labelledby={`desk-${name}`} className="stack tight">
              <h2 id={`desk-${name}`}>{text[name]}</h2>
              <ul className="rows">
                {desk.data[name].map((article: Article & { at?: string }) => (
                  <li key={article.id} className="row">
                    <span />
                    <div className="what">
                      <ArticleLine article={article} />
                    </div>
                    <div className="end">
                      <TimeOf instant={article.at ?? article.updatedAt} />
                    </div>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
}
