import type { z } from 'zod';
import type { ProgrammeAnswer } from '../../../contract/radio-answers.ts';
import { api } from '../../api.ts';
import { beginsWords } from '../../app/words.ts';
import { said } from '../../i18n.ts';
import { radioTitles } from '../../strings/radio.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Registration } from '../registration.ts';

export const radioRegistration: Registration = {
  screens: [
    {
      path: 'radio',
      title: said(radioTitles, 'title'),
      words: said(paletteText, 'radioWords'),
      permission: 'radio:read',
      load: () => import('./on-air.tsx'),
      nav: { group: 'radio', order: 10 },
    },
    {
      path: 'radio/schedule',
      title: said(radioTitles, 'scheduleTitle'),
      permission: 'radio:read',
      load: () => import('./schedule.tsx'),
      nav: { group: 'radio', order: 20 },
    },
    {
      path: 'radio/programmes',
      title: said(radioTitles, 'programmesTitle'),
      permission: 'radio:read',
      load: () => import('./programmes.tsx'),
      nav: { group: 'radio', order: 30 },
    },
  ],
  finders: [
    {
      id: 'programmes',
      title: said(paletteText, 'programmes'),
      permission: 'radio:read',
      find: async (text, signal) => {
        const { items } = await api.get<{ readonly items: readonly z.infer<typeof ProgrammeAnswer>[] }>(
          'radio/programmes',
          {
            query: { limit: 100 },
            signal,
          },
        );
        return items
          .filter(({ title }) => beginsWords(title, text))
          .slice(0, 6)
          .map(({ id, title }) => ({ id, label: title, to: `radio/programmes?programme=${id}` }));
      },
    },
  ],
};
