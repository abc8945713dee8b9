import { said } from '../../i18n.ts';
import { settingsTitles } from '../../strings/settings.titles.ts';
import type { Registration } from '../registration.ts';

export const settingsRegistration: Registration = {
  screens: [
    {
      path: 'settings',
      title: said(settingsTitles, 'site'),
      permission: 'settings:read',
      load: () => import('./site-settings.tsx'),
      nav: { group: 'house', order: 10 },
    },
    {
      path: 'sections',
      title: said(settingsTitles, 'sections'),
      permission: 'taxonomy:read',
      load: () => import('./sections.tsx'),
      nav: { group: 'edition', order: 50 },
    },
    {
      path: 'authors',
      title: said(settingsTitles, 'authors'),
      permission: 'taxonomy:read',
      load: () => import('./authors.tsx'),
      nav: { group: 'edition', order: 60 },
    },
    {
      path: 'sources',
      title: said(settingsTitles, 'sources'),
      permission: 'taxonomy:read',
      load: () => import('./sources.tsx'),
      nav: { group: 'edition', order: 70 },
    },
  ],
  commands: [
    {
      id: 'go-settings',
      title: said(settingsTitles, 'goSettings'),
      permission: 'settings:read',
      keys: 'g s',
      run: ({ go }) => go('settings'),
    },
  ],
};
