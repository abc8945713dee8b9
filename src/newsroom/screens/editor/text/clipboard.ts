import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { dropPoint } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import type { PastedPicture } from '../paste/paste.ts';
import { PASTED } from '../../../../contract/shared/names.ts';
import { setLink } from './commands.ts';
import { fromNode, toFragment } from './convert.ts';
import { schema } from './schema.ts';
import { AS_IS } from './suggesting.ts';

/** The type under which this editor's own text travels between its windows. */
const OWN = 'application/x-dateline-slice';

export type ClipboardOptions = {
  readonly language: () => string;
  /** Pictures of a paste, or files: uploads them and answers with asset ids; undefined where one is refused. */
  readonly takePictures: (pictures: readonly PastedPicture[]) => Promise<ReadonlyMap<number, string>>;
  readonly takeFiles: (files: readonly File[], at: number) => void;
  readonly mayWrite: () => boolean;
};

/** Copying, pasting and dropping, without ever giving the browser HTML to parse. */
export function clipboardPlugin(options: ClipboardOptions): Plugin {
  const copy = (view: EditorView, event: ClipboardEvent): boolean => {
    if (view.state.selection.empty || event.clipboardData === null) return false;
    const slice = view.state.selection.content();
    const { dom, text } = view.serializeForClipboard(slice);
    event.preventDefault();
    event.clipboardData.clearData();
    event.clipboardData.setData('text/html', dom.innerHTML);
    event.clipboardData.setData('text/plain', text);
    event.clipboardData.setData(OWN, JSON.stringify(withoutSuggestions(slice).toJSON()));
    return true;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        copy,
        cut: (view, event) => {
          if (!options.mayWrite() || !copy(view, event)) return false;
          view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'));
          return true;
        },
        paste: (view, event) => {
          event.preventDefault();
          if (event.clipboardData !== null && options.mayWrite())
            void take(view, { data: event.clipboardData, plain: shifted, at: undefined });
          shifted = false;
          return true;
        },
        keydown: (_view, event) => {
          // Only the stroke that pastes says how: a capital letter before a paste by mouse does not.
          shifted = event.shiftKey && event.key.toLowerCase() === 'v';
          return false;
        },
        drop: (view, event) => {
          // What is dragged within this editor is moved by ProseMirror itself.
          if (view.dragging !== null || event.dataTransfer === null) return false;
          event.preventDefault();
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
          if (at !== undefined && options.mayWrite())
            void take(view, { data: event.dataTransfer, plain: false, at });
          return true;
        },
      },
    },
  });

  async function take(
    view: EditorView,
    given: { data: DataTransfer; plain: boolean; at: number | undefined },
  ): Promise<void> {
    const { data, plain } = given;
    // Read before the first await: the browser empties it after the event.
    const [own, html, text] = [data.getData(OWN), data.getData('text/html'), data.getData('text/plain')];
    const files = [...data.files];
    const at = given.at ?? view.state.selection.from;
    const code = view.state.doc.resolve(at).parent.type.spec.code === true;
    if (files.length > 0 && html === '') return options.takeFiles(files, at);
    const { pasteHtml, pasteText, isDocument, linkTo } = await import('../paste/paste.ts');
    const slice = plain || code || own === '' ? undefined : ownSlice(own, isDocument);
    if (slice !== undefined) return put(view, slice, given.at);
    const link = plain || code || given.at !== undefined ? undefined : linkTo(text.trim());
    const { empty, $from, $to } = view.state.selection;
    // An address pasted over words is where they lead.
    if (link !== undefined && !empty && $from.sameParent($to) && $from.parent.inlineContent)
      return void setLink({ title: null, ...link.attrs })(view.state, (tr) => view.dispatch(tr));
    if (code) return view.dispatch(view.state.tr.insertText(text).scrollIntoView());
    if (plain || html === '') return put(view, openSlice(toFragment(pasteText(text))), given.at);
    const pasted = pasteHtml(html, options.language());
    if (pasted.blocks.length === 0) return put(view, openSlice(toFragment(pasteText(text))), given.at);
    // Other pastes, of colleagues too, may wait for their pictures at the same time.
    const paste = `${PASTED}${crypto.randomUUID()}:`;
    put(view, openSlice(named(toFragment(pasted.blocks), paste)), given.at);
    if (pasted.pictures.length > 0)
      placePictures(view, { paste, pictures: pasted.pictures }, await options.takePictures(pasted.pictures));
  }
}

