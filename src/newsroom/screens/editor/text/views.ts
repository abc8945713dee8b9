import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView, NodeViewConstructor } from '@tiptap/pm/view';
import { PASTED } from '../../../../contract/shared/names.ts';

/** A member of a node that is edited in the text: where it is written, and with what. */
type Entry = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'lines' | 'choice' | 'check';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
};

/** Signs that a member may have: what is longer could not be kept as a revision (contract/document.ts). */
const LONGEST: Readonly<Record<string, number>> = {
  alt: 1000,
  caption: 2000,
  credit: 500,
  speaker: 300,
  source: 500,
  title: 300,
};

export type ViewOptions = {
  readonly label: (key: string) => string;
  /** The picture or file of an asset: its address and what it says of itself; undefined while unknown. */
  readonly asset: (id: string) => Promise<AssetShown | undefined>;
  readonly articleTitle: (id: string) => Promise<string | undefined>;
  /** Opens what edits a node that is not edited in its place. */
  readonly edit: (view: EditorView, at: number, node: Node) => void;
};
export type AssetShown = {
  readonly address: string | null;
  readonly kind: string;
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
};

type Shape = {
  readonly tag: string;
  readonly entries: (label: (key: string) => string) => readonly Entry[];
  /** Blocks within the node. */
  readonly holds?: boolean;
  readonly preview?: (node: Node, into: HTMLElement, options: ViewOptions) => void;
};

const text = (name: string, label: string, kind: 'text' | 'lines' = 'text'): Entry => ({ name, label, kind });

const SHAPES: Readonly<Record<string, Shape>> = {
  image: {
    tag: 'figure',
    entries: (label) => [
      text('alt', label('alt')),
      text('caption', label('caption'), 'lines'),
      text('credit', label('credit')),
      {
        name: 'size',
        label: label('size'),
        kind: 'choice',
        choices: ['', 'inset', 'column', 'wide']
          .map((value) => ({ value, label: label(value === '' ? 'column' : value) }))
          .slice(1),
      },
    ],
    preview: showAsset,
  },
  gallery: { tag: 'section', entries: (label) => [text('caption', label('galleryCaption'))], holds: true },
  audio: { tag: 'figure', entries: mediaEntries, preview: showAsset },
  video: { tag: 'figure', entries: mediaEntries, preview: showAsset },
  file: { tag: 'figure', entries: mediaEntries, preview: showAsset },
  embed: {
    tag: 'figure',
    entries: (label) => [text('title', label('title'))],
    preview: (node, into) => {
      // A link, never the other site's frame: here as on the reader's page nothing is loaded from there unasked.
      const line = document.createElement('p');
      line.className = 'embedline';
      line.textContent =
        `${(node.attrs['provider'] as string | null) ?? ''} ${String(node.attrs['url'])}`.trim();
      into.replaceChildren(line);
    },
  },
  blockquote: {
    tag: 'blockquote',
    holds: true,
    entries: (label) => [
      text('speaker', label('speaker')),
      text('source', label('quoteSource')),
      { name: 'pull', label: label('pull'), kind: 'check' },
    ],
  },
  note: {
    tag: 'div',
    holds: true,
    entries: (label) => [
      {
        name: 'kind',
        label: label('noteKind'),
        kind: 'choice',
        choices: ['editor', 'correction', 'context'].map((value) => ({
          value,
          label: label(`note-${value}`),
        })),
      },
    ],
  },
  relatedBox: {
    tag: 'div',
    entries: (label) => [text('title', label('boxTitle'))],
    preview: (node, into, options) => {
      const list = document.createElement('ul');
      for (const id of node.attrs['articles'] as string[]) {
        const item = document.createElement('li');
        item.textContent = id;
        void options.articleTitle(id).then((title) => {
          if (title !== undefined) item.textContent = title;
        });
        list.append(item);
      }
      into.replaceChildren(list);
    },
  },
};

