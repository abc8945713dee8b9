import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

/** The names in the address of a screen: `articleId` of `articles/$articleId`. */
export function useScreenParams(): Readonly<Record<string, string>> {
  return useParams({ strict: false });
}

/** What stands after the question mark, as text; and a way to change some of it without a new entry in the history. */
export function useScreenSearch(): [
  Readonly<Record<string, string | undefined>>,
  (change: Readonly<Record<string, string | undefined>>) => void,
] {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  return [
    search,
    (change) => void navigate({ to: '.', search: { ...search, ...change } as never, replace: true }),
  ];
}

/** Does once what the address asks for, as `new` of `authors?new=1` does, and takes it out of the address. */
export function useAsked(name: string, run: () => void): void {
  const [search, change] = useScreenSearch();
  const asked = search[name] !== undefined;
  useEffect(() => {
    if (!asked) return;
    change({ [name]: undefined });
    run();
    // Only being asked is what it waits for.
  }, [asked]);
}

/** Goes to a screen: `articles/…` below `/newsroom/`, with its search if it has one. */
export function useGo(): (path: string) => void {
  const navigate = useNavigate();
  return (path) => {
    const [to = '', query] = path.split('?');
    const search = Object.fromEntries(new URLSearchParams(query));
    void navigate({ to: `/${to}`, search: search as never });
  };
}
