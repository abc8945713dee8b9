import type { DeskAnswer } from '../../../contract/desks.ts';
import { api } from '../../api.ts';
import { beginsWords } from '../../app/words.ts';
import { said } from '../../i18n.ts';
import { desksTitles } from '../../strings/desks.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Registration } from '../registration.ts';

export const desksRegistration: Registration = {
  screens: [
    {
      path: 'desks',
      title: said(desksTitles, 'desks'),
      permission: 'desks:read',
      load: () => import('./queue.tsx'),
      nav: { group: 'work', order: 30 },
    },
    {
      path: 'desks/$deskId',
      title: said(desksTitles, 'editDesk'),
      permission: 'desks:manage',
      load: () => import('./rules.tsx'),
    },
    {
      path: 'schedules',
      title: said(desksTitles, 'calendar'),
      permission: 'articles:read',
      load: () => import('./calendar.tsx'),
      nav: { group: 'edition', order: 20 },
    },
    {
      path: 'articles/$articleId/work',
      title: said(desksTitles, 'publishing'),
      permission: 'articles:read',
      load: () => import('./work-screen.tsx'),
    },
  ],
  commands: [
    {
      id: 'go-desks',
      title: said(desksTitles, 'goDesks'),
      permission: 'desks:read',
      keys: 'g q',
      run: ({ go }) => go('desks'),
    },
    {
      id: 'go-schedules',
      title: said(desksTitles, 'goCalendar'),
      permission: 'articles:read',
      keys: 'g k',
      run: ({ go }) => go('schedules'),
    },
    {
      id: 'new-desk',
      title: said(desksTitles, 'newDesk'),
      permission: 'desks:manage',
      run: ({ go }) => go('desks/new'),
    },
  ],
  finders: [
    {
      id: 'desks',
      title: said(paletteText, 'desks'),
      permission: 'desks:read',
      find: async (text, signal) => {
        const { items } = await api.get<{ readonly items: readonly DeskAnswer[] }>('desks', {
          query: { limit: 100 },
          signal,
        });
        return items
          .filter(({ name, closed }) => !closed && beginsWords(name, text))
          .slice(0, 6)
          .map(({ id, name, slug }) => ({ id, label: name, to: `desks?desk=${slug}` }));
      },
    },
  ],
};