function mediaEntries(label: (key: string) => string): readonly Entry[] {
  return [
    text('title', label('title')),
    text('caption', label('caption'), 'lines'),
    text('credit', label('credit')),
  ];
}

function showAsset(node: Node, into: HTMLElement, options: ViewOptions): void {
  const id = String(node.attrs['asset']);
  if (into.dataset['asset'] === id) return;
  into.dataset['asset'] = id;
  const waiting = document.createElement('p');
  waiting.className = 'waiting';
  waiting.textContent = options.label('loading');
  into.replaceChildren(waiting);
  if (id.startsWith(PASTED)) return;
  void options.asset(id).then((asset) => {
    if (into.dataset['asset'] !== id) return;
    if (asset?.address == null) {
      waiting.textContent = asset?.fileName ?? options.label('assetGone');
      return;
    }
    if (asset.kind === 'picture') {
      const image = document.createElement('img');
      image.src = asset.address;
      image.alt = (node.attrs['alt'] as string | null) ?? asset.alt;
      into.replaceChildren(image);
    } else if (asset.kind === 'audio' || asset.kind === 'video') {
      const player = document.createElement(asset.kind);
      player.src = asset.address;
      player.controls = true;
      player.preload = 'none';
      into.replaceChildren(player);
    } else waiting.textContent = asset.fileName;
    const own = into.parentElement?.querySelectorAll<HTMLInputElement>('[data-name]') ?? [];
    // What the asset says of itself holds where nothing else is written.
    for (const input of own) {
      const said = asset[input.dataset['name'] as keyof AssetShown];
      if (typeof said === 'string' && said !== '' && 'placeholder' in input) input.placeholder = said;
    }
  });
}

/** How each node that has members of its own is drawn and edited in its place. */
export function nodeViews(options: ViewOptions): Record<string, NodeViewConstructor> {
  const views: Record<string, NodeViewConstructor> = Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => [
      name,
      (node, view, getPos) => new BlockView(shape, options, { node, view, getPos }),
    ]),
  );
  for (const name of ['footnote', 'datedFact'])
    views[name] = (node, view, getPos) => inlineView(node, view, { getPos, options });
  return views;
}

type Placed = { readonly node: Node; readonly view: EditorView; readonly getPos: () => number | undefined };

