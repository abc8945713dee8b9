import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../../api.ts';
import type { Asset, AssetPage } from './assets.ts';

export type Filters = Readonly<Record<string, string | undefined>>;

const SHOWS: Readonly<Record<string, Filters>> = {
  mine: { mine: '1' },
  alt: { lacks: 'alt' },
  credit: { lacks: 'credit' },
  unused: { unused: '1' },
  expiring: { rights: 'expiring' },
  expired: { rights: 'expired' },
};

/** Pages of the library; `show` is one of the views above. */
export function useAssets(filters: { q?: string; kind?: string; show?: string }) {
  const query: Filters = {
    q: filters.q,
    kind: filters.kind,
    ...SHOWS[filters.show ?? ''],
  };
  const found = useInfiniteQuery({
    queryKey: ['assets', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<AssetPage>('assets', {
        query: { ...query, limit: 48, ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    // The small pictures of what has just come are made in a moment, by a job.
    refetchInterval: ({ state }) => (state.data?.pages[0]?.items.some(isFresh) === true ? 2000 : false),
  });
  const items: Asset[] = found.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...found, items };
}

const FRESH_MS = 60_000;
const isFresh = ({ kind, preview, createdAt }: Asset): boolean =>
  kind === 'picture' && preview === null && Date.now() - Date.parse(createdAt) < FRESH_MS;

/** Reads the library anew: after an upload, after a change. */
export function useRefreshAssets(): () => void {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries({ queryKey: ['assets'] }), [client]);
}
