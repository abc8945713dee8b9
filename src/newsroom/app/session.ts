import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { MeAnswer } from '../../contract/account-answers.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { SiteSettings } from '../../contract/site.ts';
import { paths } from '../../contract/routes.ts';
import { api } from '../api.ts';

export type Me = z.infer<typeof MeAnswer>;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    const me = await api.get<Me>('me');
    // Nothing is open before a passkey or a second factor is set up; that is done on the account's own pages.
    if (me.session?.limited === true) location.assign(paths.account('security'));
    return me;
  },
  staleTime: 60_000,
});

export const siteQuery = queryOptions({
  queryKey: ['settings', 'site'],
  queryFn: () => api.get<SiteSettings>('settings/site'),
  staleTime: 60_000,
});

/** Who is signed in. The shell shows nothing before this is known. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the person who is signed in may; without a permission asked for, yes. */
export function useMay(): (permission: Permission | undefined) => boolean {
  const { permissions } = useMe();
  return (permission) => permission === undefined || permissions.includes(permission);
}

const BEFORE: Pick<SiteSettings, 'name' | 'timeZone' | 'languages'> = {
  name: '',
  timeZone: 'UTC',
  languages: ['en'],
};

/** The site's name, zone and languages; UTC until they have come. */
export function useSite(): Pick<SiteSettings, 'name' | 'timeZone' | 'languages'> {
  return useQuery(siteQuery).data ?? BEFORE;
}
