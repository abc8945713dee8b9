import { useQueries } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ViewCounts } from '../../../contract/audience-answers.ts';
import type { CountsAnswer } from '../../../contract/discussion-answers.ts';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { Icon } from '../../ui/kit.ts';

type Discussed = z.infer<typeof CountsAnswer>;
type Viewed = z.infer<typeof ViewCounts>;

export type StoryNumbers = {
  readonly comments: number;
  /** Comments that wait for a moderator. */
  readonly held: number;
  /** Undefined for what readers cannot see. */
  readonly views: number | undefined;
};

/** What readers make of articles: asked for a page of a list at a time, and again each minute. */
export function useNumbers(pages: readonly (readonly string[])[]): ReadonlyMap<string, StoryNumbers> {
  const may = useMay();
  const [discussed, read] = [may('comments:read'), may('audience:read')];
  return useQueries({
    queries: pages.map((ids) => ({
      queryKey: ['story-numbers', ids],
      refetchInterval: 60_000,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const asked = { query: { articles: ids.join(',') }, signal };
        const [comments, views] = await Promise.all([
          discussed ? api.get<Discussed>('discussion-counts', asked) : undefined,
          read ? api.get<Viewed>('view-counts', asked) : undefined,
        ]);
        return ids.map((id): [string, StoryNumbers] => {
          const { visible = 0, held = 0 } = comments?.counts[id] ?? {};
          return [id, { comments: visible, held, views: views?.counts[id] }];
        });
      },
    })),
    combine: (answers) => new Map(answers.flatMap(({ data = [] }) => data)),
  });
}

export function Numbers({ of }: { readonly of: StoryNumbers | undefined }) {
  const text = useText(articlesText);
  const language = useLanguage();
  if (of === undefined) return null;
  const { comments, held, views } = of;
  return (
    <>
      {views !== undefined && (
        <span className="quiet small figures" title={text.viewCount(views)}>
          <Icon name="eye" /> <span aria-hidden="true">{number(language, views)}</span>
          <span className="unseen">{text.viewCount(views)}</span>
        </span>
      )}
      {(comments > 0 || held > 0) && (
        <span className="quiet small figures" title={text.commentCount(comments)}>
          <Icon name="speech" /> <span aria-hidden="true">{number(language, comments)}</span>
          <span className="unseen">{text.commentCount(comments)}</span>
          {held > 0 && <> ({text.heldCount(held)})</>}
        </span>
      )}
    </>
  );
}
