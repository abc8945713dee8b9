import { said } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import type { Registration } from '../registration.ts';

export const settingsRegistration: Registration = {
  screens: [
    {
      path: 'settings',
      title: said(settingsText, 'site'),
      permission: 'settings:read',
      load: () => import('./site-settings.tsx'),
      nav: { group: 'house', order: 10 },
    },
    {
      path: 'sections',
      title: said(settingsText, 'sections'),
      permission: 'taxonomy:read',
      load: () => import('./sections.tsx'),
      nav: { group: 'edition', order: 50 },
    },
    {
      path: 'authors',
      title: said(settingsText, 'authors'),
      permission: 'taxonomy:read',
      load: () => import('./authors.tsx'),
      nav: { group: 'edition', order: 60 },
    },
    {
      path: 'sources',
      title: said(settingsText, 'sources'),
      permission: 'taxonomy:read',
      load: () => import('./sources.tsx'),
      nav: { group: 'edition', order: 70 },
    },
  ],
  commands: [
    {
      id: 'go-settings',
      title: said(settingsText, 'goSettings'),
      permission: 'settings:read',
      keys: 'g s',
      run: ({ go }) => go('settings'),
    },
  ],
};
