import { said } from '../../i18n.ts';
import { auditText } from '../../strings/audit.ts';
import { mailText } from '../../strings/mail.ts';
import { peopleText } from '../../strings/people.ts';
import type { Registration } from '../registration.ts';

export const peopleRegistration: Registration = {
  screens: [
    {
      path: 'people',
      title: said(peopleText, 'title'),
      permission: 'users:manage',
      load: () => import('./people.tsx'),
      nav: { group: 'house', order: 10 },
    },
    {
      path: 'keys',
      title: said(peopleText, 'tokens'),
      permission: 'tokens:manage',
      load: () => import('./tokens.tsx'),
      nav: { group: 'house', order: 20 },
    },
    {
      path: 'audit',
      title: said(auditText, 'title'),
      permission: 'audit:read',
      load: () => import('../audit/audit.tsx'),
      nav: { group: 'house', order: 30 },
    },
    {
      path: 'mail',
      title: said(mailText, 'title'),
      permission: 'mail:manage',
      load: () => import('../mail/mail.tsx'),
      nav: { group: 'house', order: 40 },
    },
  ],
};
