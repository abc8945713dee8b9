import {
  chainCommands,
  deleteSelection,
  joinBackward,
  joinForward,
  selectParentNode,
  splitBlock,
} from '@tiptap/pm/commands';
import { liftListItem, sinkListItem, splitListItem } from '@tiptap/pm/schema-list';
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  fixTables,
  toggleHeaderRow,
} from '@tiptap/pm/tables';
import { findWrapping } from '@tiptap/pm/transform';
import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryDoc } from '../../../../../tests/support/arbitrary-doc.ts';
import { docFromParagraphs, docText } from '../../../../contract/document.ts';
import { readBody } from '../../../../contract/shared/body-read.ts';
import { normalDoc } from '../../../../contract/shared/normal.ts';
import { nodeSuggestion } from '../../../../contract/shared/suggestion.ts';
import {
  insertBlock,
  makeTable,
  marks,
  moveBlock,
  setCode,
  setHeading,
  setParagraph,
  toggleFrame,
  toggleList,
} from './commands.ts';
import { fromNode, toNode } from './convert.ts';
import { schema } from './schema.ts';
import { asSuggestion } from './structure.ts';
import { settle, suggestionsIn } from './suggestions.ts';

/** What would be published of an editor's document. */
function published(state: EditorState): string {
  return JSON.stringify(publishedDoc(state));
}
function publishedDoc(state: EditorState) {
  const fragment = new Y.Doc().getXmlFragment('body');
  prosemirrorToYXmlFragment(state.doc, fragment);
  return readBody(fragment);
}

const stateOf = (paragraphs: string[]): EditorState =>
  EditorState.create({ doc: toNode(docFromParagraphs(paragraphs)), schema });

let strokes = 0;
function suggest(
  state: EditorState,
  change: Transaction | ((state: EditorState) => Transaction),
): EditorState {
  strokes += 1;
  const tr = typeof change === 'function' ? change(state) : change;
  const made = asSuggestion(state, tr, {
    id: `s${strokes}`,
    by: 'ada',
    name: 'Ada',
    at: '2026-03-01T10:00:00.000Z',
  });
  return made === undefined ? state : state.apply(made);
}

function commanded(
  state: EditorState,
  command: (state: EditorState, dispatch: (tr: Transaction) => void) => boolean,
): Transaction {
  let made: Transaction | undefined;
  command(state, (tr) => (made = tr));
  if (made === undefined) throw new Error('the command did nothing');
  return made;
}

test('ProseMirror’s document and ours are the same, over the whole schema', () => {
  fc.assert(
    fc.property(arbitraryDoc, (doc) => {
      const node = toNode(doc);
      node.check();
      expect(fromNode(node)).toEqual(normalDoc(doc));
      const fragment = new Y.Doc().getXmlFragment('body');
      prosemirrorToYXmlFragment(node, fragment);
      expect(readBody(fragment)).toEqual(normalDoc(doc));
    }),
    { numRuns: 150 },
  );
});

test('typing, deleting, cutting and joining as suggestions publish nothing; accepting publishes, refusing does not', () => {
  const start = stateOf(['The quick brown fox.', 'It jumps.']);
  let state = suggest(start, (at) => at.tr.insertText('CANARY ', 5));
  state = suggest(state, (at) => at.tr.delete(at.doc.content.size - 8, at.doc.content.size - 3));
  expect(published(state)).toBe(published(start));
  const cut = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 4)));
  state = suggest(cut, commanded(cut, splitBlock));
  expect(published(state)).toBe(published(start));
  const second = state.doc.child(0).nodeSize + state.doc.child(1).nodeSize + 1;
  const joined = state.apply(state.tr.setSelection(TextSelection.create(state.doc, second)));
  state = suggest(joined, commanded(joined, joinBackward));
  expect(published(state)).toBe(published(start));
  expect(suggestionsIn(state.doc).length).toBeGreaterThan(2);
  const refused = state.apply(settle(state, { id: undefined, accept: false }));
  expect(published(refused)).toBe(published(start));
  expect(suggestionsIn(refused.doc)).toEqual([]);
  const accepted = state.apply(settle(state, { id: undefined, accept: true }));
  expect(suggestionsIn(accepted.doc)).toEqual([]);
  expect(docText(publishedDoc(accepted))).toContain('CANARY');
});

