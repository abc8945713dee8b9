import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { SiteSettings } from '../../../contract/site.ts';
import { api, Refusal } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { say, sayFault } from '../../ui/kit.ts';

export type Settings = z.output<typeof SiteSettings>;

/** What a part of the settings is given to show and to change. */
export type PartProps = {
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
  readonly fault: (pointer: string) => string | undefined;
};

/** The settings as they are being edited, what is wrong with them, and the way to save them. */
export function useSettings() {
  const text = useText(settingsText);
  const queries = useQueryClient();
  const read = useQuery({
    queryKey: ['settings', 'site', 'edit'],
    queryFn: () => api.read<Settings>('settings/site'),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  const [change, setChange] = useState<Partial<Settings>>({});
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const settings = read.data === undefined ? undefined : { ...read.data.body, ...change };
  const save = useMutation({
    mutationFn: () => {
      if (read.data?.etag === undefined || settings === undefined) throw new Error('nothing was read');
      return api.put<Settings>('settings/site', settings, { ifMatch: read.data.etag });
    },
    onSuccess: (answer) => {
      queries.setQueryData(['settings', 'site', 'edit'], answer);
      setChange({});
      setFaults({});
      void queries.invalidateQueries({ queryKey: ['settings', 'site'], exact: true });
      say({ title: text.saved });
    },
    onError: (cause) => {
      if (!(cause instanceof Refusal)) return sayFault(cause);
      setFaults(cause.fields);
      if (cause.status === 412) {
        // The others' settings are read; what was changed here stays on top of them.
        void read.refetch();
        return say({ title: text.moved, fault: true });
      }
      return sayFault(cause);
    },
  });
  return {
    settings,
    error: read.error,
    retry: () => void read.refetch(),
    set: (next: Partial<Settings>) => setChange({ ...change, ...next }),
    changed: Object.keys(change).length > 0,
    fault: (pointer: string) => faults[pointer],
    save,
  };
}
