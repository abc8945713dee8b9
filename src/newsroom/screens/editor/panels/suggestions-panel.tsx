import type { EditorView } from '@tiptap/pm/view';
import { TextSelection } from '@tiptap/pm/state';
import { useText } from '../../../i18n.ts';
import { editorText } from '../../../strings/editor.ts';
import { Button } from '../../../ui/button.tsx';
import { TimeOf } from '../../../ui/time.tsx';
import { Switch } from '../../../ui/toggles.tsx';
import { settle, type Suggestion, suggestionsIn } from '../text/suggestions.ts';

type Props = {
  readonly view: EditorView;
  readonly mayWrite: boolean;
  readonly suggesting: boolean;
  readonly onSuggesting: (on: boolean) => void;
};

export function SuggestionsPanel({ view, mayWrite, suggesting, onSuggesting }: Props) {
  const text = useText(editorText);
  const found = suggestionsIn(view.state.doc);
  const kinds = {
    format: text.kindFormat,
    insert: text.kindInsert,
    delete: text.kindDelete,
    split: text.kindSplit,
    join: text.kindJoin,
    change: text.kindChange,
  };
  const decide = (id: string | undefined, accept: boolean): void =>
    view.dispatch(settle(view.state, { id, accept }));
  const go = ({ from }: Suggestion): void => {
    view.dispatch(
      view.state.tr
        .setSelection(TextSelection.near(view.state.doc.resolve(Math.min(from, view.state.doc.content.size))))
        .scrollIntoView(),
    );
    view.focus();
  };
  return (
    <div className="stack">
      {mayWrite && <Switch label={text.suggesting} checked={suggesting} onChange={onSuggesting} />}
      {found.length === 0 && <p className="quiet">{text.noSuggestions}</p>}
      {mayWrite && found.length > 1 && (
        <div className="line">
          <Button onClick={() => decide(undefined, true)}>{text.acceptAll}</Button>
          <Button onClick={() => decide(undefined, false)}>{text.refuseAll}</Button>
        </div>
      )}
      <ul className="stack tight entries">
        {found.map((one) => (
          <li key={one.id} className="entry">
            <button type="button" className="plainline" onClick={() => go(one)}>
              <span className="small quiet">
                {one.name} {one.at !== '' && <TimeOf instant={one.at} />}
              </span>
              <span dir="auto">
                {one.deleted !== '' && <del>{one.deleted.slice(0, 200)}</del>}{' '}
                {one.inserted !== '' && <ins>{one.inserted.slice(0, 200)}</ins>}{' '}
                {[...one.kinds].map((kind) => kinds[kind]).join(', ')}
              </span>
            </button>
            {mayWrite && (
              <div className="line">
                <Button icon="check" onClick={() => decide(one.id, true)}>
                  {text.accept}
                </Button>
                <Button icon="close" onClick={() => decide(one.id, false)}>
                  {text.refuse}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
