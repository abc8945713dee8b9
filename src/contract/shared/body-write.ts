import * as Y from 'yjs';
import type { Block, Doc, Inline, Mark } from '../document.ts';
import { normalAttrs, normalDoc } from './normal.ts';

type Node = {
  readonly type: string;
  readonly attrs?: Record<string, unknown>;
  readonly content?: readonly Node[];
};

/** The children of the fragment that stand for a document. */
export function bodyElements(doc: Doc): Y.XmlElement[] {
  return normalDoc(doc).content.map((block) => elementOf(block));
}

/** One block as an element that is in no document yet. */
export function elementOf(block: Block): Y.XmlElement {
  return build(block as Node);
}

function build(node: Node): Y.XmlElement {
  // A heading is a paragraph with a level, so that changing one into the other keeps what a colleague types meanwhile.
  const element = new Y.XmlElement(node.type === 'heading' ? 'paragraph' : node.type);
  for (const [name, value] of Object.entries(normalAttrs(node.attrs) ?? {}))
    element.setAttribute(name, value as string); // Any JSON; Yjs types it as text.
  const inline = node.type === 'paragraph' || node.type === 'heading' || node.type === 'codeBlock';
  const content = inline ? inlineChildren((node.content ?? []) as Inline[]) : (node.content ?? []).map(build);
  if (content.length > 0) element.insert(0, content);
  return element;
}

function inlineChildren(inlines: readonly Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const out: (Y.XmlElement | Y.XmlText)[] = [];
  let run: { insert: string; attributes?: Record<string, unknown> }[] = [];
  const flush = (): void => {
    if (run.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(run);
    out.push(text);
    run = [];
  };
  for (const inline of inlines) {
    if (inline.type === 'text')
      run.push({ insert: inline.text, attributes: attributesOfMarks(inline.marks ?? []) });
    else {
      flush();
      out.push(build(inline as Node));
    }
  }
  flush();
  return out;
}

/** Marks as the binding keeps them: each an attribute of the run, with every member that the editor's schema knows. */
export function attributesOfMarks(marks: readonly Mark[]): Record<string, unknown> {
  return Object.fromEntries(
    marks.map((mark) => {
      if (mark.type === 'link') return ['link', { href: mark.attrs.href, title: mark.attrs.title ?? null }];
      if (mark.type === 'language')
        return ['language', { lang: mark.attrs.lang, dir: mark.attrs.dir ?? null }];
      return [mark.type, {}];
    }),
  );
}
