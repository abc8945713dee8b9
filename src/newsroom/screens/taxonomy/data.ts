import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ConceptAnswer, StorylineAnswer } from '../../../contract/noun-answers.ts';
import { api } from '../../api.ts';
import type { Page } from '../desks/data.ts';

export type Storyline = z.infer<typeof StorylineAnswer>;
export type Concept = z.infer<typeof ConceptAnswer>;
export type Timeline = {
  readonly entries: readonly {
    readonly id: string;
    readonly date: string;
    readonly text: string;
    readonly state: 'confirmed' | 'hidden';
    readonly article: { readonly id: string; readonly headline: string; readonly live: boolean } | null;
    readonly own: boolean;
  }[];
  readonly proposals: readonly {
    readonly key: string;
    readonly date: string;
    readonly text: string;
    readonly article: { readonly id: string; readonly headline: string };
  }[];
};

/** A list by how its slugs begin, page after page. */
export function useNouns<T>(path: 'storylines' | 'concepts', q: string) {
  const found = useInfiniteQuery({
    queryKey: [path, 'list', q],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, {
        query: { limit: 50, q: q.toLowerCase(), ...(pageParam === '' ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** Finds nouns for a field that chooses one of many. */
export const findNouns =
  (path: 'storylines' | 'concepts', except?: string) =>
  async (q: string, signal: AbortSignal): Promise<{ id: string; label: string; note?: string }[]> => {
    const { items } = await api.get<Page<Storyline & Concept>>(path, {
      query: { q: q.toLowerCase(), limit: 20 },
      signal,
    });
    return items
      .filter((item) => item.id !== except && item.mergedInto === null)
      .map((item) => ({ id: item.id, label: item.title ?? item.name, note: String(item.articleCount) }));
  };