test('another look is suggested and taken back', () => {
  const start = stateOf(['Plain words here.']);
  const chosen = start.apply(start.tr.setSelection(TextSelection.create(start.doc, 1, 6)));
  let state = suggest(chosen, commanded(chosen, marks.bold));
  state = suggest(state, commanded(state, setHeading(2)));
  expect(published(state)).toBe(published(start));
  expect(published(state.apply(settle(state, { id: undefined, accept: false })))).toBe(published(start));
  const accepted = publishedDoc(state.apply(settle(state, { id: undefined, accept: true })));
  expect(accepted.content[0]).toMatchObject({
    type: 'heading',
    content: [{ text: 'Plain', marks: [{ type: 'bold' }] }, {}],
  });
});

const structure = {
  bulletList: toggleList(schema.nodes.bulletList),
  orderedList: toggleList(schema.nodes.orderedList),
  quote: toggleFrame(schema.nodes.blockquote),
  code: setCode,
  heading: setHeading(3),
  paragraph: setParagraph,
  split: chainCommands(splitListItem(schema.nodes.listItem), splitBlock),
  joinBackward,
  joinForward,
  sink: sinkListItem(schema.nodes.listItem),
  lift: liftListItem(schema.nodes.listItem),
  table: insertBlock(makeTable(2, 2)),
  rule: insertBlock(schema.nodes.horizontalRule.create()),
  up: moveBlock(-1),
  row: addRowAfter,
  column: addColumnAfter,
  lessRow: deleteRow,
  lessColumn: deleteColumn,
  noTable: deleteTable,
  headerRow: toggleHeaderRow,
  block: chainCommands(selectParentNode, deleteSelection),
  selection: deleteSelection,
} satisfies Record<string, Command>;
const names = Object.keys(structure) as (keyof typeof structure)[];
const isStructure = (kind: string): kind is keyof typeof structure => kind in structure;
const places = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

function chosen(state: EditorState, [a, b]: readonly [number, number], bare: boolean): EditorState {
  const at = (share: number) => state.doc.resolve(Math.floor(share * state.doc.content.size));
  const selection = bare
    ? TextSelection.near(at(a))
    : TextSelection.between(at(Math.min(a, b)), at(Math.max(a, b)));
  return state.apply(state.tr.setSelection(selection));
}

/** What a command does to a text, if it does anything; deleting a block takes two steps, as it does for people. */
function changed(state: EditorState, name: keyof typeof structure): Transaction | undefined {
  let here = state;
  if (name === 'block') selectParentNode(state, (tr) => (here = state.apply(tr)));
  let made: Transaction | undefined;
  (name === 'block' ? deleteSelection : structure[name])(here, (tr) => (made = tr));
  return made?.docChanged === true ? made : undefined;
}

function holds(start: EditorState, name: keyof typeof structure): boolean {
  const tr = changed(start, name);
  if (tr === undefined) return false;
  const state = suggest(start, tr);
  state.doc.check();
  expect(suggestionsIn(state.doc), name).toHaveLength(1);
  expect(published(state), name).toBe(published(start));
  const refused = state.apply(settle(state, { id: undefined, accept: false }));
  expect(refused.doc.toJSON(), name).toEqual(start.doc.toJSON());
  const accepted = state.apply(settle(state, { id: undefined, accept: true }));
  expect(suggestionsIn(accepted.doc), name).toEqual([]);
  expect(published(accepted), name).toBe(published(EditorState.create({ doc: tr.doc, schema })));
  return true;
}

