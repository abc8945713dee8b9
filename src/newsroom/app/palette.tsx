import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Language, useLanguage, useText } from '../i18n.ts';
import { registrations } from '../screens/index.ts';
import type { Command, Hit } from '../screens/registration.ts';
import { paletteText } from '../strings/palette.ts';
import { shellText } from '../strings/shell.ts';
import { Kbd } from '../ui/kbd.tsx';
import { sayFault } from '../ui/toast.tsx';
import { commandsAtHand } from './at-hand.ts';
import { commands, screens } from './commands.ts';
import { closePanels, typedEarly } from './panels.ts';
import { useGo } from './navigate.ts';
import { useMay } from './session.ts';
import { beginsWords } from './words.ts';

type Entry = {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly words?: string | undefined;
  readonly note?: string | undefined;
  readonly keys?: string | undefined;
  readonly run: () => void | Promise<void>;
};

const WAIT_MS = 100;
const finders = registrations.flatMap(({ finders: own = [] }) => own);

/** Finds or does anything: what the screen at hand can do, screens and commands at once; stories, nouns, people and files as the server finds them. */
export function Palette() {
  const text = useText(shellText);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState(0);
  const { entries, busy } = useEntries(typed);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(current, Math.max(0, entries.length - 1));
  useEffect(() => setCurrent(0), [typed]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, entries.length]);
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    closePanels();
    Promise.resolve(entry.run()).catch(sayFault);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      setCurrent((at + step + entries.length) % entries.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(entries[at]);
    }
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closePanels()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label={text.find}>
          <input
            className="input"
            role="combobox"
            aria-label={text.findHint}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={entries.length === 0 ? undefined : `${id}-${at}`}
            aria-autocomplete="list"
            placeholder={text.findHint}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onFocus={() => {
              const before = typedEarly();
              if (before !== '') setTyped((now) => before + now);
            }}
            onKeyDown={onKeyDown}
          />
          <div id={`${id}-list`} ref={list} role="listbox" aria-label={text.find} className="found">
            {entries.map((entry, index) => (
              <div key={entry.id}>
                {entry.group !== entries[index - 1]?.group && (
                  <div className="grouplabel" role="presentation">
                    {entry.group}
                  </div>
                )}
                <div
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  className="option"
                  data-active=""
                  onPointerMove={() => setCurrent(index)}
                  onClick={() => run(entry)}
                >
                  <span className="grow" dir="auto">
                    {entry.label}
                  </span>
                  {entry.note !== undefined && <span className="quiet small">{entry.note}</span>}
                  {entry.keys !== undefined && <Kbd keys={entry.keys} />}
                </div>
              </div>
            ))}
          </div>
          <div role="status" className={entries.length === 0 ? 'option quiet' : 'unseen'}>
            {busy ? text.searching : entries.length === 0 ? text.noHits : text.hits(entries.length)}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useEntries(typed: string): { entries: Entry[]; busy: boolean } {
  const text = useText(shellText);
  const language = useLanguage();
  const may = useMay();
  const go = useGo();
  const more = useText(paletteText);
  const { found, busy } = useFound(typed.trim());
  const entriesOf = (list: readonly Command[], group: string): Entry[] =>
    list
      .filter((command) => may(command.permission))
      .map((command) => ({
        id: `command ${command.id}`,
        group,
        label: command.title(language),
        words: command.words?.(language),
        keys: command.keys,
        run: () => command.run({ go }),
      }));
  const own: Entry[] = [
    ...entriesOf(commandsAtHand(), more.atHand),
    ...screens
      .filter((screen) => !screen.path.includes('$') && may(screen.permission))
      .map((screen) => ({
        id: `screen ${screen.path}`,
        group: text.go,
        label: screen.title(language),
        words: screen.words?.(language),
        run: () => go(screen.path),
      })),
    ...entriesOf(commands, text.commands),
  ];
  const hits = found.map(({ hit, group, finder }) => ({
    id: `${finder} ${hit.id}`,
    group: group(language),
    label: hit.label,
    note: hit.note,
    run: () => go(hit.to),
  }));
  return {
    entries: [...own.filter(({ label, words = '' }) => beginsWords(`${label} ${words}`, typed)), ...hits],
    busy,
  };
}

type Found = { hit: Hit; finder: string; group: (language: Language) => string };

function useFound(typed: string): { found: readonly Found[]; busy: boolean } {
  const may = useMay();
  const [state, setState] = useState<{ found: readonly Found[]; busy: boolean }>({ found: [], busy: false });
  useEffect(() => {
    if (typed.length < 2) {
      setState({ found: [], busy: false });
      return undefined;
    }
    const stop = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      const open = finders.filter((finder) => may(finder.permission));
      const asked = open.map(async (finder) => {
        const hits = await finder.find(typed, stop.signal).catch((): readonly Hit[] => []);
        return hits.map((hit): Found => ({ hit, finder: finder.id, group: finder.title }));
      });
      void Promise.all(asked).then((all) => {
        if (!stop.signal.aborted) setState({ found: all.flat(), busy: false });
      });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // What one may do does not change while the palette is open.
  }, [typed]);
  return state;
}
