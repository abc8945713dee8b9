import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../api.ts';
import { useGo, useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { EmptyState, ErrorState, LinkButton, Rows, Skeleton, TimeOf } from '../../ui/kit.ts';
import { ArticleLine } from './article-line.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { Filters, filterNames } from './filters.tsx';
import { Numbers, useNumbers } from './numbers.tsx';
import type { Article } from './states.tsx';
import { Views } from './views.tsx';

type Page = { readonly items: readonly Article[]; readonly next: string | null };

export function Screen() {
  const text = useText(articlesText);
  const may = useMay();
  const go = useGo();
  const [search] = useScreenSearch();
  const query = Object.fromEntries(
    [...filterNames, 'sort'].flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );
  const pages = useInfiniteQuery({
    queryKey: ['articles', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>('articles', { query: { ...query, limit: 50, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const numbers = useNumbers(pages.data?.pages.map((page) => page.items.map(({ id }) => id)) ?? []);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const key = JSON.stringify(query);
  useEffect(() => setChosen(new Set()), [key]);
  const published = query['sort'] === 'published';
  return (
    <>
      <div className="head">
        <h1>{text.title}</h1>
        {may('articles:write') && (
          <LinkButton to="articles/new" kind="first" icon="plus">
            {text.newArticle}
          </LinkButton>
        )}
      </div>
      <Views query={query} />
      <Filters />
      {chosen.size > 0 && <BulkBar chosen={chosen} onNone={() => setChosen(new Set())} />}
      {pages.isPending ? (
        <Skeleton lines={12} />
      ) : pages.isError ? (
        <ErrorState error={pages.error} retry={() => void pages.refetch()} />
      ) : items.length === 0 ? (
        key === '{}' ? (
          <EmptyState title={text.firstTitle}>{text.first}</EmptyState>
        ) : (
          <EmptyState title={text.emptyTitle}>{text.empty}</EmptyState>
        )
      ) : (
        <Rows
          label={text.list}
          items={items}
          id={(article) => article.id}
          name={(article) => article.headline}
          onOpen={(article) => go(`articles/${article.id}`)}
          chosen={chosen}
          onChoose={setChosen}
          onEnd={() => pages.hasNextPage && !pages.isFetchingNextPage && void pages.fetchNextPage()}
          end={(article) => (
            <>
              <Numbers of={numbers.get(article.id)} />
              <TimeOf instant={(published ? article.firstPublishedAt : null) ?? article.updatedAt} />
            </>
          )}
        >
          {(article) => <ArticleLine article={article} />}
        </Rows>
      )}
    </>
  );
}
