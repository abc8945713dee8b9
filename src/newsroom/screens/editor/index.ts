import { said } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import type { KeyHelp, Registration } from '../registration.ts';

const where = said(editorText, 'where');
type Plain = Parameters<typeof said<(typeof editorText)['en']>>[1];
const help = (keys: string, key: Plain): KeyHelp => ({ keys, where, title: said(editorText, key) });

export const editorRegistration: Registration = {
  screens: [
    {
      path: 'articles/$articleId',
      title: said(editorText, 'title'),
      permission: 'articles:read',
      wide: true,
      load: () => import('./editor-screen.tsx'),
    },
  ],
  keys: [
    help('mod+s', 'save'),
    help('mod+b', 'bold'),
    help('mod+i', 'italic'),
    help('mod+u', 'underline'),
    help('mod+shift+x', 'strike'),
    help('mod+e', 'code'),
    help('mod+.', 'superscript'),
    help('mod+,', 'subscript'),
    help('mod+k', 'link'),
    help('mod+alt+0', 'paragraph'),
    help('mod+alt+2', 'heading2'),
    help('mod+alt+3', 'heading3'),
    help('mod+alt+4', 'heading4'),
    help('mod+alt+c', 'codeBlock'),
    help('mod+shift+7', 'orderedList'),
    help('mod+shift+8', 'bulletList'),
    help('mod+shift+9', 'quote'),
    help('/', 'keySlash'),
    help('## space', 'heading2'),
    help('- space', 'bulletList'),
    help('1. space', 'orderedList'),
    help('> space', 'quote'),
    help('``` space', 'codeBlock'),
    help('---', 'rule'),
    help('tab', 'keyDeeper'),
    help('shift+tab', 'keyShallower'),
    help('shift+enter', 'keyLineBreak'),
    help('alt+arrowup', 'keyBlockUp'),
    help('alt+arrowdown', 'keyBlockDown'),
    help('escape', 'keyParent'),
    help('mod+z', 'undo'),
    help('mod+shift+z', 'redo'),
    help('mod+y', 'redo'),
    help('mod+f', 'find'),
    help('mod+shift+v', 'keyPaste'),
    help('mod+alt+m', 'keyComment'),
    help('mod+enter', 'keySend'),
    help('mod+shift+e', 'suggesting'),
    help('mod+alt+p', 'keyPanels'),
  ],
};
