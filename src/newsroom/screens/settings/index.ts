import type { z } from 'zod';
import type { AuthorAnswer, SectionAnswer, SourceAnswer } from '../../../contract/noun-answers.ts';
import { api } from '../../api.ts';
import { said } from '../../i18n.ts';
import { settingsTitles } from '../../strings/settings.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Hit, Registration } from '../registration.ts';

const found = <T>(path: string, q: string, signal: AbortSignal): Promise<readonly T[]> =>
  api
    .get<{ readonly items: readonly T[] }>(path, { query: { q, limit: 6 }, signal })
    .then(({ items }) => items);

export const settingsRegistration: Registration = {
  screens: [
    {
      path: 'settings',
      title: said(settingsTitles, 'site'),
      words: said(paletteText, 'siteWords'),
      permission: 'settings:read',
      load: () => import('./site-settings.tsx'),
      nav: { group: 'house', order: 10 },
    },
    {
      path: 'sections',
      title: said(settingsTitles, 'sections'),
      permission: 'taxonomy:read',
      load: () => import('./sections.tsx'),
      nav: { group: 'edition', order: 50 },
    },
    {
      path: 'authors',
      title: said(settingsTitles, 'authors'),
      permission: 'taxonomy:read',
      load: () => import('./authors.tsx'),
      nav: { group: 'edition', order: 60 },
    },
    {
      path: 'sources',
      title: said(settingsTitles, 'sources'),
      permission: 'taxonomy:read',
      load: () => import('./sources.tsx'),
      nav: { group: 'edition', order: 70 },
    },
  ],
  commands: [
    {
      id: 'go-settings',
      title: said(settingsTitles, 'goSettings'),
      permission: 'settings:read',
      keys: 'g s',
      run: ({ go }) => go('settings'),
    },
    {
      id: 'settings.look',
      title: said(paletteText, 'look'),
      words: said(paletteText, 'lookWords'),
      permission: 'settings:read',
      run: ({ go }) => go('settings?part=look'),
    },
    {
      id: 'settings.menus',
      title: said(paletteText, 'menus'),
      words: said(paletteText, 'menusWords'),
      permission: 'settings:read',
      run: ({ go }) => go('settings?part=menus'),
    },
    {
      id: 'settings.contact',
      title: said(paletteText, 'contact'),
      words: said(paletteText, 'contactWords'),
      permission: 'settings:read',
      run: ({ go }) => go('settings?part=contact'),
    },
    {
      id: 'new-section',
      title: said(paletteText, 'newSection'),
      permission: 'taxonomy:write',
      run: ({ go }) => go('sections?new=1'),
    },
    {
      id: 'new-author',
      title: said(paletteText, 'newAuthor'),
      words: said(paletteText, 'newAuthorWords'),
      permission: 'taxonomy:write',
      run: ({ go }) => go('authors?new=1'),
    },
    {
      id: 'new-source',
      title: said(paletteText, 'newSource'),
      words: said(paletteText, 'newSourceWords'),
      permission: 'taxonomy:write',
      run: ({ go }) => go('sources?new=1'),
    },
  ],
  finders: [
    {
      id: 'sections',
      title: said(paletteText, 'sections'),
      permission: 'taxonomy:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await found<z.infer<typeof SectionAnswer>>('sections', text, signal)).map(({ id, name }) => ({
          id,
          label: name,
          to: `articles?section=${id}`,
        })),
    },
    {
      id: 'authors',
      title: said(paletteText, 'authors'),
      permission: 'taxonomy:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await found<z.infer<typeof AuthorAnswer>>('authors', text, signal)).map(
          ({ id, name, roleTitle }) => ({
            id,
            label: name,
            note: roleTitle,
            to: `articles?author=${id}`,
          }),
        ),
    },
    {
      id: 'sources',
      title: said(paletteText, 'sources'),
      permission: 'taxonomy:read',
      find: async (text, signal): Promise<Hit[]> =>
        (await found<z.infer<typeof SourceAnswer>>('sources', text, signal)).map(({ id, name, code }) => ({
          id,
          label: name,
          note: code,
          to: `sources?q=${encodeURIComponent(name)}`,
        })),
    },
  ],
};
