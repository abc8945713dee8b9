import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { Refusal, Unreachable } from '../api.ts';
import { directionOf, LanguageContext } from '../i18n.ts';
import { usePreferences } from '../preferences.ts';
import { Toasts } from '../ui/toast.tsx';
import { Reauthentication } from './doors.tsx';
import { makeRouter } from './router.tsx';

/** What was read stays for half a minute; a refusal is not asked again, a broken line is. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => !(error instanceof Refusal && error.status < 500) && count < 2,
      refetchOnWindowFocus: true,
      networkMode: 'always',
      throwOnError: false,
    },
    mutations: { retry: (count, error) => error instanceof Unreachable && count < 1, networkMode: 'always' },
  },
});

export function App() {
  const { language } = usePreferences();
  const [router] = useState(() => makeRouter(queries));
  return (
    <CSPProvider disableStyleElements>
      <LanguageContext value={language}>
        <DirectionProvider direction={directionOf(language)}>
          <QueryClientProvider client={queries}>
            <Tooltip.Provider delay={500}>
              <RouterProvider router={router} />
              <Reauthentication />
              <Toasts />
            </Tooltip.Provider>
          </QueryClientProvider>
        </DirectionProvider>
      </LanguageContext>
    </CSPProvider>
  );
}
