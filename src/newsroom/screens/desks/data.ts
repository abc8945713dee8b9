import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ArticleSummary } from '../../../contract/article-answers.ts';
import type {
  DeskAnswer,
  PreviewLinkAnswer,
  ReceiptAnswer,
  ScheduleItem,
  WorkAnswer,
} from '../../../contract/desks.ts';
import { api } from '../../api.ts';

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
export type Desk = DeskAnswer;
export type Work = WorkAnswer;
export type Summary = z.infer<typeof ArticleSummary>;
export type Changes = {
  readonly revision: number;
  readonly version: number;
  readonly changes: readonly {
    readonly field: string;
    readonly parts: readonly { readonly op: 'same' | 'insert' | 'delete'; readonly text: string }[];
  }[];
  readonly title: string;
  readonly description: string;
  readonly path: string;
};

export function useDesks() {
  return useQuery({
    queryKey: ['desks'],
    queryFn: async () => (await api.get<Page<Desk>>('desks', { query: { limit: 100 } })).items,
  });
}

/** Where an article stands; asks at the same time whether its links live. */
export function useWork(articleId: string) {
  return useQuery({
    queryKey: ['work', articleId],
    queryFn: () => api.post<Work>(`articles/${articleId}/checks`),
    refetchInterval: (query) =>
      query.state.data?.findings.some((finding) => finding.state === 'waiting') === true ? 2000 : 30_000,
  });
}

export function useChanges(articleId: string, revision: number) {
  return useQuery({
    queryKey: ['changes', articleId, revision],
    queryFn: () => api.post<Changes>(`articles/${articleId}/changes`, { revision }),
  });
}

const ACCOUNTED: ReadonlySet<string | null> = new Set(['correction', 'clarification', 'kill', 'takedown']);

/** The receipts of an article; asked for again and again while one is still to come or incomplete. */
export function useReceipts({ article: articleId, version, lastReason }: Work) {
  return useQuery({
    queryKey: ['receipts', articleId],
    queryFn: async () => (await api.get<Page<ReceiptAnswer>>(`articles/${articleId}/receipts`)).items,
    refetchInterval: ({ state: { data = [] } }) => {
      const due = ACCOUNTED.has(lastReason) && data[0]?.version !== version;
      return due || data.some(({ state }) => state === 'waiting' || state === 'incomplete') ? 2000 : false;
    },
  });
}

export function usePreviews(target: string) {
  return useQuery({
    queryKey: ['previews', target],
    queryFn: async () =>
      (await api.get<Page<PreviewLinkAnswer>>('previews', { query: { target, limit: 50 } })).items,
  });
}

export function useQueue(desk: string) {
  return useQuery({
    queryKey: ['articles', 'desk', desk],
    queryFn: async () => (await api.get<Page<Summary>>('articles', { query: { desk, limit: 100 } })).items,
    refetchInterval: 15_000,
    enabled: desk !== '',
  });
}

export function useCalendar(query: { from?: string; until?: string; state?: string }) {
  return useQuery({
    queryKey: ['schedules', query],
    queryFn: async () =>
      (await api.get<Page<ScheduleItem>>('schedules', { query: { ...query, limit: 100 } })).items,
    refetchInterval: 15_000,
  });
}

/** Reads everything of an article's way anew: after a step. */
export function useRefreshWork(articleId: string): (work?: Work) => void {
  const client = useQueryClient();
  return (work) => {
    if (work !== undefined) client.setQueryData(['work', articleId], work);
    else void client.invalidateQueries({ queryKey: ['work', articleId] });
    for (const key of ['articles', 'schedules']) void client.invalidateQueries({ queryKey: [key] });
    for (const key of ['receipts', 'changes', 'previews'])
      void client.invalidateQueries({ queryKey: [key, articleId] });
  };
}
