import { said } from '../../i18n.ts';
import { taxonomyTitles } from '../../strings/taxonomy.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Registration } from '../registration.ts';

export const taxonomyRegistration: Registration = {
  screens: [
    {
      path: 'storylines',
      title: said(taxonomyTitles, 'storylines'),
      permission: 'taxonomy:read',
      load: () => import('./storylines.tsx'),
      nav: { group: 'edition', order: 30 },
    },
    {
      path: 'storylines/$storylineId',
      title: said(taxonomyTitles, 'storyline'),
      permission: 'taxonomy:read',
      load: () => import('./storyline.tsx'),
    },
    {
      path: 'concepts',
      title: said(taxonomyTitles, 'concepts'),
      permission: 'taxonomy:read',
      load: () => import('./concepts.tsx'),
      nav: { group: 'edition', order: 40 },
    },
    {
      path: 'concepts/$conceptId',
      title: said(taxonomyTitles, 'concept'),
      permission: 'taxonomy:read',
      load: () => import('./concept.tsx'),
    },
  ],
  commands: [
    {
      id: 'go-storylines',
      title: said(taxonomyTitles, 'goStorylines'),
      permission: 'taxonomy:read',
      keys: 'g l',
      run: ({ go }) => go('storylines'),
    },
    {
      id: 'go-concepts',
      title: said(taxonomyTitles, 'goConcepts'),
      permission: 'taxonomy:read',
      keys: 'g c',
      run: ({ go }) => go('concepts'),
    },
    {
      id: 'new-storyline',
      title: said(paletteText, 'newStoryline'),
      permission: 'taxonomy:write',
      run: ({ go }) => go('storylines/new'),
    },
    {
      id: 'new-concept',
      title: said(paletteText, 'newConcept'),
      words: said(paletteText, 'newConceptWords'),
      permission: 'taxonomy:write',
      run: ({ go }) => go('concepts/new'),
    },
  ],
};
