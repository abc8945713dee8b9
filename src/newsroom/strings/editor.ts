import { defineStrings } from '../i18n.ts';
import { ar } from './editor/ar.ts';
import { de } from './editor/de.ts';
import { en } from './editor/en.ts';

export const editorText = defineStrings({ en, de, ar });
