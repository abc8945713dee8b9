import { expect, test } from 'vitest';
import { Problem } from '../../../base/problem.ts';
import { parseDocument } from '../../../contract/document.ts';
import { assetKey } from '../html/addresses.ts';
import { memorySource } from '../input/source.ts';
import type { ArticleItem, ImportItem } from '../item.ts';
import { readGhost } from './ghost.ts';

type Data = Record<string, unknown[]>;
async function read(value: unknown, options = {}): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of readGhost(
    memorySource('g.json', typeof value === 'string' ? value : JSON.stringify(value)),
    options,
  )) {
    if (item.kind === 'article') parseDocument(item.body);
    items.push(item);
  }
  return items;
}
const articles = async (data: Data): Promise<ArticleItem[]> =>
  (await read({ db: [{ meta: {}, data }] }, { site: 'https://old.example' })).filter(
    (item) => item.kind === 'article',
  );

const base: Data = {
  posts: [
    {
      id: 'p1',
      title: 'One',
      slug: 'one',
      html: '<p>Text <a href="__GHOST_URL__/two/">two</a></p>',
      feature_image: '__GHOST_URL__/content/images/2015/a.jpg',
      type: 'post',
      status: 'published',
      visibility: 'public',
      published_at: '2015-01-21T10:00:00.000Z',
      custom_excerpt: 'Lede',
      featured: 1,
      codeinjection_head: '<script></script>',
      canonical_url: null,
    },
  ],
  posts_meta: [{ post_id: 'p1', feature_image_alt: 'Alt', feature_image_caption: '<span>Cap</span>' }],
  users: [
    { id: 'u1', name: 'Ann', slug: 'ann', email: 'ann@x.example', bio: 'B' },
    { id: 'u2', name: 'Bo' },
  ],
  tags: [
    { id: 't1', name: 'World', slug: 'world', visibility: 'public' },
    { id: 't2', name: '#hidden', visibility: 'internal' },
  ],
  posts_tags: [
    { post_id: 'p1', tag_id: 't2', sort_order: 0 },
    { post_id: 'p1', tag_id: 't1', sort_order: 1 },
  ],
  posts_authors: [
    { post_id: 'p1', author_id: 'u2', sort_order: 1 },
    { post_id: 'p1', author_id: 'u1', sort_order: 0 },
  ],
};

test.each([
  ['wrapped in db', { db: [{ meta: { version: '5.0' }, data: base }] }],
  ['bare data', { data: base }],
  ['meta and data', { meta: {}, data: base }],
])('an export %s', async (_, value) => {
  const items = await read(value, { site: 'https://old.example/' });
  const image = 'https://old.example/content/images/2015/a.jpg';
  expect(items.map(({ kind, externalId }) => `${kind} ${externalId}`)).toEqual([
    'author author:u1',
    'author author:u2',
    'concept tag:t1',
    'drop tag:t2',
    'article post:p1',
  ]);
  expect(items[4]).toMatchObject({
    headline: 'One',
    lede: 'Lede',
    urls: ['https://old.example/one/'],
    publishedAt: '2015-01-21T10:00:00.000Z',
    bylines: [{ name: 'Ann' }, { name: 'Bo' }],
    concepts: [{ externalId: 'tag:t1' }],
    lead: { asset: assetKey(image), alt: 'Alt', caption: 'Cap' },
    assets: [{ url: image }],
    featured: true,
    warnings: ['injected code was left out'],
    body: {
      content: [
        {
          content: [
            { text: 'Text ' },
            { text: 'two', marks: [{ attrs: { href: 'https://old.example/two/' } }] },
          ],
        },
      ],
    },
  });
});

test('links within a site whose address nobody says stay on the site', async () => {
  const items = await read({ data: base });
  expect(JSON.stringify(items.at(-1))).toContain('"href":"/two/"');
});

