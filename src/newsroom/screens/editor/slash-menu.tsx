import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { type Choice, choices } from './blocks.ts';
import type { Slash, SlashKeys } from './text/slash.ts';

type Props = {
  readonly view: EditorView;
  readonly slash: NonNullable<Slash>;
  readonly keys: { current: SlashKeys | undefined };
  readonly onChoose: (choice: Choice) => void;
};

/** What can stand here, narrowed by what is typed after the slash. Arrows and Enter are pressed in the text and handled here. */
export function SlashMenu({ view, slash, keys, onChoose }: Props) {
  const text = useText(editorText);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const wanted = slash.text.toLowerCase();
  const found = choices.filter((choice) =>
    `${text[choice.key]} ${choice.words}`
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)),
  );
  useEffect(() => setAt(0), [wanted]);
  useEffect(() => {
    const place = list.current;
    if (place === null) return;
    const caret = view.coordsAtPos(slash.from);
    const frame = place.offsetParent?.getBoundingClientRect();
    place.style.top = `${caret.bottom - (frame?.top ?? 0) + 4}px`;
    place.style.left = `${Math.max(0, Math.min(caret.left - (frame?.left ?? 0), (frame?.width ?? 400) - 260))}px`;
  }, [view, slash.from]);
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const chosen = found[Math.min(at, found.length - 1)];
  // Before the next key is pressed, not some time after.
  useLayoutEffect(() => {
    keys.current =
      chosen === undefined
        ? undefined
        : {
            up: () => setAt((before) => (before + found.length - 1) % found.length),
            down: () => setAt((before) => (before + 1) % found.length),
            choose: () => onChoose(chosen),
          };
    return () => {
      keys.current = undefined;
    };
  });
  if (found.length === 0) return null;
  return (
    <ul ref={list} className="popup slash" role="listbox" aria-label={text.insert}>
      {found.map((choice) => (
        <li
          key={choice.key}
          role="option"
          aria-selected={choice === chosen}
          className="option"
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(choice);
          }}
        >
          {text[choice.key]}
        </li>
      ))}
    </ul>
  );
}
