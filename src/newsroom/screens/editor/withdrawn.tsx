import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ArticleAnswer } from '../../../contract/article-answers.ts';
import { topic } from '../../../contract/live.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { useLive } from '../../live.ts';
import { editorText } from '../../strings/editor.ts';

/** Says that readers find a notice in the place of this story, as long as they do: what is written then reaches nobody by itself. */
export function Withdrawn({ articleId }: { readonly articleId: string }) {
  const text = useText(editorText);
  const queries = useQueryClient();
  const queryKey = ['articles', 'state', articleId];
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await api.get<z.infer<typeof ArticleAnswer>>(`articles/${articleId}`, { signal })).state,
  });
  useLive([topic.newsroom('articles')], (message) => {
    const other = message.type === 'article.published' && message.data.article !== articleId;
    if (!other) void queries.invalidateQueries({ queryKey });
  });
  if (data !== 'killed' && data !== 'taken_down') return null;
  return (
    <p className="notice" role="status">
      {data === 'killed' ? text.isKilled : text.isTakenDown}
    </p>
  );
}
