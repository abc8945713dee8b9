import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { yUndoPluginKey } from 'y-prosemirror';
import type { UndoManager } from 'yjs';
import { nodeSuggestion } from '../../../../contract/shared/suggestion.ts';

export type Query = {
  readonly text: string;
  readonly regex: boolean;
  readonly word: boolean;
  readonly matchCase: boolean;
  /** Only within these bounds: the selection when the search began. */
  readonly within: { readonly from: number; readonly to: number } | undefined;
};
export type Hit = { readonly from: number; readonly to: number; readonly match: readonly string[] };
export type Found = {
  readonly query: Query | undefined;
  readonly hits: readonly Hit[];
  readonly current: number;
  readonly fault: string | undefined;
};

const NOTHING: Found = { query: undefined, hits: [], current: -1, fault: undefined };
/** Hits that are shown, at most: beyond that nobody steps through them. */
const MAX_SHOWN = 5000;

export const findKey = new PluginKey<Found>('find');

/** The pattern of a query. @throws SyntaxError for a regular expression that is none */
export function patternOf(query: Query): RegExp {
  // Exactly the signs that a pattern may escape under the flag `u`: a hyphen is not one of them.
  const source = query.regex ? query.text : query.text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const bounded = query.word ? String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])` : source;
  return new RegExp(bounded, query.matchCase ? 'gu' : 'giu');
}

/** Where a query is in the text, block by block; what a suggestion has struck out is not there any more. */
export function findAll(doc: Node, query: Query, most = Infinity): Hit[] {
  const pattern = patternOf(query);
  const hits: Hit[] = [];
  doc.descendants((block, start) => {
    if (hits.length >= most || nodeSuggestion(block.attrs['suggest'])?.op === 'delete') return false;
    if (!block.isTextblock) return true;
    const text = textOf(block);
    for (const match of text.matchAll(pattern)) {
      if (match[0] === '') continue;
      const from = start + 1 + match.index;
      const to = from + match[0].length;
      const inside = query.within === undefined || (from >= query.within.from && to <= query.within.to);
      if (inside) hits.push({ from, to, match: [...match] });
    }
    return false;
  });
  return hits.slice(0, most);
}

/** One sign for each place, so that a match's index is a place in the block. */
function textOf(block: Node): string {
  let text = '';
  block.forEach((child) => {
    const struck = child.marks.some((mark) => mark.type.name === 'deletion');
    text += struck || child.text === undefined ? '\ufffc'.repeat(child.nodeSize) : child.text;
  });
  return text;
}

export function findPlugin(): Plugin<Found> {
  return new Plugin<Found>({
    key: findKey,
    state: {
      init: () => NOTHING,
      apply: (tr, before) => {
        const asked = tr.getMeta(findKey) as Partial<Found> | undefined;
        const query = asked !== undefined && 'query' in asked ? asked.query : before.query;
        if (query === undefined || query.text === '') return { ...NOTHING, query };
        if (asked === undefined && !tr.docChanged) return before;
        const moved =
          query.within === undefined || !tr.docChanged
            ? query
            : {
                ...query,
                within: {
                  from: tr.mapping.map(query.within.from, -1),
                  to: tr.mapping.map(query.within.to, 1),
                },
              };
        try {
          const hits =
            asked?.query === undefined && !tr.docChanged ? before.hits : findAll(tr.doc, moved, MAX_SHOWN);
          const current = asked?.current ?? Math.min(before.current, hits.length - 1);
          return { query: moved, hits, current, fault: undefined };
        } catch (cause) {
          return { query: moved, hits: [], current: -1, fault: cause instanceof Error ? cause.message : '' };
        }
      },
    },
    props: {
      decorations: (state) => {
        const found = findKey.getState(state);
        if (found === undefined || found.hits.length === 0) return null;
        return DecorationSet.create(
          state.doc,
          found.hits.map((hit, i) =>
            Decoration.inline(hit.from, hit.to, { class: i === found.current ? 'hit now' : 'hit' }),
          ),
        );
      },
    },
  });
}

export function setQuery(view: EditorView, query: Query | undefined): void {
  view.dispatch(view.state.tr.setMeta(findKey, { query }).setMeta('addToHistory', false));
  if (query !== undefined) step(view, 0);
}

/** Goes to the next hit (1), the one before (-1), or the first after the cursor (0). */
export function step(view: EditorView, by: -1 | 0 | 1): void {
  const found = findKey.getState(view.state);
  if (found === undefined || found.hits.length === 0) return;
  const { hits } = found;
  const { from } = view.state.selection;
  const near = hits.findIndex((hit) => hit.from >= from);
  const next = by === 0 ? Math.max(0, near) : (Math.max(found.current, 0) + by + hits.length) % hits.length;
  const hit = hits[next];
  if (hit === undefined) return;
  const tr = view.state.tr.setMeta(findKey, { current: next });
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, hit.from, hit.to)).scrollIntoView());
}

/** `$1` and `$&` stand for groups of a regular expression; otherwise the text is put as it is. */
export function replacement(hit: Hit, to: string, regex: boolean): string {
  if (!regex) return to;
  return to.replace(/\$(\$|&|\d{1,2})/g, (_whole, name: string) =>
    name === '$' ? '$' : name === '&' ? (hit.match[0] ?? '') : (hit.match[Number(name)] ?? ''),
  );
}

/** Replaces the hit at hand and goes to the next one after it. */
export function replaceOne(view: EditorView, to: string): void {
  const found = findKey.getState(view.state);
  const hit = found?.hits[found.current];
  if (found?.query === undefined || hit === undefined) return;
  const words = replacement(hit, to, found.query.regex);
  const tr = put(view.state, view.state.tr, { hit, to: words });
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, hit.from + words.length)));
  step(view, 0);
}

/** Replaces every hit, those that are not shown too, in one step that one undo takes back; how many there were. */
export function replaceAll(view: EditorView, to: string): number {
  const query = findKey.getState(view.state)?.query;
  if (query === undefined || query.text === '') return 0;
  const tr = view.state.tr;
  const hits = findAll(tr.doc, query);
  for (const hit of hits.toReversed()) put(view.state, tr, { hit, to: replacement(hit, to, query.regex) });
  stopCapturing(view);
  view.dispatch(tr);
  stopCapturing(view);
  return hits.length;
}

/** Strokes that follow one another quickly are undone together; this is a step of its own. */
function stopCapturing(view: EditorView): void {
  (
    yUndoPluginKey.getState(view.state) as { undoManager?: UndoManager } | undefined
  )?.undoManager?.stopCapturing();
}

function put(state: EditorState, tr: Transaction, given: { hit: Hit; to: string }): Transaction {
  const { hit, to } = given;
  if (to === '') return tr.delete(hit.from, hit.to);
  // The marks of the first letter hold for the new text, as when one types over a selection.
  const marks = state.doc.nodeAt(hit.from)?.marks ?? [];
  return tr.replaceWith(hit.from, hit.to, state.schema.text(to, marks));
}
