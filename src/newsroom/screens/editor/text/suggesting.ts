import { Fragment, type Mark, type Node, type ResolvedPos, Slice } from '@tiptap/pm/model';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import {
  AddMarkStep,
  AttrStep,
  Mapping,
  RemoveMarkStep,
  ReplaceAroundStep,
  ReplaceStep,
  type Step,
} from '@tiptap/pm/transform';
import { nodeSuggestion, type SuggestedBy } from '../../../../contract/shared/suggestion.ts';
import { schema } from './schema.ts';

/** Set on a transaction that must be taken as it is: accepting, refusing, what comes from the shared document. */
export const AS_IS = 'as it is';

const SUGGESTING = new Set(['insertion', 'deletion', 'format']);

/**
 * What a change would be as a suggestion, step by step: nothing goes, what is new is marked. Undefined for a change of structure that has
 * no form as one (wrapping in a list, merging cells); see structure.ts for those.
 */
export function suggestSteps(state: EditorState, tr: Transaction, who: SuggestedBy): Transaction | undefined {
  const out = state.tr;
  for (let i = 0; i < tr.steps.length; i += 1) {
    const step = tr.steps[i];
    const before = tr.docs[i];
    if (step === undefined || before === undefined) continue;
    const back = new Mapping(tr.mapping.maps.slice(0, i)).invert();
    const place = (pos: number, side: -1 | 1): number => out.mapping.map(back.map(pos, side), side);
    if (!suggestStep(out, { step, before, place, who })) return undefined;
  }
  out.setMeta(AS_IS, true);
  return out.scrollIntoView();
}

type Given = {
  readonly step: Step;
  readonly before: Node;
  readonly place: (pos: number, side: -1 | 1) => number;
  readonly who: SuggestedBy;
};

function suggestStep(out: Transaction, given: Given): boolean {
  const { step, place, who } = given;
  if (step instanceof ReplaceStep) return suggestReplace(out, { ...given, step });
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
    const [from, to] = [place(step.from, 1), place(step.to, -1)];
    noteFormat(out, { from, to, who });
    if (step instanceof AddMarkStep) out.addMark(from, to, step.mark);
    else out.removeMark(from, to, step.mark);
    return true;
  }
  if (step instanceof AttrStep) {
    if (step.attr === 'suggest') return false;
    const pos = place(step.pos, 1);
    const node = out.doc.nodeAt(pos);
    if (node === null) return false;
    changeNode(out, { pos, node, attrs: { [step.attr]: step.value as unknown }, who });
    return true;
  }
  if (step instanceof ReplaceAroundStep) return suggestMarkup(out, { ...given, step });
  return false;
}

/** Another level of a paragraph; any other change of structure is not suggested. */
function suggestMarkup(
  out: Transaction,
  { step, before, place, who }: Given & { step: ReplaceAroundStep },
): boolean {
  const old = before.nodeAt(step.from);
  const made = step.slice.content.firstChild;
  const same =
    old?.isTextblock === true &&
    made?.type === old.type &&
    step.slice.content.childCount === 1 &&
    step.gapFrom === step.from + 1 &&
    step.gapTo === step.to - 1;
  if (!same) return false;
  const pos = place(step.from, 1);
  const node = out.doc.nodeAt(pos);
  if (node === null) return false;
  const { suggest: _suggest, ...attrs } = made.attrs;
  changeNode(out, { pos, node, attrs, who });
  return true;
}

function changeNode(
  out: Transaction,
  { pos, node, attrs, who }: { pos: number; node: Node; attrs: Record<string, unknown>; who: SuggestedBy },
): void {
  const known = nodeSuggestion(node.attrs['suggest']);
  if (known?.op === 'insert' || known?.op === 'split')
    return void out.setNodeMarkup(pos, null, { ...node.attrs, ...attrs });
  const before = Object.fromEntries(Object.keys(attrs).map((name) => [name, node.attrs[name] as unknown]));
  const kept = known?.op === 'change' ? { ...before, ...known.before } : before;
  out.setNodeMarkup(pos, null, { ...node.attrs, ...attrs, suggest: { ...who, op: 'change', before: kept } });
}

