import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep, type Step } from '@tiptap/pm/transform';
import { nodeSuggestion, type SuggestedBy } from '../../../../contract/shared/suggestion.ts';
import { schema } from './schema.ts';
import { AS_IS, suggestGone, suggestSteps } from './suggesting.ts';
import { settle } from './suggestions.ts';

/**
 * What a change would be as a suggestion. Where its steps cannot be shown one by one, the blocks that it changes stand as what would go,
 * and their new form after them as what would come. Undefined where suggestions of others are in the way of that.
 */
export function asSuggestion(state: EditorState, tr: Transaction, who: SuggestedBy): Transaction | undefined {
  const steps = suggestSteps(state, tr, who);
  if (steps !== undefined && (tr.steps.every(staysInLine(tr)) || means(steps, { state, tr }))) return steps;
  for (const made of [suggestInTwo(state, tr, who), suggestBlocks(state, tr, who)])
    if (made !== undefined && means(made, { state, tr })) return made;
  return steps;
}

/** A rule first takes away the signs that were typed for it: where those were only suggested they go, and are no part of the blocks that stay. */
function suggestInTwo(state: EditorState, tr: Transaction, who: SuggestedBy): Transaction | undefined {
  const first = tr.steps.findIndex((step, index) => !staysInLine(tr)(step, index));
  const between = tr.docs[first];
  if (first <= 0 || between === undefined) return undefined;
  const inline = state.tr;
  for (const step of tr.steps.slice(0, first)) inline.step(step);
  const signs = suggestSteps(state, inline, who);
  if (signs === undefined || !signs.doc.eq(between)) return undefined;
  const base = EditorState.create({ doc: signs.doc });
  const rest = base.tr;
  for (const step of tr.steps.slice(first)) rest.step(step);
  rest.setSelection(Selection.fromJSON(rest.doc, tr.selection.toJSON()));
  const blocks = suggestBlocks(base, rest, who);
  if (blocks === undefined) return undefined;
  const out = state.tr.setMeta(AS_IS, true);
  for (const step of [...signs.steps, ...blocks.steps]) out.step(step);
  return out.setSelection(Selection.fromJSON(out.doc, blocks.selection.toJSON())).scrollIntoView();
}

/** Letters, marks and members: what no check is needed for, so that typing costs nothing. */
const staysInLine =
  (tr: Transaction) =>
  (step: Step, index: number): boolean => {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep || step instanceof AttrStep)
      return true;
    const before = tr.docs[index];
    if (!(step instanceof ReplaceStep) || before === undefined) return false;
    const $from = before.resolve(step.from);
    const flat = step.slice.openStart === 0 && step.slice.openEnd === 0;
    return flat && $from.parent.inlineContent && $from.sameParent(before.resolve(step.to));
  };

/** Whether accepting it gives what the change gives, and refusing it what was before. */
function means(made: Transaction, { state, tr }: { state: EditorState; tr: Transaction }): boolean {
  const settled = (doc: Node, accept: boolean): Node =>
    settle(EditorState.create({ doc }), { id: undefined, accept }).doc;
  return (
    settled(made.doc, true).eq(settled(tr.doc, true)) &&
    settled(made.doc, false).eq(settled(state.doc, false))
  );
}

const HOLDERS = new Set([
  'doc',
  'blockquote',
  'note',
  'bulletList',
  'orderedList',
  'listItem',
  'tableCell',
  'tableHeader',
  'gallery',
]);

type Change = {
  readonly start: number;
  /** Where it begins: the holder of the blocks, and the place of the first in it. */
  readonly depth: number;
  readonly at: number;
  readonly olds: readonly Node[];
  readonly news: readonly Node[];
  readonly follows: Node | null;
};

function suggestBlocks(state: EditorState, tr: Transaction, me: SuggestedBy): Transaction | undefined {
  const change = changeOf(state.doc, tr.doc);
  // What follows would be cut from, or joined to, what goes.
  if (change === undefined || isJoint(change.follows)) return undefined;
  if (isWithinOwn(state, change, me)) return withinOwn(tr, change, me);
  const { at, olds, news } = change;
  const who = olds.reduce((by, node) => goesOn(node, me) ?? by, me);
  const out = state.tr.setMeta(AS_IS, true);
  let end = at;
  for (const node of olds) {
    const fate = suggestGone(node, who);
    if (fate === undefined) return undefined;
    if (fate === 'goes') out.delete(end, end + node.nodeSize);
    else {
      out.setNodeMarkup(end, null, fate);
      end += node.nodeSize;
    }
  }
  const made = news.map((node) => {
    const { type, attrs, content, marks } = fresh(node, who);
    return type.create({ ...attrs, suggest: { ...who, op: 'insert' } }, content, marks);
  });
  try {
    out.step(new ReplaceStep(end, end, new Slice(Fragment.fromArray(made), 0, 0)));
  } catch {
    return undefined;
  }
  const back = takenBack(out, end, who);
  const place = (pos: number): number =>
    Math.min(out.doc.content.size, pos < at ? pos : pos + end - at - back);
  const [$anchor, $head] = [tr.selection.anchor, tr.selection.head].map((pos) => out.doc.resolve(place(pos)));
  if ($anchor !== undefined && $head !== undefined) out.setSelection(TextSelection.between($anchor, $head));
  return out.scrollIntoView();
}

/** What is made anew of what one has suggested oneself is the same suggestion. */
function goesOn(node: Node, { by }: SuggestedBy): SuggestedBy | undefined {
  const known = nodeSuggestion(node.attrs['suggest']);
  if (known?.op !== 'insert' || known.by !== by) return undefined;
  return { id: known.id, by, name: known.name, at: known.at };
}

