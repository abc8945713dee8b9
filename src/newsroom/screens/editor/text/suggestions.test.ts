import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { splitBlock, joinBackward } from '@tiptap/pm/commands';
import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryDoc } from '../../../../../tests/support/arbitrary-doc.ts';
import { docFromParagraphs, docText } from '../../../../contract/document.ts';
import { readBody } from '../../../../contract/shared/body-read.ts';
import { normalDoc } from '../../../../contract/shared/normal.ts';
import { marks, setHeading } from './commands.ts';
import { fromNode, toNode } from './convert.ts';
import { schema } from './schema.ts';
import { asSuggestion } from './suggesting.ts';
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

test('whatever is suggested by random strokes, what is published stays as it was, and refusing brings it back', () => {
  const stroke = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    span: fc.integer({ min: 0, max: 12 }),
    kind: fc.constantFrom('type', 'delete', 'split', 'bold', 'replace'),
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
          else if (kind === 'split') state = suggest(here, here.tr.split(a));
          else if (kind === 'bold' && a < b)
            state = suggest(here, here.tr.addMark(a, b, schema.marks.bold.create()));
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
