import { Fragment } from 'react';
import { useLanguage, useText } from '../i18n.ts';
import { registrations } from '../screens/index.ts';
import { shellText } from '../strings/shell.ts';
import { Sheet } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { commands } from './commands.ts';
import { closePanels } from './panels.ts';
import { useMay } from './session.ts';

type Line = { readonly keys: string; readonly title: string };

/** Every key of the newsroom: the frame's, the lists', the commands' and those that screens mind themselves. */
export function HelpSheet() {
  const text = useText(shellText);
  const language = useLanguage();
  const may = useMay();
  const groups = new Map<string, Line[]>([
    [
      text.everywhere,
      [
        { keys: 'mod+k', title: text.keyPalette },
        { keys: '/', title: text.keyPalette },
        { keys: '?', title: text.keyHelp },
        { keys: 'mod+/', title: text.keyHelpWriting },
        { keys: 'mod+z', title: text.keyUndo },
      ],
    ],
    [
      text.lists,
      [
        { keys: 'j', title: text.keyNext },
        { keys: 'k', title: text.keyBefore },
        { keys: 'x', title: text.keyChoose },
        { keys: 'enter', title: text.keyOpen },
        { keys: 'Home', title: text.keyEnds },
      ],
    ],
  ]);
  for (const { keys, title, permission } of commands)
    if (keys !== undefined && may(permission))
      groups.set(text.commands, [...(groups.get(text.commands) ?? []), { keys, title: title(language) }]);
  for (const { keys = [] } of registrations)
    for (const help of keys) {
      const where = help.where(language);
      groups.set(where, [...(groups.get(where) ?? []), { keys: help.keys, title: help.title(language) }]);
    }
  return (
    <Sheet open onOpenChange={(open) => !open && closePanels()} title={text.helpTitle}>
      {[...groups].map(([where, lines]) => (
        <section key={where} className="stack tight">
          <h3>{where}</h3>
          <dl className="keymap">
            {lines.map(({ keys, title }) => (
              <Fragment key={keys + title}>
                <dt>
                  <Kbd keys={keys} />
                </dt>
                <dd>{title}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Sheet>
  );
}
