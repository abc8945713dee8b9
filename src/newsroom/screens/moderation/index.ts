import { said } from '../../i18n.ts';
import { moderationHouseTitles } from '../../strings/moderation-house.titles.ts';
import { moderationRulesTitles } from '../../strings/moderation-rules.titles.ts';
import { moderationTitles } from '../../strings/moderation.titles.ts';
import type { KeyHelp, Registration } from '../registration.ts';

const where = said(moderationTitles, 'keysWhere');
const key = (keys: string, title: Parameters<typeof said<(typeof moderationTitles)['en']>>[1]): KeyHelp => ({
  keys,
  title: said(moderationTitles, title),
  where,
});

export const moderationRegistration: Registration = {
  screens: [
    {
      path: 'moderation',
      title: said(moderationTitles, 'title'),
      permission: 'moderation:read',
      load: () => import('./queues.tsx'),
      nav: { group: 'community', order: 10 },
    },
    {
      path: 'moderation/comments/$commentId',
      title: said(moderationTitles, 'comment'),
      permission: 'moderation:read',
      load: () => import('./comment.tsx'),
    },
    {
      path: 'moderation/people/$personKey',
      title: said(moderationTitles, 'person'),
      permission: 'moderation:read',
      load: () => import('./person.tsx'),
    },
    {
      path: 'moderation/notices',
      title: said(moderationHouseTitles, 'notices'),
      permission: 'moderation:read',
      load: () => import('./notices.tsx'),
      nav: { group: 'community', order: 20 },
    },
    {
      path: 'moderation/rules',
      title: said(moderationRulesTitles, 'rules'),
      permission: 'moderation:read',
      load: () => import('./rules.tsx'),
      nav: { group: 'community', order: 30 },
    },
    {
      path: 'moderation/classifier',
      title: said(moderationRulesTitles, 'classifier'),
      permission: 'moderation:read',
      load: () => import('./classifier.tsx'),
      nav: { group: 'community', order: 40 },
    },
    {
      path: 'moderation/standards',
      title: said(moderationHouseTitles, 'standards'),
      permission: 'moderation:read',
      load: () => import('./standards.tsx'),
      nav: { group: 'community', order: 50 },
    },
    {
      path: 'moderation/transparency',
      title: said(moderationHouseTitles, 'transparency'),
      permission: 'moderation:read',
      load: () => import('./transparency.tsx'),
      nav: { group: 'community', order: 60 },
    },
  ],
  commands: [
    {
      id: 'moderation.queues',
      title: said(moderationTitles, 'queues'),
      permission: 'moderation:read',
      keys: 'g o',
      run: ({ go }) => go('moderation'),
    },
    {
      id: 'moderation.test',
      title: said(moderationRulesTitles, 'tryIt'),
      permission: 'moderation:read',
      run: ({ go }) => go('moderation/rules?part=test'),
    },
  ],
  keys: [
    key('j', 'keyMove'),
    key('k', 'keyMove'),
    key('x', 'keyChoose'),
    key('a', 'approve'),
    key('r', 'reject'),
    key('h', 'hold'),
    key('f', 'feature'),
    key('b', 'ban'),
    key('c', 'claim'),
    key('u', 'undo'),
    key('n', 'addNote'),
    key('enter', 'open'),
  ],
};
