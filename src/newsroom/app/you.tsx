import { paths } from '../../contract/routes.ts';
import { api } from '../api.ts';
import { languageNames, languages, useText } from '../i18n.ts';
import { setPreferences, usePreferences } from '../preferences.ts';
import { shellText } from '../strings/shell.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { goSignIn } from './doors.tsx';
import { openHelp } from './panels.ts';
import { useMe } from './session.ts';

/** What is set for this person and this browser: account, language, light. */
export function YouMenu() {
  const text = useText(shellText);
  const me = useMe();
  const { language, theme } = usePreferences();
  return (
    <Menu
      trigger={<IconButton icon="person" label={text.you(me.name)} />}
      items={[
        { group: me.name },
        { label: text.account, icon: 'person', onSelect: () => location.assign(paths.account()) },
        { label: text.site, icon: 'out', onSelect: () => location.assign(paths.front()) },
        { label: text.help, keys: '?', onSelect: openHelp },
        'rule',
        { group: text.language },
        ...languages.map((one) => ({
          label: languageNames[one],
          chosen: one === language,
          onSelect: () => setPreferences({ language: one }),
        })),
        'rule',
        { group: text.theme },
        ...(['auto', 'light', 'dark'] as const).map((one) => ({
          label: text[one],
          chosen: one === theme,
          onSelect: () => setPreferences({ theme: one }),
        })),
        'rule',
        {
          label: text.signOut,
          icon: 'out',
          onSelect: () => void api.post('sign-out').finally(goSignIn),
        },
      ]}
    />
  );
}
