import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { topic } from '../../../contract/live.ts';
import type { QueueCounts, QueueItem } from '../../../contract/moderation-answers.ts';
import type { QueueName, StandardsParagraph } from '../../../contract/moderation.ts';
import { api } from '../../api.ts';
import { useLanguage } from '../../i18n.ts';
import { useLive } from '../../live.ts';

type Page = { readonly items: readonly QueueItem[]; readonly next: string | null };
export type Standards = {
  readonly version: number;
  readonly publishedAt: string | null;
  readonly note: string;
  readonly texts: Readonly<Record<string, readonly StandardsParagraph[]>>;
};

export function useCounts() {
  return useQuery({
    queryKey: ['moderation', 'counts'],
    queryFn: () => api.get<QueueCounts>('moderation/counts'),
  });
}

export function useStandards() {
  return useQuery({
    queryKey: ['standards'],
    queryFn: () => api.get<Standards>('community-standards'),
    staleTime: 60_000,
  });
}

/** The paragraphs of the standards in the language of whoever looks, or the nearest there is. */
export function useParagraphs(): readonly StandardsParagraph[] {
  const language = useLanguage();
  const texts = useStandards().data?.texts ?? {};
  return texts[language] ?? texts['en'] ?? Object.values(texts)[0] ?? [];
}

/** A queue, page by page. It does not move under whoever reads: what was decided goes, what comes is offered. */
export function useQueue(queue: QueueName) {
  const client = useQueryClient();
  const key = ['moderation', 'queue', queue];
  const [moved, setMoved] = useState(false);
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      api.get<Page>(`moderation/queues/${queue}`, { query: { limit: 50, after: pageParam } }),
    getNextPageParam: (last) => last.next ?? undefined,
    refetchOnWindowFocus: false,
  });
  type Data = NonNullable<typeof query.data>;
  const change = (map: (item: QueueItem) => QueueItem | undefined): void =>
    void client.setQueryData<Data>(key, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.flatMap((item) => map(item) ?? []),
            })),
          },
    );
  useLive([topic.newsroom('moderation')], (message) => {
    if (message.type === 'moderation.queues') {
      client.setQueryData(['moderation', 'counts'], message.data.counts);
      setMoved(true);
    } else if (message.type === 'moderation.claims') {
      const { comments, by, until } = message.data;
      change((item) =>
        comments.includes(item.id)
          ? { ...item, claim: by === null || until === null ? null : { by, until } }
          : item,
      );
    } else if (message.type === 'reset') setMoved(true);
  });
  return {
    ...query,
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    moved,
    change,
    refresh: () => {
      setMoved(false);
      void client.invalidateQueries({ queryKey: ['moderation'] });
    },
  };
}
