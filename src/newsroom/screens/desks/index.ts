import { said } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import type { Registration } from '../registration.ts';

export const desksRegistration: Registration = {
  screens: [
    {
      path: 'desks',
      title: said(desksText, 'desks'),
      permission: 'desks:read',
      load: () => import('./queue.tsx'),
      nav: { group: 'work', order: 30 },
    },
    {
      path: 'desks/$deskId',
      title: said(desksText, 'editDesk'),
      permission: 'desks:manage',
      load: () => import('./rules.tsx'),
    },
    {
      path: 'schedules',
      title: said(desksText, 'calendar'),
      permission: 'articles:read',
      load: () => import('./calendar.tsx'),
      nav: { group: 'edition', order: 20 },
    },
    {
      path: 'articles/$articleId/work',
      title: said(desksText, 'publishing'),
      permission: 'articles:read',
      load: () => import('./work-screen.tsx'),
    },
  ],
  commands: [
    {
      id: 'go-desks',
      title: said(desksText, 'goDesks'),
      permission: 'desks:read',
      keys: 'g q',
      run: ({ go }) => go('desks'),
    },
    {
      id: 'go-schedules',
      title: said(desksText, 'goCalendar'),
      permission: 'articles:read',
      keys: 'g s',
      run: ({ go }) => go('schedules'),
    },
    {
      id: 'new-desk',
      title: said(desksText, 'newDesk'),
      permission: 'desks:manage',
      run: ({ go }) => go('desks/new'),
    },
  ],
};
