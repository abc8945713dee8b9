import { paths } from '../../contract/routes.ts';
import { api } from '../api.ts';
import { languageNames, languages, said } from '../i18n.ts';
import { setPreferences } from '../preferences.ts';
import type { Command } from '../screens/registration.ts';
import { paletteText } from '../strings/palette.ts';
import { shellText } from '../strings/shell.ts';
import { goSignIn } from './doors.tsx';
import { openHelp } from './panels.ts';

/** What can be done from anywhere and belongs to no screen: what is set for this person and this browser. */
export const frameCommands: readonly Command[] = [
  {
    id: 'account',
    title: said(shellText, 'account'),
    words: said(paletteText, 'accountWords'),
    run: () => location.assign(paths.account()),
  },
  { id: 'site', title: said(shellText, 'site'), run: () => location.assign(paths.front()) },
  // Closing the palette comes first; the sheet opens after it.
  { id: 'help', title: said(shellText, 'helpTitle'), run: () => openHelp() },
  ...languages.map((one): Command => ({
    id: `language-${one}`,
    title: (language) => `${shellText[language].language}: ${languageNames[one]}`,
    run: () => setPreferences({ language: one }),
  })),
  ...(['auto', 'light', 'dark'] as const).map((one): Command => ({
    id: `light-${one}`,
    title: (language) => `${shellText[language].theme}: ${shellText[language][one]}`,
    // The words of the field, whatever they are called here.
    words: () => `theme ${one} mode`,
    run: () => setPreferences({ theme: one }),
  })),
  { id: 'sign-out', title: said(shellText, 'signOut'), run: () => api.post('sign-out').finally(goSignIn) },
];
