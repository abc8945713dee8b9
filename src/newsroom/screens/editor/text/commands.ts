import {
  type Attrs,
  type MarkType,
  type Node,
  type NodeType,
  type ResolvedPos,
  Fragment,
} from '@tiptap/pm/model';
import {
  type Command,
  type EditorState,
  NodeSelection,
  type Selection,
  TextSelection,
} from '@tiptap/pm/state';
import { lift, setBlockType, toggleMark, wrapIn } from '@tiptap/pm/commands';
import { liftListItem, wrapInList } from '@tiptap/pm/schema-list';
import { schema } from './schema.ts';

/** What the keyboard, the toolbar and the slash menu do to the text. */
export const marks = {
  bold: toggleMark(schema.marks.bold),
  italic: toggleMark(schema.marks.italic),
  underline: toggleMark(schema.marks.underline),
  strike: toggleMark(schema.marks.strike),
  code: toggleMark(schema.marks.code),
  subscript: toggleMark(schema.marks.subscript),
  superscript: toggleMark(schema.marks.superscript),
} as const;

export const setParagraph: Command = setBlockType(schema.nodes.paragraph, { level: null });
export const setHeading = (level: 2 | 3 | 4): Command => setBlockType(schema.nodes.paragraph, { level });
export const setCode: Command = setBlockType(schema.nodes.codeBlock);

/** Turns the list around the selection off, into the other kind, or makes one. */
export function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type === type) return liftListItem(schema.nodes.listItem)(state, dispatch);
      if (node.type === schema.nodes.bulletList || node.type === schema.nodes.orderedList) {
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { suggest: null }));
        return true;
      }
    }
    return wrapInList(type)(state, dispatch);
  };
}

/** Puts a frame (quote, note) around the selection, or takes it away. */
export function toggleFrame(type: NodeType, attrs?: Attrs): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1)
      if ($from.node(depth).type === type) return lift(state, dispatch);
    return wrapIn(type, attrs)(state, dispatch);
  };
}

/** Puts a block in the place of an empty paragraph, or after the block with the cursor. */
export function insertBlock(node: Node): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const among = node.type === schema.nodes.image ? placeInGallery(state.selection) : undefined;
    if (among !== undefined) {
      const tr = state.tr.insert(among, node);
      dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, among)).scrollIntoView());
      return true;
    }
    const depth = holderDepth($from);
    const at = $from.depth === 0 ? state.selection.to : $from.after(depth + 1);
    const empty = $from.parent.isTextblock && $from.parent.content.size === 0 && $from.depth === depth + 1;
    if (dispatch !== undefined) {
      const tr = state.tr;
      if (empty) tr.replaceWith($from.before(depth + 1), at, node);
      else tr.insert(at, node);
      const end = empty ? $from.before(depth + 1) + node.nodeSize : at + node.nodeSize;
      // There is always a line to go on writing in.
      if (tr.doc.resolve(end).nodeAfter === null) tr.insert(end, schema.nodes.paragraph.create());
      const inside = node.isTextblock || !node.isLeaf ? end - node.nodeSize + 1 : undefined;
      tr.setSelection(
        inside === undefined
          ? NodeSelection.create(tr.doc, end - node.nodeSize)
          : TextSelection.near(tr.doc.resolve(inside)),
      );
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

/** A picture that is put in while a gallery, or one of its pictures, is chosen is one more of its pictures. */
function placeInGallery(selection: Selection): number | undefined {
  if (selection.$from.parent.type === schema.nodes.gallery) return selection.to;
  const whole = selection instanceof NodeSelection && selection.node.type === schema.nodes.gallery;
  return whole ? selection.to - 1 : undefined;
}

/** The depth of the nearest node that may hold any block. */
function holderDepth($pos: ResolvedPos): number {
  for (let depth = Math.max(0, $pos.depth - 1); depth > 0; depth -= 1) {
    const { name } = $pos.node(depth).type;
    if (['blockquote', 'note', 'listItem', 'tableCell', 'tableHeader'].includes(name)) return depth;
  }
  return 0;
}

export function insertInline(node: Node): Command {
  return (state, dispatch) => {
    if (!state.selection.$from.parent.inlineContent) return false;
    dispatch?.(state.tr.replaceSelectionWith(node, false).scrollIntoView());
    return true;
  };
}

export function setLink(attrs: { href: string; title: string | null } | null): Command {
  return (state, dispatch) => {
    const type: MarkType = schema.marks.link;
    const { from, to } = rangeOfMark(state, type);
    if (from === to) {
      if (attrs === null) return false;
      dispatch?.(state.tr.replaceSelectionWith(schema.text(attrs.href, [type.create(attrs)]), false));
      return true;
    }
    const tr = state.tr.removeMark(from, to, type);
    if (attrs !== null) tr.addMark(from, to, type.create(attrs));
    dispatch?.(tr);
    return true;
  };
}

export function setLanguage(lang: { lang: string; dir: 'ltr' | 'rtl' } | null): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    if (from === to) return false;
    const tr = state.tr.removeMark(from, to, schema.marks.language);
    if (lang !== null) tr.addMark(from, to, schema.marks.language.create(lang));
    dispatch?.(tr);
    return true;
  };
}