function suggestReplace(out: Transaction, { step, place, who }: Given & { step: ReplaceStep }): boolean {
  const from = place(step.from, 1);
  const to = Math.max(from, place(step.to, -1));
  const by = neighbour(out.doc, { from, to, who });
  const length = out.doc.content.size;
  suggestDeletion(out, { from, to, who: by });
  const end = to - (length - out.doc.content.size);
  if (step.slice.size === 0) {
    out.setSelection(TextSelection.near(out.doc.resolve(Math.min(from, out.doc.content.size)), -1));
    return true;
  }
  const $end = out.doc.resolve(end);
  const flat = step.slice.openStart === 0 && step.slice.openEnd === 0 && isInline(step.slice.content);
  if (flat && $end.parent.inlineContent) {
    const insertion = schema.marks.insertion.create(by);
    out.insert(end, markInline(step.slice.content, insertion, by));
    out.setSelection(TextSelection.create(out.doc, end + step.slice.size));
    return true;
  }
  const marked = new Slice(
    markBlocks(step.slice, { who: by, $end }),
    step.slice.openStart,
    step.slice.openEnd,
  );
  const sizeBefore = out.doc.content.size;
  try {
    out.step(new ReplaceStep(end, end, marked));
  } catch {
    return false; // It does not fit where the text that would go still stands.
  }
  out.setSelection(TextSelection.near(out.doc.resolve(end + out.doc.content.size - sizeBefore), 1));
  return true;
}

const isInline = (content: Fragment): boolean =>
  content.childCount > 0 && (content.firstChild?.isInline ?? false);

function markInline(content: Fragment, insertion: Mark, who: SuggestedBy): Fragment {
  const out: Node[] = [];
  content.forEach((node) => {
    if (node.isText) {
      const clean = node.marks.filter((mark) => !SUGGESTING.has(mark.type.name));
      out.push(node.mark(insertion.addToSet(clean)));
    } else out.push(node.type.create({ ...node.attrs, suggest: { ...who, op: 'insert' } }, node.content));
  });
  return Fragment.fromArray(out);
}

/** New blocks are marked as such; a block that an open end makes of an old one's second half, as a cut. */
function markBlocks(slice: Slice, { who, $end }: { who: SuggestedBy; $end: ResolvedPos }): Fragment {
  const insertion = schema.marks.insertion.create(who);
  const walk = (content: Fragment, open: { start: number; end: number }): Fragment => {
    const out: Node[] = [];
    content.forEach((node, _offset, index) => {
      if (node.isInline) return void out.push(...markInline(Fragment.from(node), insertion, who).content);
      const first = index === 0 && open.start > 0;
      const last = index === content.childCount - 1 && open.end > 0;
      const inside = walk(node.content, { start: first ? open.start - 1 : 0, end: last ? open.end - 1 : 0 });
      // The half of a block that is new as a whole is new as a whole.
      const whole = last ? nodeSuggestion($end.node($end.depth - open.end + 1).attrs['suggest']) : undefined;
      const cut = whole?.op === 'insert' && whole.by === who.by ? whole : { ...who, op: 'split' };
      const suggest = first ? node.attrs['suggest'] : last ? cut : { ...who, op: 'insert' };
      out.push(
        node.type.create(
          { ...node.attrs, ...('suggest' in node.attrs ? { suggest } : {}) },
          inside,
          node.marks,
        ),
      );
    });
    return Fragment.fromArray(out);
  };
  return walk(slice.content, { start: slice.openStart, end: slice.openEnd });
}

/** A stroke that goes on with one's own suggestion belongs to it. */
function neighbour(
  doc: Node,
  { from, to, who }: { from: number; to: number; who: SuggestedBy },
): SuggestedBy {
  for (const $pos of [doc.resolve(from), doc.resolve(Math.min(to, doc.content.size))])
    for (const node of [$pos.nodeBefore, $pos.nodeAfter])
      for (const mark of node?.marks ?? [])
        if ((mark.type.name === 'insertion' || mark.type.name === 'deletion') && mark.attrs['by'] === who.by)
          return mark.attrs as unknown as SuggestedBy;
  return who;
}

