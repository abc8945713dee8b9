import { said } from '../../i18n.ts';
import { frontTitles } from '../../strings/front.titles.ts';
import type { Registration } from '../registration.ts';

export const frontRegistration: Registration = {
  screens: [
    {
      path: 'front',
      title: said(frontTitles, 'title'),
      permission: 'articles:read',
      load: () => import('./front.tsx'),
      nav: { group: 'edition', order: 10 },
    },
  ],
  commands: [
    {
      id: 'go-front',
      title: said(frontTitles, 'go'),
      permission: 'articles:read',
      keys: 'g f',
      run: ({ go }) => go('front'),
    },
  ],
};
