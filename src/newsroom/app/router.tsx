import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { screens } from './commands.ts';
import type { Screen } from '../screens/registration.ts';
import { Skeleton } from '../ui/states.tsx';
import { Guard } from './guard.tsx';
import { NothingHere, Shell, ShellFault, ShellPending } from './shell.tsx';
import { meQuery } from './session.ts';

type Context = { readonly queries: QueryClient };

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NothingHere,
  errorComponent: ShellFault,
  pendingComponent: ShellPending,
  loader: ({ context }) => context.queries.ensureQueryData(meQuery),
});

function routeOf(screen: Screen) {
  const Lazy = lazy(async () => ({ default: (await screen.load()).Screen }));
  return createRoute({
    getParentRoute: () => root,
    path: `/${screen.path}`,
    component: () => (
      <Guard screen={screen}>
        <Suspense fallback={<Skeleton />}>
          <Lazy />
        </Suspense>
      </Guard>
    ),
  });
}

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren(screens.map(routeOf)),
    basepath: '/newsroom',
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    scrollRestoration: true,
    // Search parameters are plain text: an address can be read and written by hand.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(search as Record<string, unknown>))
        if (typeof value === 'string' && value !== '') query.set(name, value);
      return query.size === 0 ? '' : `?${query.toString()}`;
    },
  });
}
