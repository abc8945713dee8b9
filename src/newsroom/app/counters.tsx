import { useQuery } from '@tanstack/react-query';

const EVERY_MS = 60_000;

/** How many things wait behind a screen of the navigation. */
export function Counter({
  queryKey,
  count,
}: {
  readonly queryKey: readonly string[];
  readonly count: () => Promise<number>;
}) {
  const { data = 0 } = useQuery({ queryKey, queryFn: count, refetchInterval: EVERY_MS });
  return data === 0 ? null : <span className="counter">{data > 99 ? '99+' : data}</span>;
}
