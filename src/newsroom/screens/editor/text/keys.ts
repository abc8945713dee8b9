import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  newlineInCode,
  selectParentNode,
  splitBlock,
} from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import type { Command, Plugin } from '@tiptap/pm/state';
import { goToNextCell } from '@tiptap/pm/tables';
import { undoInputRule } from '@tiptap/pm/inputrules';
import { redoCommand, undoCommand } from 'y-prosemirror';
import {
  insertInline,
  marks,
  moveBlock,
  setCode,
  setHeading,
  setParagraph,
  toggleFrame,
  toggleList,
} from './commands.ts';
import { schema } from './schema.ts';

const { nodes } = schema;

/** The keys of the text itself; the help sheet lists them from here. */
export const textKeys = {
  'Mod-b': marks.bold,
  'Mod-i': marks.italic,
  'Mod-u': marks.underline,
  'Mod-Shift-x': marks.strike,
  'Mod-e': marks.code,
  'Mod-.': marks.superscript,
  'Mod-,': marks.subscript,
  'Mod-Alt-0': setParagraph,
  'Mod-Alt-2': setHeading(2),
  'Mod-Alt-3': setHeading(3),
  'Mod-Alt-4': setHeading(4),
  'Mod-Alt-c': setCode,
  'Mod-Shift-7': toggleList(nodes.orderedList),
  'Mod-Shift-8': toggleList(nodes.bulletList),
  'Mod-Shift-9': toggleFrame(nodes.blockquote),
  'Alt-ArrowUp': moveBlock(-1),
  'Alt-ArrowDown': moveBlock(1),
  'Shift-Enter': chainCommands(exitCode, insertInline(nodes.hardBreak.create())),
  'Mod-z': undoCommand,
  'Mod-y': redoCommand,
  'Mod-Shift-z': redoCommand,
  Escape: selectParentNode,
} satisfies Record<string, Command>;

/** Splitting a heading goes on in a paragraph. */
const splitToParagraph: Command = (state, dispatch, view) => {
  const { $from } = state.selection;
  const heading = $from.parent.type === nodes.paragraph && $from.parent.attrs['level'] !== null;
  if (!heading || $from.parentOffset < $from.parent.content.size) return splitBlock(state, dispatch, view);
  dispatch?.(
    state.tr.split($from.pos, 1, [{ type: nodes.paragraph, attrs: { level: null } }]).scrollIntoView(),
  );
  return true;
};

/** At the start of a heading Backspace makes it a paragraph first. */
const headingToParagraph: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (
    !empty ||
    $from.parentOffset > 0 ||
    $from.parent.type !== nodes.paragraph ||
    $from.parent.attrs['level'] === null
  )
    return false;
  return setParagraph(state, dispatch);
};

export function keyPlugins(own: Record<string, Command>): Plugin[] {
  return [
    keymap(own),
    keymap({
      ...textKeys,
      Backspace: chainCommands(undoInputRule, headingToParagraph, baseKeymap['Backspace'] ?? (() => false)),
      Enter: chainCommands(
        splitListItem(nodes.listItem),
        newlineInCode,
        createParagraphNear,
        liftEmptyBlock,
        splitToParagraph,
      ),
      Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.listItem)),
      'Shift-Tab': chainCommands(goToNextCell(-1), liftListItem(nodes.listItem)),
    }),
    keymap(baseKeymap),
  ];
}