test('lexical: marks, lists, cards', async () => {
  const text = (words: string, format = 0) => ({ type: 'extended-text', text: words, format });
  const lexical = JSON.stringify({
    root: {
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            text('a '),
            text('b', 3),
            { type: 'linebreak' },
            { type: 'link', url: 'https://x.example/', children: [text('c')] },
          ],
        },
        { type: 'extended-heading', tag: 'h3', children: [text('H')] },
        {
          type: 'list',
          listType: 'number',
          start: 2,
          children: [{ type: 'listitem', children: [text('i')] }],
        },
        {
          type: 'image',
          src: '__GHOST_URL__/content/images/i.png',
          alt: 'A',
          caption: 'C <b>d</b>',
          cardWidth: 'wide',
        },
        {
          type: 'gallery',
          images: [{ src: 'https://x.example/1.png' }, { src: 'https://x.example/2.png' }],
          caption: 'G',
        },
        { type: 'bookmark', url: 'https://x.example/b', metadata: { title: 'B' } },
        { type: 'codeblock', code: 'x <y>', language: 'js' },
        { type: 'callout', calloutEmoji: '💡', calloutText: 'Note <b>this</b>' },
        { type: 'toggle', heading: 'T', content: '<p>inside</p>' },
        { type: 'html', html: '<p>raw</p><script>1</script>' },
        { type: 'paywall' },
        { type: 'mystery', words: 'some words' },
      ],
    },
  });
  const [article] = await articles({
    posts: [{ id: 1, title: 'T', slug: 's', status: 'published', lexical }],
  });
  expect(article?.body.content).toMatchObject([
    {
      type: 'paragraph',
      content: [
        { text: 'a ' },
        { text: 'b', marks: [{ type: 'bold' }, { type: 'italic' }] },
        { type: 'hardBreak' },
        { text: 'c' },
      ],
    },
    { type: 'heading', attrs: { level: 3 } },
    { type: 'orderedList', attrs: { start: 2 } },
    { type: 'image', attrs: { alt: 'A', caption: 'C d', size: 'wide' } },
    { type: 'gallery', attrs: { caption: 'G' } },
    { type: 'embed', attrs: { title: 'B' } },
    { type: 'codeBlock', content: [{ text: 'x <y>' }] },
    { type: 'note' },
    { type: 'heading', attrs: { level: 4 } },
    { type: 'paragraph', content: [{ text: 'inside' }] },
    { type: 'paragraph', content: [{ text: 'raw' }] },
    { type: 'paragraph', content: [{ text: 'some words' }] },
  ]);
  expect(article?.warnings).toEqual([
    '<script> was left out',
    'a paywall card was left out',
    'a card of the unknown kind mystery kept only its words',
  ]);
});

test('mobiledoc: markups, atoms, lists, cards; damaged documents give way to the HTML', async () => {
  const mobiledoc = JSON.stringify({
    version: '0.3.1',
    atoms: [['soft-return', '', {}]],
    cards: [
      ['image', { src: 'https://x.example/i.png', caption: 'C' }],
      ['hr', {}],
    ],
    markups: [['strong'], ['a', ['href', 'https://x.example/']]],
    sections: [
      [
        1,
        'p',
        [
          [0, [], 0, 'a '],
          [0, [0], 0, 'b'],
          [0, [1], 2, 'c'],
          [1, [], 0, 0],
          [0, [], 0, 'd'],
        ],
      ],
      [3, 'ul', [[[0, [], 0, 'i']]]],
      [10, 0],
      [10, 1],
    ],
  });
  const [first, second] = await articles({
    posts: [
      { id: 1, title: 'T', slug: 's', status: 'published', mobiledoc },
      { id: 2, title: 'U', slug: 'u', status: 'published', mobiledoc: '{broken', html: '<p>from html</p>' },
    ],
  });
  expect(first?.body.content).toMatchObject([
    {
      content: [
        { text: 'a ' },
        { text: 'b', marks: [{ type: 'bold' }] },
        { text: 'c', marks: [{ type: 'link' }, { type: 'bold' }] },
        { type: 'hardBreak' },
        { text: 'd' },
      ],
    },
    { type: 'bulletList' },
    { type: 'image', attrs: { caption: 'C' } },
    { type: 'horizontalRule' },
  ]);
  expect(second).toMatchObject({
    body: { content: [{ content: [{ text: 'from html' }] }] },
    warnings: ['its document could not be read: the text was taken from its HTML'],
  });
});

test('statuses, pages and who may read', async () => {
  const found = await articles({
    posts: ['draft', 'scheduled', 'sent', 'published'].map((status, i) => ({
      id: i,
      title: status,
      slug: status,
      status,
      html: '<p>x</p>',
      type: 'page',
      visibility: i === 3 ? 'paid' : 'public',
    })),
  });
  expect(found.map(({ status, articleKind }) => `${articleKind} ${status}`)).toEqual([
    'page draft',
    'page scheduled',
    'page draft',
    'page draft',
  ]);
  expect(found[3]?.warnings).toEqual(['it was for paying members only: kept as a draft']);
});

test.each([
  ['{"db":[{"data":{"posts":[{"id":1', 'cut short'],
  ['{"data":{}}', 'no Ghost export'],
  ['[]', 'no Ghost export'],
  ['<xml/>', 'not valid JSON'],
])('refused in one line: %s', async (content, part) => {
  const line = await read(content).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Problem ? error.line : String(error)),
  );
  expect(line).toContain(part);
  expect(line).not.toContain('\n');
});