function suggestDeletion(
  out: Transaction,
  { from, to, who }: { from: number; to: number; who: SuggestedBy },
): void {
  if (from >= to) return;
  const deletion = schema.marks.deletion.create(who);
  const gone: { from: number; to: number }[] = [];
  const joins: number[] = [];
  out.doc.nodesBetween(from, to, (node, pos) => {
    const [start, end] = [Math.max(from, pos), Math.min(to, pos + node.nodeSize)];
    if (node.isText) {
      const own = node.marks.some((mark) => mark.type.name === 'insertion' && mark.attrs['by'] === who.by);
      if (own) gone.push({ from: start, to: end });
      else out.addMark(start, end, deletion);
      return false;
    }
    const suggestion = nodeSuggestion(node.attrs['suggest']);
    if (pos >= from && pos + node.nodeSize <= to) {
      const fate = suggestGone(node, who);
      if (fate === 'goes') gone.push({ from: pos, to: pos + node.nodeSize });
      else if (fate !== undefined) out.setNodeMarkup(pos, null, fate);
      if (fate !== undefined || node.isLeaf) return false;
    }
    // A block that begins within what goes would be joined to the one before it.
    if (node.isTextblock && pos >= from && pos < to) {
      if ((suggestion?.op === 'split' || suggestion?.op === 'insert') && suggestion.by === who.by)
        joins.push(pos);
      else if (suggestion === undefined)
        out.setNodeMarkup(pos, null, { ...node.attrs, suggest: { ...who, op: 'join' } });
    }
    return true;
  });
  const steps = [
    ...gone.map((range) => ({ at: range.from, range })),
    ...joins.map((at) => ({ at, range: undefined })),
  ];
  for (const { at, range } of steps.sort((a, b) => b.at - a.at)) {
    if (range !== undefined) out.delete(range.from, range.to);
    else joinAt(out, at);
  }
}

/** A whole node that would go: really, where one suggested it oneself; else what it says of itself then. Undefined where another suggestion stands in the way. */
export function suggestGone(node: Node, who: SuggestedBy): 'goes' | Record<string, unknown> | undefined {
  const known = nodeSuggestion(node.attrs['suggest']);
  const before = known?.op === 'change' && known.by === who.by ? known.before : undefined;
  if (known?.op === 'insert' && known.by === who.by) return 'goes';
  if (known !== undefined && before === undefined) return undefined;
  return { ...node.attrs, ...before, suggest: { ...who, op: 'delete' } };
}

/** Joins the block that begins at a place to the one before it, where the two fit. */
export function joinAt(tr: Transaction, at: number, depth = 1): void {
  const { nodeBefore, nodeAfter } = tr.doc.resolve(at);
  if (nodeBefore === null || nodeAfter === null || nodeBefore.type !== nodeAfter.type) return;
  const inside = depth > 1 && nodeBefore.lastChild?.type === nodeAfter.firstChild?.type;
  tr.join(at, inside ? depth : 1);
}

/** Remembers how text looked before its look is changed by suggestion. */
function noteFormat(
  out: Transaction,
  { from, to, who }: { from: number; to: number; who: SuggestedBy },
): void {
  out.doc.nodesBetween(from, to, (node, pos) => {
    if (
      !node.isText ||
      node.marks.some((mark) => mark.type.name === 'format' || mark.type.name === 'insertion')
    )
      return;
    const plain = node.marks
      .filter((mark) => !SUGGESTING.has(mark.type.name))
      .map((mark) => {
        const attrs = Object.entries(mark.attrs).filter(([, value]) => value !== null);
        return attrs.length === 0
          ? { type: mark.type.name }
          : { type: mark.type.name, attrs: Object.fromEntries(attrs) };
      });
    const format = schema.marks.format.create({ ...who, before: JSON.stringify(plain) });
    out.addMark(Math.max(from, pos), Math.min(to, pos + node.nodeSize), format);
  });
}
