import { api } from '../../api.ts';
import { said } from '../../i18n.ts';
import { deskText } from '../../strings/my-desk.ts';
import type { Registration } from '../registration.ts';

export const deskRegistration: Registration = {
  screens: [
    {
      path: '',
      title: said(deskText, 'title'),
      load: () => import('./my-desk.tsx'),
      nav: { group: 'work', order: 10 },
    },
    {
      path: 'mentions',
      title: said(deskText, 'mentions'),
      permission: 'articles:read',
      load: () => import('./mentions.tsx'),
      waiting: {
        key: ['mentions', 'unread'],
        count: async () => (await api.get<{ unread: number }>('mentions/unread')).unread,
      },
      nav: { group: 'work', order: 30 },
    },
  ],
  commands: [
    { id: 'go-desk', title: said(deskText, 'goDesk'), keys: 'g h', run: ({ go }) => go('') },
    {
      id: 'go-mentions',
      title: said(deskText, 'goMentions'),
      permission: 'articles:read',
      keys: 'g m',
      run: ({ go }) => go('mentions'),
    },
  ],
};