test('every change of structure is a suggestion: accepted it is that change, refused it never was', () => {
  const line = (text: string) => ({ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] });
  const cell = (text: string) => ({ type: 'tableCell' as const, content: [line(text)] });
  const doc = toNode({
    type: 'doc',
    content: [
      line('Before.'),
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
      line('After.'),
      {
        type: 'bulletList',
        content: ['one', 'two', 'three'].map((text) => ({ type: 'listItem', content: [line(text)] })),
      },
      { type: 'blockquote', content: [line('Said.')] },
      {
        type: 'table',
        content: [1, 2, 3].map((row) => ({ type: 'tableRow', content: [cell(`a${row}`), cell(`b${row}`)] })),
      },
      line('End.'),
    ],
  });
  for (const name of names) {
    let times = 0;
    for (let at = 0; at <= doc.content.size; at += 4) {
      const bare = EditorState.create({ doc, schema });
      const selection = TextSelection.near(doc.resolve(at));
      const long = TextSelection.between(doc.resolve(at), doc.resolve(Math.min(at + 9, doc.content.size)));
      for (const chosenNow of name === 'split' ? [selection] : [selection, long])
        if (holds(bare.apply(bare.tr.setSelection(chosenNow)), name)) times += 1;
    }
    expect(times, name).toBeGreaterThan(0);
  }
});

test('so it is over the whole schema', () => {
  fc.assert(
    fc.property(arbitraryDoc, places, fc.boolean(), fc.constantFrom(...names), (doc, at, bare, name) => {
      const raw = EditorState.create({ doc: toNode(doc), schema });
      // Uneven tables are filled up when they are opened.
      const start = chosen(raw.apply(fixTables(raw) ?? raw.tr), at, bare || name === 'split');
      holds(start, name);
    }),
    { numRuns: 300 },
  );
});

/** The blocks as they stand in the text: what is only suggested of them in brackets. */
const standing = (state: EditorState): string[] => {
  const out: string[] = [];
  state.doc.forEach((block) => {
    const op = nodeSuggestion(block.attrs['suggest'])?.op;
    out.push(`${block.type.name} ${block.textContent}${op === undefined ? '' : ` (${op})`}`);
  });
  return out;
};

test('a list that is taken back while it is only suggested leaves nothing behind', () => {
  const start = stateOf(['One.', 'Two.', 'Three.']);
  const both = start.apply(start.tr.setSelection(TextSelection.create(start.doc, 2, 8)));
  let state = suggest(both, commanded(both, structure.bulletList));
  expect(standing(state)).toEqual([
    'paragraph One. (delete)',
    'paragraph Two. (delete)',
    'bulletList One.Two. (insert)',
    'paragraph Three.',
  ]);
  // Out of the list item by item, as it is done with the key.
  for (let times = 0; times < 2; times += 1) {
    const items: number[] = [];
    state.doc.descendants((node, pos) => {
      if (node.type === schema.nodes.listItem) items.push(pos + 2);
    });
    const at = state.apply(state.tr.setSelection(TextSelection.create(state.doc, items.at(-1) ?? 0)));
    state = suggest(at, commanded(at, structure.bulletList));
  }
  expect(standing(state)).toEqual(['paragraph One.', 'paragraph Two.', 'paragraph Three.']);
  expect(suggestionsIn(state.doc)).toEqual([]);
});

test('a list that was there, taken apart and made again by suggestion, is what it was', () => {
  const item = (text: string) => ({
    type: 'listItem' as const,
    content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
  });
  const start = EditorState.create({
    doc: toNode({ type: 'doc', content: [{ type: 'bulletList', content: [item('One.'), item('Two.')] }] }),
    schema,
  });
  const chosenAll = start.apply(
    start.tr.setSelection(TextSelection.create(start.doc, 3, start.doc.content.size - 3)),
  );
  const apart = suggest(chosenAll, commanded(chosenAll, structure.lift));
  expect(standing(apart)).toEqual([
    'bulletList One.Two. (delete)',
    'paragraph One. (insert)',
    'paragraph Two. (insert)',
  ]);
  const size = apart.doc.child(0).nodeSize;
  const again = apart.apply(
    apart.tr.setSelection(TextSelection.create(apart.doc, size + 1, apart.doc.content.size - 1)),
  );
  const whole = suggest(again, commanded(again, structure.bulletList));
  expect(whole.doc.toJSON()).toEqual(start.doc.toJSON());
});

