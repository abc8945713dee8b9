import type { Command } from '@tiptap/pm/state';
import type { editorText } from '../../strings/editor.ts';
import {
  insertBlock,
  makeTable,
  setCode,
  setHeading,
  setParagraph,
  toggleFrame,
  toggleList,
} from './text/commands.ts';
import { schema } from './text/schema.ts';

const { nodes } = schema;
type Key = {
  [K in keyof (typeof editorText)['en']]: (typeof editorText)['en'][K] extends string ? K : never;
}[keyof (typeof editorText)['en']];

/** What can be made of a line or put after it: by the slash menu, the toolbar and the palette of formats. */
export type Choice = { readonly key: Key; readonly words: string } & (
  | { readonly command: Command }
  /** Needs something to be chosen or written first. */
  | {
      readonly ask:
        | 'image'
        | 'gallery'
        | 'audio'
        | 'video'
        | 'file'
        | 'embed'
        | 'datedFact'
        | 'footnote'
        | 'relatedBox'
        | 'link'
        | 'language'
        | 'tableCaption';
    }
);

/** `words`: what one may type for it in any language of the interface. */
export const choices: readonly Choice[] = [
  { key: 'paragraph', words: 'text absatz p', command: setParagraph },
  { key: 'heading2', words: 'h2 title titel', command: setHeading(2) },
  { key: 'heading3', words: 'h3', command: setHeading(3) },
  { key: 'heading4', words: 'h4', command: setHeading(4) },
  { key: 'bulletList', words: 'list ul liste', command: toggleList(nodes.bulletList) },
  { key: 'orderedList', words: 'numbers ol 1.', command: toggleList(nodes.orderedList) },
  { key: 'quote', words: 'blockquote zitat', command: toggleFrame(nodes.blockquote) },
  { key: 'note', words: 'aside editors notiz', command: toggleFrame(nodes.note, { kind: 'editor' }) },
  { key: 'image', words: 'picture photo foto img', ask: 'image' },
  { key: 'gallery', words: 'pictures photos', ask: 'gallery' },
  { key: 'audio', words: 'sound ton', ask: 'audio' },
  { key: 'video', words: 'film', ask: 'video' },
  { key: 'file', words: 'pdf download', ask: 'file' },
  { key: 'embed', words: 'youtube post social', ask: 'embed' },
  { key: 'table', words: 'grid tabelle', command: insertBlock(makeTable(3, 3)) },
  { key: 'fact', words: 'date timeline datum', ask: 'datedFact' },
  { key: 'related', words: 'box articles', ask: 'relatedBox' },
  { key: 'footnote', words: 'note', ask: 'footnote' },
  { key: 'rule', words: 'hr line', command: insertBlock(nodes.horizontalRule.create()) },
  { key: 'codeBlock', words: 'pre', command: setCode },
];

export type Asked = Extract<Choice, { ask: string }>['ask'];
