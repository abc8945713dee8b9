import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../contract/document.ts';
import { parseDocument } from '../../../contract/document.ts';
import { assetKey } from './addresses.ts';
import { htmlToDoc, htmlToText } from './html.ts';

/** Every word that a document holds, in whatever field. */
function words(value: unknown): string {
  const out: string[] = [];
  const stack: unknown[] = [value];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (Array.isArray(node)) stack.push(...node.toReversed());
    else if (typeof node === 'object' && node !== null) {
      const { text, content, attrs } = node as {
        text?: string;
        content?: unknown;
        attrs?: Record<string, unknown>;
      };
      if (text !== undefined) out.push(text);
      for (const name of ['caption', 'source', 'title', 'text'])
        if (typeof attrs?.[name] === 'string') out.push(attrs[name]);
      if (content !== undefined) stack.push(content);
    }
  }
  return out.join(' ');
}

const blocks = (html: string, options: Parameters<typeof htmlToDoc>[1] = {}): Block[] => {
  const { doc } = htmlToDoc(html, options);
  return parseDocument(doc).content;
};
const p = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const wordpress = { wordpress: {} };

test('paragraphs, stray text and nested marks', () => {
  expect(blocks('stray <p>one <b>two <i>three</b> four</i></p>five')).toEqual([
    p('stray'),
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'one ' },
        { type: 'text', text: 'two ', marks: [{ type: 'bold' }] },
        { type: 'text', text: 'three', marks: [{ type: 'bold' }, { type: 'italic' }] },
        { type: 'text', text: ' four', marks: [{ type: 'italic' }] },
      ],
    },
    p('five'),
  ]);
});

test('unsafe links are taken off their text, relative ones resolved', () => {
  const { doc, warnings } = htmlToDoc('<a href="java&#10;script:alert(1)">a</a> <a href="../b?c=1">b</a>', {
    base: 'https://old.example/x/y/',
  });
  expect(doc.content).toEqual([
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'a ' },
        {
          type: 'text',
          text: 'b',
          marks: [{ type: 'link', attrs: { href: 'https://old.example/x/b?c=1' } }],
        },
      ],
    },
  ]);
  expect(warnings).toHaveLength(1);
});

test('lists nest, also where the inner list stands between items', () => {
  const inner: Block = { type: 'bulletList', content: [{ type: 'listItem', content: [p('b')] }] };
  const outer: Block = {
    type: 'orderedList',
    attrs: { start: 3 },
    content: [
      { type: 'listItem', content: [p('a'), inner] },
      { type: 'listItem', content: [p('c')] },
    ],
  };
  expect(blocks('<ol start=3><li>a<ul><li>b</ul><li>c</ol>')).toEqual([outer]);
  expect(blocks('<ol start=3><li>a</li><ul><li>b</li></ul><li>c</li></ol>')).toEqual([outer]);
});

test('a definition list keeps a term and its definitions together', () => {
  const [list] = blocks('<dl><dt>T</dt><dd>one</dd><dd>two</dd><dt>U<dd>three</dl>');
  expect(list?.type === 'bulletList' && list.content.map((item) => words(item))).toEqual([
    'T one two',
    'U three',
  ]);
});

test('tables keep headers, spans, alignment and caption; a table of one cell is layout', () => {
  const [table] = blocks(
    '<table><caption>Cap <i>x</i></caption><thead><tr><th colspan=2 style="text-align:right">H</th></tr></thead><tr><td>a<td rowspan="3">b</table>',
  );
  expect(table).toEqual({
    type: 'table',
    attrs: { caption: 'Cap x' },
    content: [
      {
        type: 'tableRow',
        content: [{ type: 'tableHeader', attrs: { colspan: 2, align: 'end' }, content: [p('H')] }],
      },
      {
        type: 'tableRow',
        content: [
          { type: 'tableCell', content: [p('a')] },
          { type: 'tableCell', attrs: { rowspan: 3 }, content: [p('b')] },
        ],
      },
    ],
  });
  expect(blocks('<table><tr><td><p>a</p><p>b</p></td></tr></table>')).toEqual([p('a'), p('b')]);
});

test('figures give their caption to what they show', () => {
  const url = 'https://old.example/wp-content/uploads/2015/01/a-300x200.jpg';
  const { doc, assets } = htmlToDoc(
    `<figure class="alignwide"><a href="${url}"><img src="${url}" alt="A hill" class="wp-image-7"></a><figcaption>Cap <a href="/x">by X</a></figcaption></figure>`,
  );
  expect(doc.content).toEqual([
    { type: 'image', attrs: { asset: assetKey(url), alt: 'A hill', size: 'wide', caption: 'Cap by X' } },
  ]);
  expect(assets).toEqual([
    {
      externalId: assetKey(url),
      type: 'image',
      url: 'https://old.example/wp-content/uploads/2015/01/a.jpg',
      fallbackUrls: [url],
      fileName: 'a.jpg',
      sameAs: 'attachment:7',
      alt: 'A hill',
    },
  ]);
  expect(assetKey(url.replace('https', 'http').replace('-300x200', ''))).toBe(assetKey(url));
});

