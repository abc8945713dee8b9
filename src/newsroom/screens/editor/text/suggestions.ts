import type { Mark, Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { nodeSuggestion } from '../../../../contract/shared/suggestion.ts';
import { schema } from './schema.ts';
import { AS_IS, joinAt } from './suggesting.ts';

/** One suggestion as the panel shows it: everything of one id. */
export type Suggestion = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  /** Where it begins. */
  readonly from: number;
  inserted: string;
  deleted: string;
  /** What of it is neither: another look, a cut, a joined paragraph, a picture. */
  readonly kinds: Set<'format' | 'insert' | 'delete' | 'split' | 'join' | 'change'>;
};

/** All suggestions in the order of the text. */
export function suggestionsIn(doc: Node): Suggestion[] {
  const found = new Map<string, Suggestion>();
  const of = (attrs: Record<string, unknown>, from: number): Suggestion => {
    const id = wordOf(attrs['id']);
    const known = found.get(id);
    if (known !== undefined) return known;
    const made: Suggestion = {
      id,
      from,
      name: wordOf(attrs['name']),
      at: wordOf(attrs['at']),
      inserted: '',
      deleted: '',
      kinds: new Set(),
    };
    found.set(id, made);
    return made;
  };
  doc.descendants((node, pos) => {
    for (const mark of node.marks) {
      if (mark.type === schema.marks.insertion) of(mark.attrs, pos).inserted += node.text ?? '';
      if (mark.type === schema.marks.deletion) of(mark.attrs, pos).deleted += node.text ?? '';
      if (mark.type === schema.marks.format) of(mark.attrs, pos).kinds.add('format');
    }
    const suggestion = nodeSuggestion(node.attrs['suggest']);
    if (suggestion === undefined) return;
    const one = of({ ...suggestion }, pos);
    one.kinds.add(suggestion.op);
    if (suggestion.op === 'delete') one.deleted += node.textContent;
  });
  for (const one of found.values()) nameChange(one);
  return [...found.values()];
}

/** Blocks in the place of others with the same words are those others in another form. */
function nameChange(one: Suggestion): void {
  if (one.deleted !== one.inserted || !one.kinds.has('delete') || !one.kinds.has('insert')) return;
  one.deleted = '';
  one.kinds.clear();
  one.kinds.add('change');
}

/** Takes suggestions (all, or those of one id) into the text, or takes them back. One undo restores them. */
export function settle(
  state: EditorState,
  { id, accept }: { id: string | undefined; accept: boolean },
): Transaction {
  const tr = state.tr.setMeta(AS_IS, true);
  const places: { node: Node; pos: number }[] = [];
  state.doc.descendants((node, pos) => void places.push({ node, pos }));
  const removed: { from: number; to: number }[] = [];
  const joints: { pos: number; depth: number }[] = [];
  // From the end, so that what is before keeps its place.
  for (const { node, pos } of places.toReversed()) {
    const mine = (mark: Mark | undefined): mark is Mark =>
      mark !== undefined && (id === undefined || mark.attrs['id'] === id);
    if (node.isText) settleText(tr, { node, pos, accept, mine });
    const suggestion = nodeSuggestion(node.attrs['suggest']);
    if (suggestion === undefined || (id !== undefined && suggestion.id !== id)) continue;
    // With what was in it, its holder may be gone already.
    if (removed.some(({ from, to }) => pos >= from && pos < to)) continue;
    const end = tr.mapping.map(pos + node.nodeSize, -1);
    const clear = (attrs: Record<string, unknown> = {}): void =>
      void tr.setNodeMarkup(pos, null, { ...node.attrs, suggest: null, ...attrs });
    const joins = suggestion.op === (accept ? 'join' : 'split');
    const goes = suggestion.op === (accept ? 'delete' : 'insert');
    if (goes) {
      const from = removeNode(tr, { from: pos, to: end });
      removed.push({ from, to: from + (state.doc.nodeAt(from)?.nodeSize ?? 0) });
    } else {
      clear(!accept && suggestion.op === 'change' ? suggestion.before : {});
      if (joins) joints.push({ pos, depth: cutDepth(node) });
    }
  }
  // When all that goes has gone, so that a block is joined to the one that is then before it.
  for (const { pos, depth } of joints)
    if (!removed.some(({ from, to }) => pos >= from && pos < to)) joinAt(tr, tr.mapping.map(pos), depth);
  return tr;
}

/** How deep a cut goes that begins with a node: an item of a list is cut with the paragraph in it. */
function cutDepth(node: Node): number {
  const inner = node.firstChild;
  return nodeSuggestion(inner?.attrs['suggest'])?.op === 'split' && inner !== null ? 1 + cutDepth(inner) : 1;
}

function settleText(
  tr: Transaction,
  {
    node,
    pos,
    accept,
    mine,
  }: { node: Node; pos: number; accept: boolean; mine: (mark: Mark | undefined) => mark is Mark },
): void {
  const { insertion, deletion, format } = schema.marks;
  const end = pos + node.nodeSize;
  const [added, cut, looked] = [insertion, deletion, format].map((type) => type.isInSet(node.marks));
  if ((mine(cut) && accept) || (mine(added) && !accept)) return void tr.delete(pos, end);
  if (mine(added)) tr.removeMark(pos, end, insertion);
  if (mine(cut)) tr.removeMark(pos, end, deletion);
  if (!mine(looked)) return;
  if (!accept) {
    for (const mark of node.marks)
      if (![insertion, deletion, format].includes(mark.type as never)) tr.removeMark(pos, end, mark);
    const before = JSON.parse(String(looked.attrs['before'])) as {
      type: string;
      attrs?: Record<string, unknown>;
    }[];
    for (const { type, attrs } of before) {
      const known = schema.marks[type as keyof typeof schema.marks];
      if (known !== undefined) tr.addMark(pos, end, known.create(attrs));
    }
  }
  tr.removeMark(pos, end, format);
}

/** Removes a node, and the parent that would be left without what it must hold. Where what went began. */
function removeNode(tr: Transaction, { from, to }: { from: number; to: number }): number {
  const $from = tr.doc.resolve(from);
  let [start, end] = [from, to];
  for (let depth = $from.depth; depth > 0 && $from.node(depth).childCount === 1; depth -= 1) {
    if ($from.node(depth).isTextblock) break;
    [start, end] = [$from.before(depth), $from.after(depth)];
  }
  if (start === 0 && end === tr.doc.content.size) tr.replaceWith(start, end, schema.nodes.paragraph.create());
  else tr.delete(start, end);
  return start;
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');
