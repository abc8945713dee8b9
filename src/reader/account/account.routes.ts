import type { RawRoute } from '../../http/route.ts';
import { codesPages } from './codes.routes.tsx';
import type { AccountPageServices } from './frame.tsx';
import { ownPages } from './own.routes.tsx';
import { providerPages } from './provider.routes.tsx';
import { signInPages } from './sign-in.routes.tsx';

/** The reader's own pages: they read the session's cookie, and work without JavaScript. */
export const accountPages: readonly RawRoute<AccountPageServices>[] = [
  ...signInPages,
  ...providerPages,
  ...ownPages,
  ...codesPages,
];
