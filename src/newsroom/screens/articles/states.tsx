import type { z } from 'zod';
import type { ArticleSummary } from '../../../contract/article-answers.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { Badge, type BadgeMark } from '../../ui/kit.ts';

export type Article = z.infer<typeof ArticleSummary>;

export const stateNames = {
  draft: 'draft',
  desk: 'onDesk',
  ready: 'ready',
  scheduled: 'scheduled',
  published: 'published',
  killed: 'killed',
  taken_down: 'takenDown',
} as const satisfies Record<Article['state'], keyof (typeof articlesText)['en']>;

const MARKS: Readonly<Record<Article['state'], BadgeMark>> = {
  draft: 'open',
  desk: 'half',
  ready: 'half',
  scheduled: 'half',
  published: 'full',
  killed: 'ended',
  taken_down: 'ended',
};

/** Where an article stands, in its word and with its mark. */
export function StateOf({ article }: { readonly article: Pick<Article, 'state' | 'stage' | 'version'> }) {
  const text = useText(articlesText);
  const renewed = article.version > 0 && article.stage !== null;
  return (
    <Badge mark={MARKS[article.state]}>
      {text[stateNames[article.state]]}
      {renewed && <span className="quiet"> · {text.newWork}</span>}
    </Badge>
  );
}
