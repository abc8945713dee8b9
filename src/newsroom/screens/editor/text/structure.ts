import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
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
  const blocks = suggestBlocks(state, tr, who);
  return blocks !== undefined && means(blocks, { state, tr }) ? blocks : steps;
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

function suggestBlocks(state: EditorState, tr: Transaction, who: SuggestedBy): Transaction | undefined {
  const change = changeOf(state.doc, tr.doc);
  // What follows would be cut from, or joined to, what goes.
  if (change === undefined || isJoint(change.follows)) return undefined;
  if (isWithinOwn(state, change, who)) return withinOwn(tr, change, who);
  const { at, olds, news } = change;
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
  const place = (pos: number): number => Math.min(out.doc.content.size, pos < at ? pos : pos + end - at);
  const [$anchor, $head] = [tr.selection.anchor, tr.selection.head].map((pos) => out.doc.resolve(place(pos)));
  if ($anchor !== undefined && $head !== undefined) out.setSelection(TextSelection.between($anchor, $head));
  return out.scrollIntoView();
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
