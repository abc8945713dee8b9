import { said } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import type { Registration } from '../registration.ts';

export const radioRegistration: Registration = {
  screens: [
    {
      path: 'radio',
      title: said(radioText, 'title'),
      permission: 'radio:read',
      load: () => import('./on-air.tsx'),
      nav: { group: 'radio', order: 10 },
    },
    {
      path: 'radio/schedule',
      title: said(radioText, 'scheduleTitle'),
      permission: 'radio:read',
      load: () => import('./schedule.tsx'),
      nav: { group: 'radio', order: 20 },
    },
    {
      path: 'radio/programmes',
      title: said(radioText, 'programmesTitle'),
      permission: 'radio:read',
      load: () => import('./programmes.tsx'),
      nav: { group: 'radio', order: 30 },
    },
  ],
};
