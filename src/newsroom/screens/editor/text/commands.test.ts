import { EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { insertBlock, makeTable, setTableCaption, tableAround } from './commands.ts';
import { fromNode, toNode } from './convert.ts';
import { schema } from './schema.ts';

const image = (asset: string) => ({ type: 'image' as const, attrs: { asset } });

test('a picture put in while a gallery, or a picture of it, is chosen is one more of its pictures', () => {
  const doc = toNode({
    type: 'doc',
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: 'One.' }] },
      { type: 'gallery', content: [image('a'), image('b')] },
    ],
  });
  const gallery = doc.child(0).nodeSize;
  const shown = (selection: (of: EditorState) => NodeSelection | TextSelection): string => {
    let state = EditorState.create({ doc, schema });
    state = state.apply(state.tr.setSelection(selection(state)));
    insertBlock(schema.nodes.image.create({ asset: 'c' }))(state, (tr) => (state = state.apply(tr)));
    state.doc.check();
    const out: string[] = [];
    state.doc.descendants((node, _pos, parent) => {
      if (node.type === schema.nodes.image)
        out.push(`${parent?.type.name ?? ''} ${String(node.attrs['asset'])}`);
    });
    return out.join(', ');
  };
  expect(shown((of) => NodeSelection.create(of.doc, gallery + 1))).toBe('gallery a, gallery c, gallery b');
  expect(shown((of) => NodeSelection.create(of.doc, gallery))).toBe('gallery a, gallery b, gallery c');
  expect(shown((of) => TextSelection.create(of.doc, 2))).toBe('doc c, gallery a, gallery b');
});

test('a table gets a caption, another, and none', () => {
  let state = EditorState.create({ doc: schema.nodes.doc.create(null, makeTable(2, 2)), schema });
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 4)));
  const caption = (words: string | null): unknown => {
    expect(setTableCaption(words)(state, (tr) => (state = state.apply(tr)))).toBe(true);
    return (fromNode(state.doc).content[0] as { attrs?: { caption?: string } }).attrs?.caption;
  };
  expect(caption('Cars')).toBe('Cars');
  expect(tableAround(state)?.node.attrs['caption']).toBe('Cars');
  expect(caption('Cars a year')).toBe('Cars a year');
  expect(caption(null)).toBeUndefined();
});
