import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { ySyncPluginKey } from 'y-prosemirror';

/** Who wrote a stretch that is new to the person at this screen, and when. */
export type Written = { readonly name: string; readonly at: string | undefined; readonly ink: number };
export type Since = {
  /** What the person had seen. */
  readonly vector: ReadonlyMap<number, number>;
  readonly by: (client: number, clock: number) => Written;
};
type State = { readonly since: Since | undefined; readonly marks: DecorationSet };

export const changedKey = new PluginKey<State>('changed since');

/** Highlights text that came since the person last looked, with author and time; shown while asked for. */
export function changedPlugin(): Plugin<State> {
  return new Plugin<State>({
    key: changedKey,
    state: {
      init: () => ({ since: undefined, marks: DecorationSet.empty }),
      apply: (tr, before, _old, state) => {
        const asked = tr.getMeta(changedKey) as { since: Since | undefined } | undefined;
        if (asked === undefined && (!tr.docChanged || before.since === undefined)) return before;
        // What a colleague changes comes as the whole text anew, and is new itself.
        if (asked === undefined && tr.getMeta(ySyncPluginKey) === undefined)
          return { ...before, marks: before.marks.map(tr.mapping, tr.doc) };
        const since = asked === undefined ? before.since : asked.since;
        const marks = since === undefined ? [] : marksOf(state, since);
        return { since, marks: DecorationSet.create(state.doc, marks) };
      },
    },
    props: { decorations: (state) => changedKey.getState(state)?.marks },
  });
}

type Binding = {
  readonly doc: Y.Doc;
  readonly type: Y.XmlFragment;
};

function marksOf(state: EditorState, since: Since): Decoration[] {
  const binding = (ySyncPluginKey.getState(state) as { binding?: Binding } | undefined)?.binding;
  if (binding === undefined) return [];
  const out: Decoration[] = [];
  // What one writes oneself meanwhile is not news.
  const own = binding.doc.clientID;
  const seenOf = ({ client, clock }: Y.ID, length: number): number =>
    client === own ? length : Math.max(0, Math.min(length, (since.vector.get(client) ?? 0) - clock));
  const walk = (type: Y.XmlFragment, start: number): number => {
    let pos = start;
    for (const child of type.toArray()) {
      if (child instanceof Y.XmlText) pos = text(child, pos);
      else if (child instanceof Y.XmlElement) {
        const node = state.doc.nodeAt(pos);
        if (node === null) return pos;
        if (!node.isLeaf) walk(child, pos + 1);
        else mark(child._item, pos, pos + node.nodeSize, node.isInline);
        pos += node.nodeSize;
      }
    }
    return pos;
  };
  const mark = (item: Y.Item | null, from: number, to: number, inline: boolean): void => {
    if (item === null || seenOf(item.id, 1) > 0) return;
    const attrs = attrsOf(since.by(item.id.client, item.id.clock));
    out.push(inline ? Decoration.inline(from, to, attrs) : Decoration.node(from, to, attrs));
  };
  const text = (child: Y.XmlText, start: number): number => {
    let pos = start;
    for (let item = child._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const seen = seenOf(item.id, item.length);
      if (seen < item.length)
        out.push(
          Decoration.inline(
            pos + seen,
            pos + item.length,
            attrsOf(since.by(item.id.client, item.id.clock + seen)),
          ),
        );
      pos += item.length;
    }
    return pos;
  };
  walk(binding.type, 0);
  return out;
}

function attrsOf({ name, at, ink }: Written): Record<string, string> {
  const when = at === undefined ? '' : ` · ${new Date(at).toLocaleString()}`;
  return { class: `fresh ink-${ink}`, title: `${name}${when}` };
}