class BlockView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement | null;
  #node: Node;
  readonly #shape: Shape;
  readonly #options: ViewOptions;
  readonly #preview: HTMLElement | undefined;
  readonly #inputs = new Map<string, HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>();

  constructor(shape: Shape, options: ViewOptions, placed: Placed) {
    this.#shape = shape;
    this.#options = options;
    this.#node = placed.node;
    this.dom = document.createElement(shape.tag);
    this.dom.className = `node node-${placed.node.type.name}`;
    this.contentDOM = null;
    if (shape.holds === true) {
      this.contentDOM = document.createElement('div');
      this.contentDOM.className = 'inside';
      this.dom.append(this.contentDOM);
    }
    if (shape.preview !== undefined) {
      this.#preview = document.createElement('div');
      this.#preview.className = 'shown';
      this.#preview.contentEditable = 'false';
      this.dom.append(this.#preview);
    }
    const form = document.createElement('div');
    form.className = 'members';
    form.contentEditable = 'false';
    for (const entry of shape.entries((key) => options.label(key))) form.append(this.#entry(entry, placed));
    this.dom.append(form);
    this.#show();
  }

  #entry(entry: Entry, { view, getPos }: Placed): HTMLElement {
    const label = document.createElement('label');
    const words = document.createElement('span');
    words.textContent = entry.label;
    const input = document.createElement(
      entry.kind === 'lines' ? 'textarea' : entry.kind === 'choice' ? 'select' : 'input',
    );
    input.dataset['name'] = entry.name;
    input.dir = 'auto';
    const longest = LONGEST[entry.name];
    if (longest !== undefined && !(input instanceof HTMLSelectElement)) input.maxLength = longest;
    if (input instanceof HTMLTextAreaElement) input.rows = 1;
    if (input instanceof HTMLInputElement && entry.kind === 'check') input.type = 'checkbox';
    if (input instanceof HTMLSelectElement)
      for (const choice of entry.choices ?? []) {
        const option = document.createElement('option');
        option.value = choice.value;
        option.textContent = choice.label;
        input.append(option);
      }
    input.disabled = !view.editable;
    input.addEventListener(entry.kind === 'check' || entry.kind === 'choice' ? 'change' : 'input', () => {
      const pos = getPos();
      if (pos === undefined) return;
      const value =
        input instanceof HTMLInputElement && entry.kind === 'check'
          ? input.checked
            ? true
            : null
          : input.value === ''
            ? null
            : input.value;
      view.dispatch(view.state.tr.setNodeAttribute(pos, entry.name, value));
    });
    this.#inputs.set(entry.name, input);
    label.append(words, input);
    return label;
  }

  #show(): void {
    const node = this.#node;
    const suggest = (node.attrs['suggest'] as { op?: string; name?: string } | null) ?? undefined;
    if (suggest?.op === undefined) delete this.dom.dataset['suggest'];
    else this.dom.dataset['suggest'] = suggest.op;
    if (node.attrs['size'] !== undefined) this.dom.dataset['size'] = String(node.attrs['size'] ?? 'column');
    if (node.attrs['pull'] !== undefined) this.dom.dataset['pull'] = String(node.attrs['pull'] === true);
    for (const [name, input] of this.#inputs) {
      const value: unknown = node.attrs[name];
      if (input instanceof HTMLInputElement && input.type === 'checkbox') input.checked = value === true;
      else {
        const shown =
          typeof value === 'string'
            ? value
            : input instanceof HTMLSelectElement
              ? name === 'size'
                ? 'column'
                : 'editor'
              : '';
        if (input.value !== shown) input.value = shown;
      }
    }
    if (this.#preview !== undefined) this.#shape.preview?.(node, this.#preview, this.#options);
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#show();
    return true;
  }

  /** Typing into a member is the member's own affair. */
  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLElement && event.target.closest('.members, audio, video') !== null;
  }

  ignoreMutation(mutation: MutationRecord | { type: 'selection'; target: globalThis.Node }): boolean {
    return mutation.type !== 'selection' && !(this.contentDOM?.contains(mutation.target) ?? false);
  }
}

/** A footnote's mark or a dated fact: a button in the line that opens its words. */
function inlineView(
  node: Node,
  view: EditorView,
  { getPos, options }: { getPos: () => number | undefined; options: ViewOptions },
): NodeView {
  const dom = document.createElement('button');
  let current = node;
  dom.type = 'button';
  dom.tabIndex = -1;
  const show = (): void => {
    const suggest = (current.attrs['suggest'] as { op?: string } | null)?.op;
    dom.className = `inline-node inline-${current.type.name}`;
    if (suggest === undefined) delete dom.dataset['suggest'];
    else dom.dataset['suggest'] = suggest;
    const words = String(current.attrs['text']);
    // Footnotes are numbered by the style sheet: a new one before them costs them nothing.
    dom.textContent = current.type.name === 'footnote' ? '' : `${String(current.attrs['date'])} ${words}`;
    dom.title = words;
    // What is seen is part of what is heard, so that one who speaks to the machine can name it.
    dom.setAttribute(
      'aria-label',
      `${options.label(current.type.name)}: ${dom.textContent} ${current.type.name === 'footnote' ? words : ''}`.trim(),
    );
  };
  dom.addEventListener('click', () => {
    const pos = getPos();
    if (pos !== undefined && view.editable) options.edit(view, pos, current);
  });
  show();
  return {
    dom,
    update: (next) => {
      if (next.type !== current.type) return false;
      current = next;
      show();
      return true;
    },
    stopEvent: (event) => event.type === 'click',
  };
}
