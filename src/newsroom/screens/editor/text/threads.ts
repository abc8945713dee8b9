import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import * as Y from 'yjs';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from 'y-prosemirror';

/** A conversation's place in the text. */
export type Anchored = { readonly id: string; readonly from: unknown; readonly to: unknown };
type State = {
  readonly threads: readonly Anchored[];
  readonly chosen: string | undefined;
  readonly marks: DecorationSet;
};

export const threadsKey = new PluginKey<State>('threads');

type Binding = { readonly doc: Y.Doc; readonly type: Y.XmlFragment; readonly mapping: never };

function bindingOf(state: EditorState): Binding | undefined {
  return (ySyncPluginKey.getState(state) as { binding?: Binding } | undefined)?.binding;
}

/** Marks the passages that are talked about. */
export function threadsPlugin(onChoose: (id: string) => void): Plugin<State> {
  return new Plugin<State>({
    key: threadsKey,
    state: {
      init: () => ({ threads: [], chosen: undefined, marks: DecorationSet.empty }),
      apply: (tr, before, _old, state) => {
        const asked = tr.getMeta(threadsKey) as Partial<Pick<State, 'threads' | 'chosen'>> | undefined;
        if (asked === undefined) {
          // What a colleague's change does to the places is known from the shared document, what ours does from the steps.
          if (!tr.docChanged) return before;
          return { ...before, marks: before.marks.map(tr.mapping, tr.doc) };
        }
        const next = { ...before, ...asked };
        return {
          ...next,
          marks: DecorationSet.create(
            state.doc,
            next.threads.flatMap((thread) => markOf(state, thread, next.chosen)),
          ),
        };
      },
    },
    props: {
      decorations: (state) => threadsKey.getState(state)?.marks,
      handleClick: (view, pos) => {
        const [hit] = threadsKey.getState(view.state)?.marks.find(pos, pos) ?? [];
        const id = (hit?.spec as { id?: string } | undefined)?.id;
        if (id !== undefined) onChoose(id);
        return false;
      },
    },
  });
}

function markOf(state: EditorState, thread: Anchored, chosen: string | undefined): Decoration[] {
  const place = placeOf(state, thread);
  if (place === undefined || place.from === place.to) return [];
  return [
    Decoration.inline(
      place.from,
      place.to,
      { class: thread.id === chosen ? 'talked now' : 'talked' },
      { id: thread.id, inclusiveEnd: false },
    ),
  ];
}

/** Where a conversation's passage is now; undefined once it is gone. */
export function placeOf(
  state: EditorState,
  { from, to }: Pick<Anchored, 'from' | 'to'>,
): { from: number; to: number } | undefined {
  const binding = bindingOf(state);
  if (binding === undefined) return undefined;
  const absolute = (position: unknown): number | null =>
    relativePositionToAbsolutePosition(
      binding.doc,
      binding.type,
      Y.createRelativePositionFromJSON(position),
      binding.mapping,
    );
  try {
    const [start, end] = [absolute(from), absolute(to)];
    return start === null || end === null || start > end || end > state.doc.content.size
      ? undefined
      : { from: start, to: end };
  } catch {
    return undefined; // The place was in a part of the text that is gone.
  }
}

/** Holds a passage to the text, whatever is written before and in it. */
export function anchorOf(
  state: EditorState,
  { from, to }: { from: number; to: number },
): { from: Record<string, unknown>; to: Record<string, unknown> } | undefined {
  const binding = bindingOf(state);
  if (binding === undefined) return undefined;
  const relative = (pos: number): Record<string, unknown> =>
    Y.relativePositionToJSON(
      absolutePositionToRelativePosition(pos, binding.type, binding.mapping),
    ) as Record<string, unknown>;
  return { from: relative(from), to: relative(to) };
}