/**
 * Where the blocks around a place that would come by a suggestion are again those that would go by it, nothing is suggested any more: these
 * stay, those go. How far what comes stood behind what stays; 0 where something is still suggested.
 */
function takenBack(out: Transaction, at: number, who: SuggestedBy): number {
  const $at = out.doc.resolve(at);
  const opOf = (index: number): string | undefined => {
    const known = nodeSuggestion($at.parent.maybeChild(index)?.attrs['suggest']);
    return known?.id === who.id && known.by === who.by ? known.op : undefined;
  };
  let [first, last] = [$at.index(), $at.index()];
  while (opOf(first - 1) === 'insert') first -= 1;
  while (opOf(last) === 'insert') last += 1;
  let gone = first;
  while (opOf(gone - 1) === 'delete') gone -= 1;
  const runs = childrenOf($at.parent);
  const without = (from: number, to: number): Fragment =>
    Fragment.fromArray(runs.slice(from, to).map((node) => withoutOwn(node, who)));
  if (gone === first || !without(gone, first).eq(without(first, last))) return 0;
  const starts = [gone, first, last].map((index) => $at.posAtIndex(index));
  const [stays = 0, comes = 0, end = 0] = starts;
  out.delete(comes, end);
  let pos = stays;
  for (const node of runs.slice(gone, first)) {
    out.setNodeMarkup(pos, null, { ...node.attrs, suggest: null });
    pos += node.nodeSize;
  }
  return comes - stays;
}

/** A node as it is once one suggestion in it is decided for what it puts there. */
function withoutOwn(node: Node, who: SuggestedBy): Node {
  const { id } = who;
  if (node.isText)
    return node.mark(
      node.marks.filter(({ type, attrs }) => type !== schema.marks.insertion || attrs['id'] !== id),
    );
  const own = nodeSuggestion(node.attrs['suggest'])?.id === id;
  const content = childrenOf(node).map((child) => withoutOwn(child, who));
  return node.type.create(own ? { ...node.attrs, suggest: null } : node.attrs, content, node.marks);
}

const isJoint = (node: Node | null): boolean =>
  ['split', 'join'].includes(nodeSuggestion(node?.attrs['suggest'])?.op ?? '');

/** The smallest run of blocks within one holder that two documents differ in. */
function changeOf(old: Node, made: Node): Change | undefined {
  const start = old.content.findDiffStart(made.content);
  const ends = old.content.findDiffEnd(made.content);
  if (start === null || ends === null) return undefined;
  const lap = Math.max(0, start - Math.min(ends.a, ends.b));
  const [$old, $new] = [old.resolve(start), made.resolve(start)];
  const [$oldEnd, $newEnd] = [old.resolve(ends.a + lap), made.resolve(ends.b + lap)];
  for (
    let depth = Math.min($old.sharedDepth($oldEnd.pos), $new.sharedDepth($newEnd.pos));
    depth >= 0;
    depth -= 1
  ) {
    const [before, after] = [$old.node(depth), $new.node(depth)];
    if (before.type !== after.type || !(HOLDERS.has(before.type.name) || isEven(before, after))) continue;
    const first = $old.index(depth);
    const last = $oldEnd.indexAfter(depth);
    return {
      start,
      depth,
      at: $old.posAtIndex(first, depth),
      olds: childrenOf(before).slice(first, last),
      news: childrenOf(after).slice(first, $newEnd.indexAfter(depth)),
      follows: before.maybeChild(last),
    };
  }
  return undefined;
}

const childrenOf = (node: Node): Node[] => Array.from({ length: node.childCount }, (_, i) => node.child(i));

/** Tables whose rows can stand among each other: all as wide as the others, and no cell reaching into the next row. */
function isEven(before: Node, after: Node): boolean {
  if (before.type !== schema.nodes.table) return false;
  const rows = [...childrenOf(before), ...childrenOf(after)].map(childrenOf);
  const widths = rows.map((cells) => cells.reduce((sum, cell) => sum + Number(cell.attrs['colspan']), 0));
  return new Set(widths).size === 1 && rows.flat().every((cell) => cell.attrs['rowspan'] === 1);
}

/** What is within blocks that one has suggested oneself is changed at once. */
function isWithinOwn(state: EditorState, { start, depth }: Change, who: SuggestedBy): boolean {
  const $start = state.doc.resolve(start);
  for (let at = 1; at <= depth; at += 1) {
    const known = nodeSuggestion($start.node(at).attrs['suggest']);
    if (known?.op === 'insert' && known.by === who.by) return true;
  }
  return false;
}

function withinOwn(tr: Transaction, { at, news }: Change, who: SuggestedBy): Transaction {
  const end = at + news.reduce((sum, node) => sum + node.nodeSize, 0);
  tr.doc.nodesBetween(at, end, (node, pos) => {
    if (!node.isText || schema.marks.insertion.isInSet(node.marks) !== undefined) return;
    tr.addMark(Math.max(at, pos), Math.min(end, pos + node.nodeSize), schema.marks.insertion.create(who));
  });
  return tr.setMeta(AS_IS, true);
}

/** A block whose words are all marked as new; what others suggest within it stays. */
function fresh(node: Node, who: SuggestedBy): Node {
  const { insertion } = schema.marks;
  if (node.isText)
    return insertion.isInSet(node.marks) === undefined
      ? node.mark(insertion.create(who).addToSet(node.marks))
      : node;
  const added = node.isInline && node.attrs['suggest'] === null ? { suggest: { ...who, op: 'insert' } } : {};
  const content = childrenOf(node).map((child) => fresh(child, who));
  return node.type.create({ ...node.attrs, ...added }, content, node.marks);
}
