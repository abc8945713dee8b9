import { useQuery } from '@tanstack/react-query';
import type { EditorView } from '@tiptap/pm/view';
import { useEffect } from 'react';
import type { Thread } from '../../../contract/shared/answers.ts';
import { api } from '../../api.ts';
import { threadsQueryKey } from './server.ts';
import { threadsKey } from './text/threads.ts';

/** The conversations about an article, oldest first; undefined while they are read. */
export function useThreads(articleId: string): readonly Thread[] | undefined {
  const { data } = useQuery({
    queryKey: threadsQueryKey(articleId),
    queryFn: () => api.get<{ items: Thread[] }>(`articles/${articleId}/shared/threads`),
  });
  return data?.items;
}

/** Marks in the text what is talked about, whatever stands beside it. */
export function useMarkedThreads(
  articleId: string,
  { view, chosen }: { readonly view: EditorView | undefined; readonly chosen: string | undefined },
): void {
  const items = useThreads(articleId);
  useEffect(() => {
    if (view === undefined || items === undefined) return;
    const threads = items.filter(({ state }) => state === 'open');
    view.dispatch(view.state.tr.setMeta(threadsKey, { threads, chosen }).setMeta('addToHistory', false));
  }, [view, items, chosen]);
}
