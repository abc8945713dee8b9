import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  splitCell,
  toggleHeaderColumn,
  toggleHeaderRow,
} from '@tiptap/pm/tables';
import type { Command } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { redoCommand, undoCommand } from 'y-prosemirror';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { type Asked, type Choice, choices } from './blocks.ts';
import { marks } from './text/commands.ts';
import { schema } from './text/schema.ts';

type Props = {
  readonly view: EditorView;
  readonly onAsk: (what: Asked) => void;
  readonly onFind: () => void;
  readonly onComment: () => void;
};

const SIGNS = { bold: 'B', italic: 'I', underline: 'U', strike: 'S' } as const;

/** What is done to the text with the mouse; each has its key too. Arrow keys go from one to the next. */
export function Toolbar({ view, onAsk, onFind, onComment }: Props) {
  const text = useText(editorText);
  const { state } = view;
  const run = (command: Command): void => {
    command(state, (tr) => view.dispatch(tr), view);
    view.focus();
  };
  const isOn = (name: keyof typeof marks): boolean => {
    const { from, to, empty, $from } = state.selection;
    const type = schema.marks[name];
    return empty
      ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
      : state.doc.rangeHasMark(from, to, type);
  };
  const choose = (choice: Choice): void => ('ask' in choice ? onAsk(choice.ask) : run(choice.command));
  const item = (choice: Choice): MenuItem => ({ label: text[choice.key], onSelect: () => choose(choice) });
  const formats = choices.slice(0, 8).map(item);
  const inserts = choices.slice(8).map(item);
  const more: MenuItem[] = (['code', 'subscript', 'superscript'] as const).map((name) => ({
    label: text[name],
    chosen: isOn(name),
    onSelect: () => run(marks[name]),
  }));
  const table: readonly [string, Command][] = [
    [text.addRow, addRowAfter],
    [text.addColumn, addColumnAfter],
    [text.deleteRow, deleteRow],
    [text.deleteColumn, deleteColumn],
    [text.mergeCells, mergeCells],
    [text.splitCell, splitCell],
    [text.headerRow, toggleHeaderRow],
    [text.headerColumn, toggleHeaderColumn],
    [text.deleteTable, deleteTable],
  ];
  return (
    <div
      className="toolbar line"
      role="toolbar"
      aria-label={text.formats}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
        const turned = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
        buttons[
          (at + (event.key === 'ArrowRight' ? 1 : -1) * turned + buttons.length) % buttons.length
        ]?.focus();
        event.preventDefault();
      }}
    >
      <Menu trigger={<Button kind="plain">{text.paragraph}</Button>} items={formats} />
      {(Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((name) => (
        <Button
          key={name}
          kind="plain"
          className={`sign ${name}`}
          aria-label={text[name]}
          title={text[name]}
          aria-pressed={isOn(name)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(marks[name])}
        >
          {SIGNS[name]}
        </Button>
      ))}
      <Menu
        trigger={<Button kind="plain" aria-label={text.more} icon="more" />}
        items={[...more, 'rule', { label: text.foreign, onSelect: () => onAsk('language') }]}
      />
      <Button kind="plain" aria-label={text.link} title={text.link} onClick={() => onAsk('link')}>
        <Icon name="link" />
      </Button>
      <Menu
        trigger={
          <Button kind="plain" icon="plus">
            {text.insert}
          </Button>
        }
        items={inserts}
      />
      {isInTable(state) && (
        <Menu
          trigger={<Button kind="plain">{text.table}</Button>}
          items={[
            { label: text.tableCaption, onSelect: () => onAsk('tableCaption') },
            ...table.map(([label, command]) => ({
              label,
              disabled: !command(state),
              onSelect: () => run(command),
            })),
          ]}
        />
      )}
      <Button kind="plain" aria-label={text.undo} title={text.undo} onClick={() => run(undoCommand)}>
        <Icon name="undo" />
      </Button>
      <Button
        kind="plain"
        className="redo"
        aria-label={text.redo}
        title={text.redo}
        onClick={() => run(redoCommand)}
      >
        <Icon name="undo" />
      </Button>
      <Button kind="plain" aria-label={text.find} title={text.find} onClick={onFind}>
        <Icon name="search" />
      </Button>
      <Button
        kind="plain"
        aria-label={text.comment}
        title={text.comment}
        disabled={state.selection.empty}
        onClick={onComment}
      >
        <Icon name="speech" />
      </Button>
    </div>
  );
}
