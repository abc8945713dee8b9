import { said } from '../../i18n.ts';
import { audienceText } from '../../strings/audience.ts';
import type { Registration } from '../registration.ts';

export const audienceRegistration: Registration = {
  screens: [
    {
      path: 'audience',
      title: said(audienceText, 'title'),
      permission: 'audience:read',
      load: () => import('./dashboard.tsx'),
      nav: { group: 'audience', order: 10 },
    },
    {
      path: 'audience/$articleId',
      title: said(audienceText, 'story'),
      permission: 'audience:read',
      load: () => import('./story.tsx'),
    },
  ],
};