/** The selection, or with a bare cursor the whole run of the mark around it. */
export function rangeOfMark(
  {
    selection,
    doc,
  }: { selection: { from: number; to: number; empty: boolean; $from: ResolvedPos }; doc: Node },
  type: MarkType,
): { from: number; to: number; attrs: Attrs | undefined } {
  const { $from } = selection;
  const around =
    $from.marks().find((mark) => mark.type === type) ??
    $from.nodeAfter?.marks.find((mark) => mark.type === type);
  if (!selection.empty || around === undefined)
    return { from: selection.from, to: selection.to, attrs: around?.attrs };
  let from = $from.pos;
  let to = $from.pos;
  doc.nodesBetween($from.start(), $from.end(), (node, pos) => {
    if (!node.isText || !around.isInSet(node.marks)) return;
    if (pos <= to && pos + node.nodeSize >= from) {
      from = Math.min(from, pos);
      to = Math.max(to, pos + node.nodeSize);
    }
  });
  return { from, to, attrs: around.attrs };
}

/** Moves the block with the cursor (the outermost within its frame) one place up or down. */
export function moveBlock(by: -1 | 1): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if ($from.depth === 0 && !(state.selection instanceof NodeSelection)) return false;
    const depth = state.selection instanceof NodeSelection ? $from.depth : movableDepth($from);
    const parent = $from.node(depth);
    const index = $from.index(depth);
    const other = index + by;
    if (other < 0 || other >= parent.childCount) return false;
    if (dispatch === undefined) return true;
    const first = Math.min(index, other);
    const start = $from.posAtIndex(first, depth);
    const [a, b] = [parent.child(first), parent.child(first + 1)];
    const tr = state.tr.replaceWith(start, start + a.nodeSize + b.nodeSize, Fragment.fromArray([b, a]));
    const offset = state.selection.from - $from.posAtIndex(index, depth);
    const landed = by === -1 ? start : start + b.nodeSize;
    tr.setSelection(
      state.selection instanceof NodeSelection
        ? NodeSelection.create(tr.doc, landed)
        : TextSelection.near(tr.doc.resolve(landed + offset)),
    );
    dispatch(tr.scrollIntoView());
    return true;
  };
}

function movableDepth($pos: ResolvedPos): number {
  for (let depth = $pos.depth - 1; depth > 0; depth -= 1)
    if (['blockquote', 'note', 'bulletList', 'orderedList'].includes($pos.node(depth).type.name))
      return depth;
  return 0;
}

/** A table with a row of header cells. */
export function makeTable(rows: number, columns: number): Node {
  const line = (type: NodeType): Node =>
    schema.nodes.tableRow.create(
      null,
      Array.from({ length: columns }, () => type.create(null, schema.nodes.paragraph.create())),
    );
  return schema.nodes.table.create(null, [
    line(schema.nodes.tableHeader),
    ...Array.from({ length: rows - 1 }, () => line(schema.nodes.tableCell)),
  ]);
}

/** The innermost table that holds the selection, and where it begins. */
export function tableAround({ selection: { $from } }: EditorState): { node: Node; pos: number } | undefined {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === schema.nodes.table) return { node, pos: $from.before(depth) };
  }
  return undefined;
}

/** Gives the table around the selection a caption, or takes it away. */
export function setTableCaption(caption: string | null): Command {
  return (state, dispatch) => {
    const table = tableAround(state);
    if (table === undefined) return false;
    dispatch?.(state.tr.setNodeAttribute(table.pos, 'caption', caption));
    return true;
  };
}
