import { type UseQueryOptions, useQuery } from '@tanstack/react-query';

/** How many things wait behind a screen of the navigation: by its path, a query that tells a number. */
const counted = new Map<string, UseQueryOptions<number>>();

/** Shows a number beside a screen of the navigation while it is not nought. */
export function provideCounter(path: string, query: UseQueryOptions<number>): void {
  counted.set(path, query);
}

export function Counter({ of }: { readonly of: string }) {
  const query = counted.get(of);
  return query === undefined ? null : <Count query={query} />;
}

function Count({ query }: { readonly query: UseQueryOptions<number> }) {
  const { data = 0 } = useQuery(query);
  return data === 0 ? null : <span className="counter">{data > 99 ? '99+' : data}</span>;
}
