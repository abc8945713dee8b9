import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from '@tiptap/pm/model';

/**
 * The closed document schema of contract/document.ts as ProseMirror knows it. A heading is a paragraph with a level (see body-write.ts);
 * `suggest` says what is only suggested of a node. HTML is never parsed by this schema: what is pasted goes through paste/.
 */
const suggest = { suggest: { default: null } };
const optional = (...names: string[]): Record<string, { default: null }> =>
  Object.fromEntries(names.map((name) => [name, { default: null }]));

const suggested = (attrs: Record<string, unknown>): Record<string, string> => {
  const suggestion = attrs['suggest'] as { op?: string; name?: string } | null;
  return suggestion?.op === undefined ? {} : { 'data-suggest': suggestion.op, title: suggestion.name ?? '' };
};
const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

/** A block that a node view draws; this is what is copied of it. */
const plain =
  (tag: string) =>
  ({ attrs, type }: { attrs: Record<string, unknown>; type: { name: string } }): DOMOutputSpec => [
    tag,
    { 'data-node': type.name, ...suggested(attrs) },
    textOr(attrs['caption'] ?? attrs['title'], type.name),
  ];

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    attrs: { level: { default: null }, ...suggest },
    toDOM: ({ attrs }) => [
      attrs['level'] === null ? 'p' : `h${attrs['level'] as number}`,
      { dir: 'auto', ...suggested(attrs) },
      0,
    ],
  },
  bulletList: {
    content: 'listItem+',
    group: 'block',
    attrs: suggest,
    toDOM: ({ attrs }) => ['ul', suggested(attrs), 0],
  },
  orderedList: {
    content: 'listItem+',
    group: 'block',
    attrs: { ...optional('start'), ...suggest },
    toDOM: ({ attrs }) => [
      'ol',
      { ...(attrs['start'] === null ? {} : { start: String(attrs['start']) }), ...suggested(attrs) },
      0,
    ],
  },
  listItem: {
    content: 'block+',
    defining: true,
    attrs: suggest,
    toDOM: ({ attrs }) => ['li', suggested(attrs), 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    attrs: { ...optional('speaker', 'source', 'pull'), ...suggest },
    toDOM: ({ attrs }) => ['blockquote', suggested(attrs), 0],
  },
  note: {
    content: 'block+',
    group: 'block',
    defining: true,
    attrs: { ...optional('kind'), ...suggest },
    toDOM: ({ attrs }) => ['aside', suggested(attrs), 0],
  },
  codeBlock: {
    content: 'text*',
    marks: 'insertion deletion',
    group: 'block',
    code: true,
    defining: true,
    attrs: { ...optional('language'), ...suggest },
    toDOM: ({ attrs }) => ['pre', { dir: 'ltr', ...suggested(attrs) }, ['code', 0]],
  },
  horizontalRule: { group: 'block', attrs: suggest, toDOM: ({ attrs }) => ['hr', suggested(attrs)] },
  image: {
    group: 'block',
    draggable: true,
    attrs: { asset: {}, ...optional('caption', 'credit', 'alt', 'size'), ...suggest },
    toDOM: plain('figure'),
  },
  gallery: {
    content: 'image*',
    group: 'block',
    attrs: { ...optional('caption'), ...suggest },
    toDOM: ({ attrs }) => ['section', suggested(attrs), 0],
  },
  audio: media(),
  video: media(),
  file: media(),
  embed: {
    group: 'block',
    draggable: true,
    attrs: { url: {}, ...optional('provider', 'title'), ...suggest },
    toDOM: ({ attrs }) => [
      'p',
      suggested(attrs),
      ['a', { href: String(attrs['url']) }, textOr(attrs['title'], String(attrs['url']))],
    ],
  },
  relatedBox: {
    group: 'block',
    draggable: true,
    attrs: { ...optional('title'), articles: {}, ...suggest },
    toDOM: plain('aside'),
  },
  table: {
    content: 'tableRow+',
    tableRole: 'table',
    isolating: true,
    group: 'block',
    attrs: { ...optional('caption'), ...suggest },
    // The caption is drawn by the style sheet: an element for it would stand among the rows that are edited.
    toDOM: ({ attrs }) => [
      'table',
      {
        ...suggested(attrs),
        ...(attrs['caption'] === null ? {} : { 'data-caption': String(attrs['caption']) }),
      },
      ['tbody', 0],
    ],
  },
  tableRow: {
    content: '(tableCell | tableHeader)*',
    tableRole: 'row',
    attrs: suggest,
    toDOM: ({ attrs }) => ['tr', suggested(attrs), 0],
  },
  tableCell: cell('td', 'cell'),
  tableHeader: cell('th', 'header_cell'),
  text: { group: 'inline' },
  hardBreak: { inline: true, group: 'inline', selectable: false, attrs: suggest, toDOM: () => ['br'] },
  footnote: {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { text: {}, ...suggest },
    toDOM: ({ attrs }) => ['sup', { title: String(attrs['text']), ...suggested(attrs) }, '†'],
  },
  datedFact: {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { date: {}, text: {}, ...suggest },
    toDOM: ({ attrs }) => [
      'time',
      { datetime: String(attrs['date']), ...suggested(attrs) },
      String(attrs['text']),
    ],
  },
} satisfies Record<string, NodeSpec>;