let shifted = false;

/** The first and last paragraphs of what is pasted run into the text around them. */
function openSlice(content: Fragment): Slice {
  const open = (node: Node | null): number =>
    node?.type === schema.nodes.paragraph && node.attrs['level'] === null ? 1 : 0;
  const [start, end] = [open(content.firstChild), open(content.lastChild)];
  // A single heading that is pasted into a line gives its words.
  if (content.childCount === 1 && content.firstChild?.isTextblock === true) return new Slice(content, 1, 1);
  return new Slice(content, start, end);
}

function put(view: EditorView, slice: Slice, at: number | undefined): void {
  const tr = view.state.tr;
  if (at === undefined) tr.replaceSelection(slice);
  else {
    const place = dropPoint(tr.doc, at, slice) ?? at;
    tr.replaceRange(place, place, slice);
  }
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  view.focus();
}

/** Text of ours from another window; undefined where it could not stand in an article, whoever put it on the clipboard. */
function ownSlice(json: string, isDocument: (value: unknown) => boolean): Slice | undefined {
  try {
    const slice = Slice.fromJSON(schema, JSON.parse(json) as object);
    const doc = schema.nodes.doc.create(null, slice.content);
    doc.check();
    return isDocument(fromNode(doc)) ? withoutSuggestions(slice) : undefined;
  } catch {
    return undefined;
  }
}

/** Gives the places of a paste's pictures a name that is its own. */
function named(content: Fragment, paste: string): Fragment {
  const out: Node[] = [];
  content.forEach((node) => {
    const asset: unknown = node.attrs['asset'];
    const ours = typeof asset === 'string' && asset.startsWith(PASTED);
    const attrs = ours ? { ...node.attrs, asset: asset.replace(PASTED, paste) } : node.attrs;
    out.push(node.isText ? node : node.type.create(attrs, named(node.content, paste), node.marks));
  });
  return Fragment.fromArray(out);
}

/** Gives the places of pasted pictures their assets; those that were refused go. */
function placePictures(
  view: EditorView,
  { paste, pictures }: { paste: string; pictures: readonly PastedPicture[] },
  assets: ReadonlyMap<number, string>,
): void {
  if (view.isDestroyed) return;
  const tr = view.state.tr.setMeta(AS_IS, true);
  const places: { pos: number; node: Node }[] = [];
  tr.doc.descendants((node, pos) => {
    if (node.type === schema.nodes.image && String(node.attrs['asset']).startsWith(paste))
      places.push({ node, pos });
  });
  for (const { pos, node } of places.toReversed()) {
    const index = Number(String(node.attrs['asset']).slice(paste.length));
    const asset = assets.get(index);
    const alt = pictures.find((picture) => picture.index === index)?.alt ?? '';
    if (asset === undefined) tr.delete(pos, pos + node.nodeSize);
    else tr.setNodeMarkup(pos, null, { ...node.attrs, asset, alt: alt === '' ? null : alt });
  }
  view.dispatch(tr);
}

/** What is copied is the text, not what was suggested of it. */
function withoutSuggestions(slice: Slice): Slice {
  const names = new Set(['insertion', 'deletion', 'format']);
  const clean = (content: Fragment): Fragment => {
    const out: Node[] = [];
    content.forEach((node) => {
      if (node.isText)
        return void out.push(node.mark(node.marks.filter((mark) => !names.has(mark.type.name))));
      const attrs = 'suggest' in node.attrs ? { ...node.attrs, suggest: null } : node.attrs;
      out.push(node.type.create(attrs, clean(node.content), node.marks));
    });
    return Fragment.fromArray(out);
  };
  return new Slice(clean(slice.content), slice.openStart, slice.openEnd);
}
