import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import { type Doc, docFromParagraphs } from '../../../../contract/document.ts';
import { toNode } from './convert.ts';
import { findAll, findKey, findPlugin, type Query, replaceAll, replaceOne, setQuery } from './find.ts';
import { schema } from './schema.ts';
import { asSuggestion } from './structure.ts';

const query = (text: string, more: Partial<Query> = {}): Query => ({
  text,
  regex: false,
  word: false,
  matchCase: false,
  within: undefined,
  ...more,
});

/** What the search needs of a view: the state, and a place for transactions, which are suggestions where `suggesting`. */
function viewOf(doc: Doc, suggesting = false): EditorView & { undo(): void } {
  const view = {
    state: EditorState.create({ doc: toNode(doc), schema, plugins: [findPlugin()] }),
    dispatch(tr: Transaction) {
      const who = { id: 's', by: 'ada', name: 'Ada', at: '2026-03-01T10:00:00.000Z' };
      const made = suggesting && tr.docChanged ? asSuggestion(view.state, tr, who) : tr;
      if (made !== undefined) view.state = view.state.apply(made);
    },
  };
  return view as never;
}
const words = (view: EditorView): string[] => {
  const out: string[] = [];
  view.state.doc.forEach((block) => void out.push(block.textContent));
  return out;
};
const found = (view: EditorView) => findKey.getState(view.state);

test.each([
  ['well-known', 1],
  ['a/b', 1],
  ['(1.5 %) $2 [x] {y} ^z|q\\w +?*', 1],
  ['well', 2],
])('finds the signs of %s as they stand', (text, times) => {
  const doc = toNode(docFromParagraphs(['A well-known well.', 'a/b and (1.5 %) $2 [x] {y} ^z|q\\w +?*']));
  expect(findAll(doc, query(text))).toHaveLength(times);
  expect(findAll(doc, query(text, { word: true })).length).toBeLessThanOrEqual(times);
});

test('finds across marks, in the case asked for, whole words in any script, and by pattern', () => {
  const doc = toNode({
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Bri' },
          { type: 'text', text: 'dge', marks: [{ type: 'bold' }] },
          { type: 'footnote', attrs: { text: 'note' } },
          { type: 'text', text: ' bridges ÜBER über 12 Brücken' },
        ],
      },
    ],
  });
  expect(findAll(doc, query('bridge'))).toHaveLength(2);
  expect(findAll(doc, query('bridge', { word: true }))).toHaveLength(1);
  expect(findAll(doc, query('über'))).toHaveLength(2);
  expect(findAll(doc, query('über', { matchCase: true }))).toHaveLength(1);
  expect(findAll(doc, query('\\d+ (\\p{L}+)', { regex: true }))[0]?.match[1]).toBe('Brücken');
});

test('replaces every hit, however many there are', () => {
  const view = viewOf(docFromParagraphs(['e '.repeat(4000), 'e '.repeat(4000)]));
  setQuery(view, query('e'));
  expect(replaceAll(view, 'x')).toBe(8000);
  expect(words(view).join('')).not.toContain('e');
});

test('what a suggestion has struck out is not found again', () => {
  const view = viewOf(docFromParagraphs(['A fox and a fox.', 'The fox.']), true);
  setQuery(view, query('fox'));
  expect(found(view)?.hits).toHaveLength(3);
  replaceOne(view, 'cat');
  expect(found(view)?.hits).toHaveLength(2);
  replaceOne(view, 'cat');
  replaceOne(view, 'cat');
  expect(found(view)?.hits).toHaveLength(0);
  expect(words(view)).toEqual(['A foxcat and a foxcat.', 'The foxcat.']);
});

test('a text that holds what was looked for is put once, not again and again', () => {
  const view = viewOf(docFromParagraphs(['cat cat']));
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1)));
  setQuery(view, query('cat'));
  replaceOne(view, 'cats');
  replaceOne(view, 'cats');
  expect(words(view)).toEqual(['cats cats']);
});