test('a picture inside a sentence stands after what came before it', () => {
  const [a, image, b] = blocks('<p>one <img src="https://x.example/i.png"> two</p>');
  expect([a, image?.type, b]).toEqual([p('one'), 'image', p('two')]);
});

test('lazy pictures are found and shown once; trackers are not; emoji are letters', () => {
  const { doc, warnings } = htmlToDoc(
    '<p>hi <img class="emoji" alt="🙂" src="https://s.w.org/images/core/emoji/1.png"></p><img src="data:image/gif;base64,R0" data-src="https://x.example/i.png"><noscript><img src="https://x.example/i.png"></noscript><img width=1 height=1 src="https://t.example/t.gif">',
  );
  expect(doc.content.map((block) => block.type)).toEqual(['paragraph', 'image']);
  expect(words(doc)).toBe('hi 🙂');
  expect(warnings).toEqual(['a tracking picture was left out']);
});

test('frames and players become embeds, sounds and films assets', () => {
  expect(
    blocks(
      '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="T"></iframe><object data="https://player.vimeo.com/video/9"><embed src="https://player.vimeo.com/video/9"></object><video controls><source src="https://x.example/a.mp4">no video here</video>',
    ),
  ).toMatchObject([
    {
      type: 'embed',
      attrs: { url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', provider: 'YouTube', title: 'T' },
    },
    { type: 'embed', attrs: { url: 'https://vimeo.com/9', provider: 'Vimeo' } },
    { type: 'video' },
  ]);
  expect(
    blocks(
      '<blockquote class="twitter-tweet"><p>Hi</p>— X <a href="https://twitter.com/x/status/1">d</a></blockquote><script src="https://platform.twitter.com/widgets.js"></script>',
    ).map((b) => b.type),
  ).toEqual(['blockquote', 'embed']);
});

test('code keeps its spaces, headings their order, scripts are left out and told', () => {
  const { doc, warnings } = htmlToDoc(
    '<h1>H</h1><h5>h</h5><pre class="language-js">\n a\n  b</pre><script>x()</script><hr>',
  );
  expect(doc.content).toEqual([
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'H' }] },
    { type: 'heading', attrs: { level: 4 }, content: [{ type: 'text', text: 'h' }] },
    { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text: ' a\n  b' }] },
    { type: 'horizontalRule' },
  ]);
  expect(warnings).toEqual(['<script> was left out']);
});

test('a quotation keeps its source; runs in another language are marked', () => {
  expect(blocks('<blockquote><p>Q</p><cite>Who</cite></blockquote>')).toEqual([
    { type: 'blockquote', attrs: { source: 'Who' }, content: [p('Q')] },
  ]);
  expect(blocks('<p>see <span lang="ar">سلام</span></p>', { language: 'en' })).toMatchObject([
    { content: [{}, { text: 'سلام', marks: [{ type: 'language', attrs: { lang: 'ar', dir: 'rtl' } }] }] },
  ]);
});

test('classic WordPress text: blank lines part paragraphs, line ends break lines', () => {
  expect(blocks('One\ntwo\n\nThree <em>four\n\nfive</em>\n<h2>H</h2>\nlast', wordpress)).toEqual([
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'One' }, { type: 'hardBreak' }, { type: 'text', text: 'two' }],
    },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Three ' },
        { type: 'text', text: 'four', marks: [{ type: 'italic' }] },
      ],
    },
    { type: 'paragraph', content: [{ type: 'text', text: 'five', marks: [{ type: 'italic' }] }] },
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'H' }] },
    p('last'),
  ]);
});

test('WordPress shortcodes: pictures, players, galleries; unknown ones are told and their words kept', () => {
  const { doc, warnings } = htmlToDoc(
    '[caption id="a" align="alignleft" width="300"]<img src="https://x.example/a.jpg" /> The <b>words</b>[/caption]\n\n[gallery ids="3, 4"]\n\nhttps://youtu.be/abcdefghijk\n\n[embed]https://vimeo.com/1[/embed]\n\n[foo bar="]"]inside[/foo] and [sic] and [[gallery]] and [box]x[/box] and [maybe]',
    wordpress,
  );
  expect(parseDocument(doc).content).toMatchObject([
    { type: 'image', attrs: { caption: 'The words', size: 'inset' } },
    {
      type: 'gallery',
      content: [{ attrs: { asset: 'attachment:3' } }, { attrs: { asset: 'attachment:4' } }],
    },
    { type: 'embed', attrs: { provider: 'YouTube' } },
    { type: 'embed', attrs: { url: 'https://vimeo.com/1' } },
    { type: 'paragraph', content: [{ text: 'inside and [sic] and [gallery] and x and [maybe]' }] },
  ]);
  expect(warnings).toEqual([
    '[maybe] may be a shortcode: kept as text',
    'shortcode [gallery] kept as a gallery of 2',
    'shortcode [foo] was left out',
    'shortcode [box] was left out',
  ]);
});

