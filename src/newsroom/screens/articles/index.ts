import type { z } from 'zod';
import type { PersonAnswer } from '../../../contract/lists.ts';
import type { ConceptAnswer, StorylineAnswer } from '../../../contract/noun-answers.ts';
import { api } from '../../api.ts';
import { said } from '../../i18n.ts';
import { articlesTitles } from '../../strings/articles.titles.ts';
import type { Hit, Registration } from '../registration.ts';
import type { Article } from './states.tsx';

type List<T> = { readonly items: readonly T[] };
const find = <T>(rest: string, query: Record<string, string | number>, signal: AbortSignal) =>
  api.get<List<T>>(rest, { query: { limit: 8, ...query }, signal }).then(({ items }) => items);

export const articlesRegistration: Registration = {
  screens: [
    {
      path: 'articles',
      title: said(articlesTitles, 'title'),
      permission: 'articles:read',
      load: () => import('./article-list.tsx'),
      nav: { group: 'work', order: 20 },
    },
    {
      path: 'articles/new',
      title: said(articlesTitles, 'newArticle'),
      permission: 'articles:write',
      load: () => import('./new-article.tsx'),
    },
  ],
  commands: [
    {
      id: 'go-articles',
      title: said(articlesTitles, 'goArticles'),
      permission: 'articles:read',
      keys: 'g a',
      run: ({ go }) => go('articles'),
    },
    {
      id: 'new-article',
      title: said(articlesTitles, 'newArticle'),
      permission: 'articles:write',
      keys: 'c',
      run: ({ go }) => go('articles/new'),
    },
    {
      id: 'all-drafts',
      title: said(articlesTitles, 'goDrafts'),
      permission: 'articles:read',
      keys: 'g d',
      run: ({ go }) => go('articles?state=draft'),
    },
  ],
  finders: [
    {
      id: 'articles',
      title: said(articlesTitles, 'articles'),
      permission: 'articles:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await find<Article>('articles', { q: `${text}*` }, signal)).map((article) => ({
          id: article.id,
          label: article.headline,
          note: article.language,
          to: `articles/${article.id}`,
        })),
    },
    {
      id: 'storylines',
      title: said(articlesTitles, 'storylines'),
      permission: 'taxonomy:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await find<z.infer<typeof StorylineAnswer>>('storylines', { q: text }, signal)).map((line) => ({
          id: line.id,
          label: line.title,
          note: String(line.articleCount),
          to: `articles?storyline=${line.id}`,
        })),
    },
    {
      id: 'concepts',
      title: said(articlesTitles, 'concepts'),
      permission: 'taxonomy:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await find<z.infer<typeof ConceptAnswer>>('concepts', { q: text }, signal)).map((concept) => ({
          id: concept.id,
          label: concept.name,
          note: concept.kind,
          to: `articles?concept=${concept.id}`,
        })),
    },
    {
      id: 'people',
      title: said(articlesTitles, 'people'),
      permission: 'articles:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await find<z.infer<typeof PersonAnswer>>('people', { q: text }, signal)).map((person) => ({
          id: person.id,
          label: person.name,
          note: person.role,
          to: `articles?assignee=${person.id}`,
        })),
    },
  ],
};
