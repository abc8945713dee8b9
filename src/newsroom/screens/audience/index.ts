import { said } from '../../i18n.ts';
import { audienceTitles } from '../../strings/audience.titles.ts';
import type { Registration } from '../registration.ts';

export const audienceRegistration: Registration = {
  screens: [
    {
      path: 'audience',
      title: said(audienceTitles, 'title'),
      permission: 'audience:read',
      load: () => import('./dashboard.tsx'),
      nav: { group: 'audience', order: 10 },
    },
    {
      path: 'audience/$articleId',
      title: said(audienceTitles, 'story'),
      permission: 'audience:read',
      load: () => import('./story.tsx'),
    },
  ],
};