test('WordPress blocks: embeds, covers, files, galleries, pull quotes, footnotes, blocks without content', () => {
  const { doc, warnings } = htmlToDoc(
    `<!-- wp:paragraph -->
<p>One
line<sup data-fn="n1" class="fn"><a href="#n1">1</a></sup></p>
<!-- /wp:paragraph --><!-- wp:embed {"url":"https://unknown.example/v"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://unknown.example/v
</div><figcaption>Watch</figcaption></figure>
<!-- /wp:embed --><!-- wp:cover {"url":"https://x.example/c.jpg","id":5} -->
<div class="wp-block-cover"><img class="wp-block-cover__image-background wp-image-5" src="https://x.example/c.jpg"/><div><p>On top</p></div></div>
<!-- /wp:cover --><!-- wp:file {"id":9,"href":"https://x.example/d.pdf"} -->
<div class="wp-block-file"><a href="https://x.example/d.pdf">The report</a><a class="wp-block-file__button">Download</a></div>
<!-- /wp:file --><!-- wp:gallery -->
<figure class="wp-block-gallery"><figure class="wp-block-image"><img src="https://x.example/1.jpg"/><figcaption>1</figcaption></figure><figure class="wp-block-image"><img src="https://x.example/2.jpg"/></figure><figcaption>Both</figcaption></figure>
<!-- /wp:gallery --><!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Pull</p><cite>Me</cite></blockquote></figure><!-- /wp:pullquote -->
<!-- wp:latest-posts /-->`,
    { wordpress: { footnotes: new Map([['n1', 'The note']]) } },
  );
  expect(parseDocument(doc).content).toMatchObject([
    { type: 'paragraph', content: [{ text: 'One line' }, { type: 'footnote', attrs: { text: 'The note' } }] },
    { type: 'embed', attrs: { url: 'https://unknown.example/v', title: 'Watch' } },
    { type: 'image' },
    p('On top'),
    { type: 'file', attrs: { title: 'The report' } },
    { type: 'gallery', attrs: { caption: 'Both' }, content: [{ attrs: { caption: '1' } }, {}] },
    { type: 'blockquote', attrs: { pull: true, source: 'Me' }, content: [p('Pull')] },
  ]);
  expect(warnings).toEqual(['block latest-posts was left out: the old site filled it at each view']);
});

test.each([
  'div',
  'ul><li',
  'blockquote',
  'table><tr><td',
  'b',
  'span lang=fr',
  'figure',
  'a href=/x',
  'dl><dd',
  'section',
  'q',
])('10,000 nested <%s> keep their text and fit the schema', (tag) => {
  const html = Array.from({ length: 10_000 }, (_, i) => `<${tag}>w${i} `).join('');
  const { doc } = htmlToDoc(html);
  parseDocument(doc);
  const got = words(doc)
    .replaceAll(/[“”]/g, ' ')
    .split(/\s+/)
    .filter((w) => w !== '');
  expect(got.length).toBe(10_000);
  expect(new Set(got).size).toBe(10_000);
});

test('a document longer than the longest keeps its text', () => {
  const { doc, warnings } = htmlToDoc('<p>word</p>'.repeat(60_000));
  parseDocument(doc);
  expect(words(doc).match(/word/g)).toHaveLength(60_000);
  expect(warnings).toHaveLength(1);
});

const TAGS = [
  'p',
  'div',
  'b',
  'i',
  'a',
  'span',
  'ul',
  'ol',
  'li',
  'blockquote',
  'cite',
  'h2',
  'table',
  'tr',
  'td',
  'th',
  'caption',
  'figure',
  'figcaption',
  'pre',
  'code',
  'dl',
  'dt',
  'dd',
  'section',
  'sup',
  'details',
  'summary',
  'br',
  'hr',
  'tbody',
  'footer',
];
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TAGS).map((tag) => `<${tag}>`) },
  { weight: 2, arbitrary: fc.constantFrom(...TAGS).map((tag) => `</${tag}>`) },
  { weight: 3, arbitrary: fc.constant('\u0001') },
  fc.constantFrom(
    '<img src="https://x.example/a.png">',
    '\n\n',
    '<!-- wp:group -->',
    '<!-- /wp:group -->',
    '[x',
    '<',
    '&amp;',
    '[caption]',
    '[/caption]',
  ),
);

test('no word of the source is lost, however its tags are tangled', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, isWordPress) => {
      let n = 0;
      const html = pieces.map((text) => (text === '\u0001' ? ` w${n++}. ` : text)).join('');
      const { doc } = htmlToDoc(html, isWordPress ? wordpress : {});
      parseDocument(doc);
      const got = words(doc).match(/w\d+\./g) ?? [];
      expect(got.toSorted()).toEqual(Array.from({ length: n }, (_, i) => `w${i}.`).toSorted());
    }),
    { numRuns: 3000 },
  );
});

test('any string makes a valid document', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (html) => {
      const { doc } = htmlToDoc(html, wordpress);
      parseDocument(doc);
      expect(JSON.stringify(doc)).not.toContain('\\u0000');
    }),
  );
});

test('plain text of markup', () => {
  expect(htmlToText('A &amp; <em>B</em><br>C<script>x</script>')).toBe('A & B C');
});