function media(): NodeSpec {
  return {
    group: 'block',
    draggable: true,
    attrs: { asset: {}, ...optional('caption', 'credit', 'title'), ...suggest },
    toDOM: plain('figure'),
  };
}

function cell(tag: 'td' | 'th', tableRole: string): NodeSpec {
  return {
    content: 'block+',
    tableRole,
    isolating: true,
    attrs: {
      colspan: { default: 1 },
      rowspan: { default: 1 },
      colwidth: { default: null },
      ...optional('align'),
      ...suggest,
    },
    toDOM: ({ attrs }) => {
      const given: Record<string, string> = suggested(attrs);
      if (attrs['colspan'] !== 1) given['colspan'] = String(attrs['colspan']);
      if (attrs['rowspan'] !== 1) given['rowspan'] = String(attrs['rowspan']);
      if (typeof attrs['align'] === 'string') given['data-align'] = attrs['align'];
      return [tag, given, 0];
    },
  };
}

const tag = (name: string): MarkSpec => ({ toDOM: () => [name, 0] });
const by = { id: {}, by: { default: '' }, name: { default: '' }, at: { default: '' } };

const marks = {
  link: {
    inclusive: false,
    attrs: { href: {}, title: { default: null } },
    toDOM: ({ attrs }) => [
      'a',
      { href: String(attrs['href']), title: textOr(attrs['title'], String(attrs['href'])), rel: 'noopener' },
      0,
    ],
  },
  language: {
    attrs: { lang: {}, dir: { default: null } },
    toDOM: ({ attrs }) => [
      'span',
      { lang: String(attrs['lang']), dir: textOr(attrs['dir'], 'auto'), class: 'foreign' },
      0,
    ],
  },
  bold: tag('strong'),
  italic: tag('em'),
  underline: tag('u'),
  strike: tag('s'),
  code: tag('code'),
  subscript: tag('sub'),
  superscript: tag('sup'),
  insertion: {
    attrs: by,
    inclusive: false,
    toDOM: ({ attrs }) => ['ins', { 'data-id': String(attrs['id']), title: String(attrs['name']) }, 0],
  },
  deletion: {
    attrs: by,
    inclusive: false,
    toDOM: ({ attrs }) => ['del', { 'data-id': String(attrs['id']), title: String(attrs['name']) }, 0],
  },
  format: {
    attrs: { ...by, before: {} },
    inclusive: false,
    toDOM: ({ attrs }) => [
      'span',
      { class: 'format', 'data-id': String(attrs['id']), title: String(attrs['name']) },
      0,
    ],
  },
} satisfies Record<string, MarkSpec>;

export type NodeName = keyof typeof nodes;
export type MarkName = keyof typeof marks;

export const schema = new Schema<NodeName, MarkName>({ nodes, marks });