test('one block changed more than once is one suggestion, and what was typed for it goes with it', () => {
  const start = stateOf(['One.', 'Two.']);
  const put = (state: EditorState, at: number) =>
    state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)));
  let state = put(start, 1);
  state = suggest(state, commanded(state, structure.bulletList));
  const inList = start.doc.child(0).nodeSize + 3;
  state = put(state, inList);
  state = suggest(state, commanded(state, structure.orderedList));
  expect(standing(state)).toEqual(['paragraph One. (delete)', 'orderedList One. (insert)', 'paragraph Two.']);
  expect(suggestionsIn(state.doc).map(({ kinds }) => [...kinds])).toEqual([['change']]);
  const [only] = suggestionsIn(state.doc);
  const refused = state.apply(settle(state, { id: only?.id, accept: false }));
  expect(refused.doc.toJSON()).toEqual(start.doc.toJSON());
  const accepted = state.apply(settle(state, { id: only?.id, accept: true }));
  expect(standing(accepted)).toEqual(['orderedList One.', 'paragraph Two.']);

  // As the rule for `- ` at the start of a line does it: the signs go, then the list is made.
  let typed = suggest(start, (at) => at.tr.insertText('-', 1));
  typed = suggest(typed, (at) => {
    const tr = at.tr.delete(1, 2);
    const range = tr.doc.resolve(1).blockRange();
    const wrapping = range && findWrapping(range, schema.nodes.bulletList);
    if (!range || !wrapping) throw new Error('no list can stand there');
    return tr.wrap(range, wrapping);
  });
  expect(standing(typed)).toEqual(['paragraph One. (delete)', 'bulletList One. (insert)', 'paragraph Two.']);
  expect(suggestionsIn(typed.doc)).toHaveLength(1);
});

test('whatever is suggested by random strokes, what is published stays as it was, and refusing brings it back', () => {
  const stroke = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    span: fc.integer({ min: 0, max: 12 }),
    kind: fc.oneof(
      fc.constantFrom(
        'type' as const,
        'delete' as const,
        'cut' as const,
        'bold' as const,
        'replace' as const,
      ),
      fc.constantFrom(...names),
    ),
  });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Some words.', 'Z', 'More of them, and longer.'), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.array(stroke, { maxLength: 12 }),
      (paragraphs, list) => {
        const start = stateOf(paragraphs);
        let state = start;
        for (const { at, span, kind } of list) {
          const from = TextSelection.near(state.doc.resolve(Math.floor(at * state.doc.content.size))).from;
          const to = Math.min(from + span, state.doc.content.size - 1);
          const $to = TextSelection.near(state.doc.resolve(to), -1);
          const here = state.apply(
            state.tr.setSelection(TextSelection.create(state.doc, from, Math.max(from, $to.to))),
          );
          const { from: a, to: b } = here.selection;
          if (kind === 'type') state = suggest(here, here.tr.insertText('CANARY', b));
          else if (kind === 'replace') state = suggest(here, here.tr.insertText('CANARY', a, b));
          else if (kind === 'delete' && a < b) state = suggest(here, here.tr.deleteSelection());
          else if (kind === 'cut') state = suggest(here, here.tr.split(a));
          else if (kind === 'bold' && a < b)
            state = suggest(here, here.tr.addMark(a, b, schema.marks.bold.create()));
          else if (isStructure(kind)) {
            const bare = here.apply(here.tr.setSelection(TextSelection.near(here.doc.resolve(a))));
            const tr = changed(kind === 'split' ? bare : here, kind);
            if (tr !== undefined) state = suggest(kind === 'split' ? bare : here, tr);
          }
          state.doc.check();
          expect(published(state)).toBe(published(start));
        }
        expect(published(state.apply(settle(state, { id: undefined, accept: false })))).toBe(
          published(start),
        );
      },
    ),
    { numRuns: 150 },
  );
});
