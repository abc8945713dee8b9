import fc from 'fast-check';
import type { Block, Doc, Inline, Mark } from '../../src/contract/document.ts';

/** Text as people type it: several scripts, emoji of two units, combining marks, no control characters. */
const words = fc
  .array(
    fc.constantFrom(
      'a',
      'Zoë ',
      'straße',
      'قلم ',
      '中文',
      '🏳️‍🌈',
      '👍',
      ' ',
      'e\u0301',
      '“x”',
      '<b>',
      '&amp;',
      '\u00a0',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom<Mark>(
    { type: 'bold' },
    { type: 'italic' },
    { type: 'underline' },
    { type: 'strike' },
    { type: 'code' },
    { type: 'subscript' },
    { type: 'superscript' },
    { type: 'link', attrs: { href: 'https://example.org/a?b=c#d' } },
    { type: 'link', attrs: { href: '/s/abc', title: 'Here' } },
    { type: 'language', attrs: { lang: 'ar', dir: 'rtl' } },
    { type: 'language', attrs: { lang: 'de' } },
  ),
);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('text' as const),
      text: words,
      marks: fc.array(mark, { maxLength: 3 }),
    }),
  },
  fc.constant<Inline>({ type: 'hardBreak' }),
  words.map((text): Inline => ({ type: 'footnote', attrs: { text } })),
  fc
    .tuple(fc.constantFrom('2014', '2014-12', '2014-12-31'), words)
    .map(([date, text]): Inline => ({ type: 'datedFact', attrs: { date, text } })),
);
const inlines = fc.array(inline, { maxLength: 5 });
const said = fc.option(words, { nil: undefined });
const id = fc.uuid();

const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

const image = fc
  .record({
    asset: id,
    caption: said,
    credit: said,
    alt: said,
    size: fc.option(fc.constantFrom('inset' as const, 'wide' as const), { nil: undefined }),
  })
  .map((attrs) => ({ type: 'image' as const, attrs: compact(attrs) }));

function blocks(depth: number): fc.Arbitrary<Block> {
  const flat: fc.Arbitrary<Block>[] = [
    inlines.map((content): Block => ({ type: 'paragraph', content })),
    fc
      .tuple(fc.constantFrom(2 as const, 3 as const, 4 as const), inlines)
      .map(([level, content]): Block => ({ type: 'heading', attrs: { level }, content })),
    fc.tuple(fc.array(words, { maxLength: 2 }), said).map(([texts, language]): Block => ({
      type: 'codeBlock',
      attrs: compact({ language: language?.slice(0, 40) }),
      content: texts.map((text) => ({ type: 'text', text })),
    })),
    fc.constant<Block>({ type: 'horizontalRule' }),
    image,
    fc
      .tuple(said, fc.array(image, { minLength: 1, maxLength: 3 }))
      .map(([caption, content]): Block => ({ type: 'gallery', attrs: compact({ caption }), content })),
    fc
      .tuple(fc.constantFrom('audio' as const, 'video' as const, 'file' as const), id, said, said, said)
      .map(([type, asset, caption, credit, title]): Block => ({
        type,
        attrs: compact({ asset, caption, credit, title }),
      })),
    fc.tuple(said, said).map(([provider, title]): Block => ({
      type: 'embed',
      attrs: compact({ url: 'https://video.example/1', provider, title }),
    })),
    fc
      .tuple(said, fc.array(id, { minLength: 1, maxLength: 3 }))
      .map(([title, articles]): Block => ({ type: 'relatedBox', attrs: compact({ title, articles }) })),
  ];
  if (depth === 0) return fc.oneof(...flat);
  const inner = fc.array(blocks(depth - 1), { minLength: 1, maxLength: 3 });
  const items = fc.array(
    inner.map((content) => ({ type: 'listItem' as const, content })),
    { minLength: 1, maxLength: 3 },
  );
  const cell = fc
    .tuple(
      fc.constantFrom('tableCell' as const, 'tableHeader' as const),
      fc.record({
        colspan: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        align: fc.option(fc.constantFrom('start' as const, 'end' as const), { nil: undefined }),
      }),
      inner,
    )
    .map(([type, attrs, content]) => ({ type, attrs: compact(attrs), content }));
  return fc.oneof(
    { weight: 4, arbitrary: fc.oneof(...flat) },
    items.map((content): Block => ({ type: 'bulletList', content })),
    fc
      .tuple(items, fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }))
      .map(([content, start]): Block => ({ type: 'orderedList', attrs: compact({ start }), content })),
    fc
      .tuple(inner, said, said, fc.option(fc.boolean(), { nil: undefined }))
      .map(([content, speaker, source, pull]): Block => ({
        type: 'blockquote',
        attrs: compact({ speaker, source, pull }),
        content,
      })),
    fc
      .tuple(inner, fc.option(fc.constantFrom('editor' as const, 'context' as const), { nil: undefined }))
      .map(([content, kind]): Block => ({ type: 'note', attrs: compact({ kind }), content })),
    fc
      .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((rows): Block => ({
        type: 'table',
        content: rows.map((content) => ({ type: 'tableRow', content })),
      })),
  );
}

/** Documents of the whole closed schema, as anyone may send them to the API: not in any normal form. */
export const arbitraryDoc: fc.Arbitrary<Doc> = fc
  .array(blocks(2), { maxLength: 6 })
  .map((content): Doc => ({ type: 'doc', content }));
