import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { PersonAnswer } from '../../../contract/lists.ts';
import type {
  AuthorAnswer,
  ConceptAnswer,
  SectionAnswer,
  StorylineAnswer,
} from '../../../contract/noun-answers.ts';
import { api } from '../../api.ts';
import type { Finds, Option } from '../../ui/kit.ts';

type List<T> = { readonly items: readonly T[]; readonly next: string | null };
export type Section = z.infer<typeof SectionAnswer>;
type DeskName = { readonly id: string; readonly slug: string; readonly name: string };

/** All of a list that a house has some dozens of. */
async function all<T>(rest: string): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page: List<T> = await api.get(rest, { query: { limit: 100, after } });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined && items.length < 2000);
  return items;
}

export const sectionsQuery = queryOptions({
  queryKey: ['sections'],
  queryFn: () => all<Section>('sections'),
  staleTime: 300_000,
});
export const desksQuery = queryOptions({
  queryKey: ['desks'],
  queryFn: () => all<DeskName>('desks'),
  staleTime: 300_000,
});
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => all<z.infer<typeof PersonAnswer>>('people'),
  staleTime: 300_000,
});

const some = (rest: string, q: string, signal: AbortSignal) =>
  api.get<List<never>>(rest, { query: { limit: 12, q }, signal });

export const findPeople: Finds = async (q, signal) =>
  (
    await api.get<List<z.infer<typeof PersonAnswer>>>('people', { query: { limit: 12, q }, signal })
  ).items.map(({ id, name }) => ({ id, label: name }));
export const findAuthors: Finds = async (q, signal) =>
  ((await some('authors', q, signal)).items as readonly z.infer<typeof AuthorAnswer>[]).map(
    ({ id, name, roleTitle }) => ({ id, label: name, note: roleTitle }),
  );
export const findConcepts: Finds = async (q, signal) =>
  ((await some('concepts', q, signal)).items as readonly z.infer<typeof ConceptAnswer>[]).map(
    ({ id, name, kind }) => ({ id, label: name, note: kind }),
  );
export const findStorylines: Finds = async (q, signal) =>
  ((await some('storylines', q, signal)).items as readonly z.infer<typeof StorylineAnswer>[]).map(
    ({ id, title, articleCount }) => ({ id, label: title, note: String(articleCount) }),
  );

/** The name of a noun that an address names by its id. */
export function nounQuery(noun: 'authors' | 'concepts' | 'storylines', id: string | undefined) {
  return queryOptions({
    queryKey: [noun, id],
    enabled: id !== undefined,
    staleTime: 300_000,
    queryFn: async (): Promise<Option> => {
      const found = await api.get<{ id: string; name?: string; title?: string }>(`${noun}/${id ?? ''}`);
      return { id: found.id, label: found.name ?? found.title ?? '' };
    },
  });
}
