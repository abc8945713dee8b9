import { said } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import type { Registration } from '../registration.ts';

export const taxonomyRegistration: Registration = {
  screens: [
    {
      path: 'storylines',
      title: said(taxonomyText, 'storylines'),
      permission: 'taxonomy:read',
      load: () => import('./storylines.tsx'),
      nav: { group: 'edition', order: 30 },
    },
    {
      path: 'storylines/$storylineId',
      title: said(taxonomyText, 'storyline'),
      permission: 'taxonomy:read',
      load: () => import('./storyline.tsx'),
    },
    {
      path: 'concepts',
      title: said(taxonomyText, 'concepts'),
      permission: 'taxonomy:read',
      load: () => import('./concepts.tsx'),
      nav: { group: 'edition', order: 40 },
    },
    {
      path: 'concepts/$conceptId',
      title: said(taxonomyText, 'concept'),
      permission: 'taxonomy:read',
      load: () => import('./concept.tsx'),
    },
  ],
  commands: [
    {
      id: 'go-storylines',
      title: said(taxonomyText, 'goStorylines'),
      permission: 'taxonomy:read',
      keys: 'g l',
      run: ({ go }) => go('storylines'),
    },
    {
      id: 'go-concepts',
      title: said(taxonomyText, 'goConcepts'),
      permission: 'taxonomy:read',
      keys: 'g c',
      run: ({ go }) => go('concepts'),
    },
  ],
};
