import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import * as Y from 'yjs';
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from 'y-prosemirror';

/** Where a passage begins and ends, held to the text. */
export type Anchor = { readonly from: Record<string, unknown>; readonly to: Record<string, unknown> };
/** A passage that is talked about: where it is, and its words when the talk began. */
export type Passage = { readonly anchor: Anchor; readonly quote: string };
type Anchored = Passage & { readonly id: string };
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
        if (asked === undefined && !tr.docChanged) return before;
        // What a colleague changes, or an undo, comes as the whole text anew: where the passages are then, only the shared document knows.
        if (asked === undefined && tr.getMeta(ySyncPluginKey) === undefined)
          return { ...before, marks: before.marks.map(tr.mapping, tr.doc) };
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
  const place = passageAt(state, thread);
  if (place === undefined) return [];
  return [
    Decoration.inline(
      place.from,
      place.to,
      { class: thread.id === chosen ? 'talked now' : 'talked' },
      { id: thread.id, inclusiveEnd: false },
    ),
  ];
}

type Place = { readonly from: number; readonly to: number };

/**
 * Where a passage is now; undefined once it is gone. A block that is moved is written anew in the shared document, and what held the passage
 * may hold other words then: so where the passage's own words stand once and it says something else, it is there.
 */
export function passageAt(state: EditorState, { anchor, quote }: Passage): Place | undefined {
  const held = placeOf(state, anchor);
  const place = held !== undefined && held.from < held.to ? held : undefined;
  const kept = place !== undefined && isLike(state.doc.textBetween(place.from, place.to, ' '), quote);
  return kept ? place : (onlyPlaceOf(state, quote) ?? place);
}

/** Whether a text may have come of another by editing: half of it is there at its ends. */
function isLike(text: string, quote: string): boolean {
  let [start, end] = [0, 0];
  const most = Math.min(text.length, quote.length);
  while (start < most && text[start] === quote[start]) start += 1;
  while (end < most - start && text.at(-1 - end) === quote.at(-1 - end)) end += 1;
  return (start + end) * 2 >= quote.length;
}

/** Shorter words stand in too many places by chance. */
const SHORTEST_QUOTE = 8;

function onlyPlaceOf({ doc }: EditorState, quote: string): Place | undefined {
  if (quote.length < SHORTEST_QUOTE) return undefined;
  const places: Place[] = [];
  doc.descendants((block, pos) => {
    if (!block.isTextblock) return true;
    const text = block.textBetween(0, block.content.size, undefined, '\ufffc');
    for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1))
      places.push({ from: pos + 1 + at, to: pos + 1 + at + quote.length });
    return false;
  });
  return places.length === 1 ? places[0] : undefined;
}

/** Where what was held to the text is now; undefined where what held it is gone. */
export function placeOf(state: EditorState, { from, to }: Anchor): Place | undefined {
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
export function anchorOf(state: EditorState, { from, to }: Place): Anchor | undefined {
  const binding = bindingOf(state);
  if (binding === undefined) return undefined;
  const relative = (pos: number): Record<string, unknown> =>
    Y.relativePositionToJSON(
      absolutePositionToRelativePosition(pos, binding.type, binding.mapping),
    ) as Record<string, unknown>;
  return { from: relative(from), to: relative(to) };
}
