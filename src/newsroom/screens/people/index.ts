import { said } from '../../i18n.ts';
import { auditTitles } from '../../strings/audit.titles.ts';
import { mailTitles } from '../../strings/mail.titles.ts';
import { peopleTitles } from '../../strings/people.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Registration } from '../registration.ts';

export const peopleRegistration: Registration = {
  screens: [
    {
      path: 'people',
      title: said(peopleTitles, 'title'),
      permission: 'users:manage',
      load: () => import('./people.tsx'),
      nav: { group: 'house', order: 10 },
    },
    {
      path: 'keys',
      title: said(peopleTitles, 'tokens'),
      words: said(paletteText, 'tokensWords'),
      permission: 'tokens:manage',
      load: () => import('./tokens.tsx'),
      nav: { group: 'house', order: 20 },
    },
    {
      path: 'audit',
      title: said(auditTitles, 'title'),
      words: said(paletteText, 'auditWords'),
      permission: 'audit:read',
      load: () => import('../audit/audit.tsx'),
      nav: { group: 'house', order: 30 },
    },
    {
      path: 'mail',
      title: said(mailTitles, 'title'),
      words: said(paletteText, 'mailWords'),
      permission: 'mail:manage',
      load: () => import('../mail/mail.tsx'),
      nav: { group: 'house', order: 40 },
    },
  ],
  commands: [
    {
      id: 'invite',
      title: said(paletteText, 'invite'),
      words: said(paletteText, 'inviteWords'),
      permission: 'users:manage',
      run: ({ go }) => go('people?new=1'),
    },
    {
      id: 'new-token',
      title: said(paletteText, 'newToken'),
      words: said(paletteText, 'tokensWords'),
      permission: 'tokens:manage',
      run: ({ go }) => go('keys?new=1'),
    },
  ],
};
