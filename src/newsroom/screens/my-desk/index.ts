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
  ],
};
