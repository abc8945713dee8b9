import { useEffect, useRef, useState } from 'react';
import type { EditorView } from '@tiptap/pm/view';
import { number, useLanguage, useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { say } from '../../ui/toast.tsx';
import { findKey, type Found, replaceAll, replaceOne, setQuery, step } from './text/find.ts';

type Props = {
  readonly view: EditorView;
  readonly found: Found | undefined;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
};

export function FindBar({ view, found, mayWrite, onClose }: Props) {
  const text = useText(editorText);
  const language = useLanguage();
  const [words, setWords] = useState(() =>
    view.state.doc.textBetween(view.state.selection.from, view.state.selection.to).slice(0, 200),
  );
  const [to, setTo] = useState('');
  const [flags, setFlags] = useState({
    regex: false,
    word: false,
    matchCase: false,
    within: undefined as { from: number; to: number } | undefined,
  });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  useEffect(() => {
    setQuery(view, { text: words, ...flags });
    return undefined;
  }, [view, words, flags]);
  useEffect(() => () => setQuery(view, undefined), [view]);
  // The last hit takes the buttons' use with it, and a button of no use hears no key.
  const back = (): void => {
    if (findKey.getState(view.state)?.hits.length === 0) input.current?.focus();
  };
  const hits = found?.hits.length ?? 0;
  const flag = (key: 'regex' | 'word' | 'matchCase', label: string) => (
    <label className="choice small">
      <input
        type="checkbox"
        checked={flags[key]}
        onChange={(event) => setFlags({ ...flags, [key]: event.target.checked })}
      />{' '}
      {label}
    </label>
  );
  return (
    <search
      className="findbar"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="line">
        <input
          ref={input}
          className="input"
          dir="auto"
          aria-label={text.find}
          placeholder={text.find}
          value={words}
          aria-invalid={found?.fault !== undefined || undefined}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            step(view, event.shiftKey ? -1 : 1);
          }}
        />
        <span className="small quiet figures" role="status">
          {found?.fault !== undefined
            ? text.badPattern
            : words === ''
              ? ''
              : hits === 0
                ? text.noHits
                : text.hits(number(language, (found?.current ?? 0) + 1), number(language, hits))}
        </span>
        <IconButton icon="up" label={text.findPrevious} onClick={() => step(view, -1)} />
        <IconButton icon="down" label={text.findNext} onClick={() => step(view, 1)} />
        <IconButton icon="close" label={text.cancel} onClick={onClose} />
      </div>
      {mayWrite && (
        <div className="line">
          <input
            className="input"
            dir="auto"
            aria-label={text.replaceWith}
            placeholder={text.replaceWith}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
          <Button
            disabled={hits === 0}
            onClick={() => {
              replaceOne(view, to);
              back();
            }}
          >
            {text.replace}
          </Button>
          <Button
            disabled={hits === 0}
            onClick={() => {
              say({ title: text.replaced(number(language, replaceAll(view, to))) });
              back();
            }}
          >
            {text.replaceAllOf}
          </Button>
        </div>
      )}
      <div className="line">
        {flag('regex', text.regex)}
        {flag('word', text.wholeWord)}
        {flag('matchCase', text.matchCase)}
        <label className="choice small">
          <input
            type="checkbox"
            checked={flags.within !== undefined}
            onChange={(event) => {
              const { from, to: end } = view.state.selection;
              setFlags({ ...flags, within: event.target.checked ? { from, to: end } : undefined });
            }}
          />{' '}
          {text.inSelection}
        </label>
      </div>
    </search>
  );
}
