import { dropCursor } from '@tiptap/pm/dropcursor';
import { gapCursor } from '@tiptap/pm/gapcursor';
import { type Command, EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { tableEditing } from '@tiptap/pm/tables';
import { EditorView } from '@tiptap/pm/view';
import {
  initProseMirrorDoc,
  yCursorPlugin,
  ySyncPlugin,
  ySyncPluginKey,
  yUndoPlugin,
  yUndoPluginKey,
} from 'y-prosemirror';
import * as Y from 'yjs';
import {
  bodyOf,
  listFields,
  listOf,
  metaOf,
  textFieldNames,
  textOf,
} from '../../../../contract/shared/names.ts';
import type { SuggestedBy } from '../../../../contract/shared/suggestion.ts';
import type { Session } from '../sync/session.ts';
import { changedPlugin } from './changed.ts';
import { clipboardPlugin, type ClipboardOptions } from './clipboard.ts';
import { findPlugin } from './find.ts';
import { keyPlugins } from './keys.ts';
import { cursorOf, selectionOf } from './peers.ts';
import { textRules } from './rules.ts';
import { schema } from './schema.ts';
import { slashPlugin, type SlashKeys } from './slash.ts';
import { asSuggestion } from './structure.ts';
import { AS_IS } from './suggesting.ts';
import { threadsPlugin } from './threads.ts';
import { nodeViews, type ViewOptions } from './views.ts';

export type EditorOptions = {
  readonly session: Session;
  readonly mayWrite: () => boolean;
  /** Who suggests; undefined while changes are made at once. */
  readonly suggesting: () => SuggestedBy | undefined;
  /** A change of structure that has no form as a suggestion. */
  readonly onUnsuggestable: () => void;
  readonly onChange: (view: EditorView, changed: boolean) => void;
  readonly onThread: (id: string) => void;
  readonly slashKeys: () => SlashKeys | undefined;
  readonly keys: Record<string, Command>;
  readonly language: () => string;
  readonly label: string;
  readonly clipboard: ClipboardOptions;
  readonly views: ViewOptions;
};

/** Origin of what the fields beside the text write, so that one undo serves both. */
export const FIELDS = 'fields';

/** The editor of the body over a session's document. Destroy the view to leave. */
export function makeEditor(place: HTMLElement, options: EditorOptions): EditorView {
  const { doc, awareness } = options.session;
  const fragment = bodyOf(doc);
  const undoManager = new Y.UndoManager(
    [
      fragment,
      metaOf(doc),
      ...textFieldNames.map((field) => textOf(doc, field)),
      ...listFields.map((field) => listOf(doc, field)),
    ],
    { trackedOrigins: new Set<unknown>([ySyncPluginKey, FIELDS]), captureTimeout: 600 },
  );
  const { doc: body, mapping } = initProseMirrorDoc(fragment, schema);
  const state = EditorState.create({
    doc: body,
    schema,
    plugins: [
      ySyncPlugin(fragment, { mapping: mapping as never }),
      yCursorPlugin(awareness, { cursorBuilder: cursorOf as never, selectionBuilder: selectionOf as never }),
      yUndoPlugin({ undoManager }),
      slashPlugin(options.slashKeys),
      textRules((at, pos) => languageAt(at, pos) ?? options.language()),
      ...keyPlugins(options.keys),
      clipboardPlugin(options.clipboard),
      findPlugin(),
      changedPlugin(),
      threadsPlugin(options.onThread),
      tableEditing({ allowTableNodeSelection: true }),
      dropCursor({ color: false, class: 'dropcursor' }),
      gapCursor(),
      lastLine(),
      caretFirst(options.session),
    ],
  });
  const view: EditorView = new EditorView(place, {
    state,
    editable: () => options.mayWrite(),
    nodeViews: nodeViews(options.views),
    attributes: () => ({
      class: 'prose',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': options.label,
      lang: options.language(),
      dir: 'auto',
      spellcheck: 'true',
      // Grammar helpers write their marks into the text.
      'data-gramm': 'false',
      translate: 'no',
    }),
    dispatchTransaction: (tr) => dispatch(view, tr, options),
  });
  return view;
}

export function undoManagerOf(view: EditorView): Y.UndoManager | undefined {
  return (yUndoPluginKey.getState(view.state) as { undoManager?: Y.UndoManager } | undefined)?.undoManager;
}

function dispatch(view: EditorView, tr: Transaction, options: EditorOptions): void {
  if (!tr.docChanged && !tr.selectionSet) keepCaret(view, tr);
  const who = options.suggesting();
  const foreign =
    tr.getMeta(ySyncPluginKey) !== undefined ||
    tr.getMeta(AS_IS) === true ||
    tr.getMeta('addToHistory') === false;
  let made: Transaction | undefined = tr;
  if (tr.docChanged && who !== undefined && !foreign) {
    made = asSuggestion(view.state, tr, who);
    if (made === undefined) return options.onUnsuggestable();
  }
  const next = view.state.apply(made);
  view.updateState(next);
  options.onChange(view, made.docChanged);
}

function languageAt(state: EditorState, pos: number): string | undefined {
  const mark = state.doc
    .resolve(pos)
    .marks()
    .find(({ type }) => type === schema.marks.language);
  return mark === undefined ? undefined : String(mark.attrs['lang']);
}

/** A click below the last block that holds no text makes a line there. */
function lastLine(): Plugin {
  return new Plugin({
    props: {
      handleClick: (view, _pos, event) => {
        const last = view.state.doc.lastChild;
        if (event.target !== view.dom || last === null || last.isTextblock || !view.editable) return false;
        const end = view.state.doc.content.size;
        view.dispatch(view.state.tr.insert(end, schema.nodes.paragraph.create()));
        return false;
      },
    },
  });
}

/**
 * The browser tells of a moved caret a frame after the key. A colleague's letters or cursor drawn in between would put the caret back where it
 * was, a key pressed in between would work there, and the next letters would land in the midst of a word: so the caret is asked for first.
 */
function askForCaret(): void {
  document.dispatchEvent(new Event('selectionchange'));
}

function caretFirst(session: Session): Plugin {
  const onKey = (view: EditorView): boolean => {
    if (!view.composing) askForCaret();
    return false;
  };
  return new Plugin({
    view: () => ({ destroy: session.beforeIncoming(askForCaret) }),
    props: { handleDOMEvents: { keydown: onKey } },
  });
}

/** Gives a transaction that changes neither text nor selection the caret as the browser has it. */
function keepCaret(view: EditorView, tr: Transaction): void {
  const before = view.state;
  askForCaret();
  const { doc, selection } = view.state;
  if (doc === tr.doc && !selection.eq(before.selection)) tr.setSelection(selection);
}
