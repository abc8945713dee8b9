import { expect, test } from 'vitest';
import { sharedPath } from '../../../../tests/support/shared.ts';
import { Problem } from '../../../base/problem.ts';
import { parseDocument } from '../../../contract/document.ts';
import { fileSource, memorySource } from '../input/source.ts';
import type { ArticleItem, ImportItem, ImportSource } from '../item.ts';
import { readWxr } from './wxr.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>T</title><link>https://old.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>`;
const TAIL = '</channel></rss>';
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

function post(id: number, fields: Record<string, string> = {}, extra = ''): string {
  const all: Record<string, string> = {
    title: `Title ${id}`,
    link: `https://old.example/2015/01/21/p${id}/`,
    'dc:creator': 'ann',
    'content:encoded': `Text ${id}`,
    'wp:post_id': String(id),
    'wp:post_date': '2015-01-21 13:00:00',
    'wp:post_date_gmt': '2015-01-21 10:00:00',
    'wp:post_name': `p${id}`,
    'wp:status': 'publish',
    'wp:post_type': 'post',
    ...fields,
  };
  const leaves = Object.entries(all).map(([name, text]) => `<${name}>${cdata(text)}</${name}>`);
  return `<item>${leaves.join('')}${extra}</item>`;
}
const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`;

async function read(content: string | ImportSource, options = {}): Promise<ImportItem[]> {
  const source = typeof content === 'string' ? memorySource('e.xml', content) : content;
  const items: ImportItem[] = [];
  for await (const item of readWxr(source, options)) items.push(item);
  return items;
}
const articles = async (body: string): Promise<ArticleItem[]> =>
  (await read(HEAD + body + TAIL)).filter((item) => item.kind === 'article');

async function refusal(content: string | ImportSource): Promise<string> {
  const source = typeof content === 'string' ? memorySource('e.xml', content) : content;
  let yielded = 0;
  try {
    for await (const item of readWxr(source)) yielded += item.index >= 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return yielded === 0 && !error.line.includes('\n')
      ? error.line
      : `refused late, or in several lines: ${error.line}`;
  }
  return `accepted with ${yielded}`;
}

test('every entry of a real export is one item, in an order that is the same each time', async (context) => {
  const path = sharedPath('data/wxr/themeunittestdata.wordpress.xml');
  if (path === undefined) return context.skip('the shared WordPress export is not here');
  const items = await read(await fileSource(path));
  const count = (kind: string): number => items.filter((item) => item.kind === kind).length;
  // Counted with grep in the file: 2 authors, 69 categories, 110 tags, 6 terms, 184 items, 33 comments.
  expect(items).toHaveLength(2 + 69 + 110 + 6 + 186 + 33);
  expect({
    author: count('author'),
    section: count('section'),
    concept: count('concept'),
    asset: count('asset'),
  }).toEqual({ author: 2, section: 69, concept: 110, asset: 37 });
  expect({ article: count('article'), comment: count('comment'), drop: count('drop') }).toEqual({
    article: 79,
    comment: 33,
    drop: 76,
  });
  expect(items.map(({ index }) => index)).toEqual(items.map((_, i) => i));
  const stories = items.filter((item) => item.kind === 'article');
  expect(new Set(stories.map(({ externalId }) => externalId)).size).toBe(79);
  for (const { body } of stories) parseDocument(body);
  expect(stories.filter(({ headline }) => headline === '')).toEqual([]);
  expect(await read(await fileSource(path), { from: 1e9 })).toHaveLength(items.length);
});

test('a post with all it can carry', async () => {
  const items = await read(
    `${HEAD}<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>
    <wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>world</wp:category_nicename><wp:cat_name>World</wp:cat_name></wp:category>
    ${post(
      1,
      {
        title: 'A &amp; B <em>c</em>',
        'excerpt:encoded': '<p>The lede</p>',
        'wp:comment_status': 'open',
        'wp:is_sticky': '1',
        'content:encoded': '<img class="wp-image-9" src="/wp-content/uploads/a-300x200.jpg" />\n\nText',
        'wp:post_modified_gmt': '2015-01-22 10:00:00',
      },
      `<category domain="category" nicename="home">Home</category><category domain="category" nicename="world">World</category><category domain="post_tag" nicename="%d0%bc%d0%b8%d1%80">Мир</category><category domain="series" nicename="s">S</category><category domain="post_format" nicename="x">X</category>${meta('_thumbnail_id', '9')}${meta('_yoast_wpseo_primary_category', '7')}${meta('_wp_old_slug', 'older')}
      <wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2015-01-23 10:00:00</wp:comment_date_gmt><wp:comment_content>${cdata('One\n\nTwo <b>x</b>')}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>4</wp:comment_parent><wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:commentmeta></wp:comment>`,
    )}
    ${post(9, { 'wp:post_type': 'attachment', 'wp:status': 'inherit', 'wp:attachment_url': 'https://old.example/wp-content/uploads/a.jpg', 'excerpt:encoded': 'Cap', 'wp:post_parent': '1', title: 'a' }, meta('_wp_attachment_image_alt', 'Alt') + meta('_wp_attached_file', '2015/a.jpg') + meta('_wp_attachment_metadata', 'a:1:{s:6:"credit";s:3:"Bob";}'))}${TAIL}`,
  );
  expect(items.map(({ kind, externalId }) => `${kind} ${externalId}`)).toEqual([
    'author author:ann',
    'section category:world',
    'asset attachment:9',
    'article post:1',
    'comment comment:5',
  ]);
  expect(items[2]).toMatchObject({
    alt: 'Alt',
    caption: 'Cap',
    credit: 'Bob',
    path: '2015/a.jpg',
    parent: 'post:1',
  });
  expect(items[3]).toMatchObject({
    status: 'published',
    headline: 'A & B c',
    lede: 'The lede',
    publishedAt: '2015-01-21T10:00:00.000Z',
    modifiedAt: '2015-01-22T10:00:00.000Z',
    language: 'en-US',
    lead: { asset: 'attachment:9' },
    body: { content: [{ type: 'paragraph' }] },
    bylines: [{ externalId: 'author:ann', name: 'Ann Lee' }],
    sections: [{ externalId: 'category:world' }, { externalId: 'category:home' }],
    concepts: [{ externalId: 'tag:мир', name: 'Мир', type: 'topic' }],
    storylines: [{ externalId: 'series:s' }],
    urls: ['https://old.example/2015/01/21/p1/', 'https://old.example/2015/01/21/older/'],
    discussion: 'open',
    featured: true,
    warnings: [],
  });
  expect(items[4]).toMatchObject({
    article: 'post:1',
    parent: 'comment:4',
    paragraphs: ['One', 'Two x'],
    state: 'approved',
    writtenAt: '2015-01-23T10:00:00.000Z',
  });
});

test('statuses, passwords, dates that are none, types that are not kept', async () => {
  const found = await read(
    HEAD +
      post(1, {
        'wp:status': 'draft',
        'wp:post_date_gmt': '0000-00-00 00:00:00',
        pubDate: 'Mon, 30 Nov -0001 00:00:00 +0000',
      }) +
      post(2, { 'wp:post_password': 'x' }) +
      post(3, { 'wp:status': 'future' }) +
      post(4, { 'wp:status': 'trash' }) +
      post(5, { 'wp:status': 'private' }) +
      post(6, { 'wp:post_type': 'revision' }, '<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>') +
      post(7, { 'wp:status': 'auto-draft', 'content:encoded': '' }) +
      TAIL,
  );
  expect(
    found.map((item) =>
      item.kind === 'article' ? item.status : item.kind === 'drop' ? item.reason : item.kind,
    ),
  ).toEqual([
    'draft',
    'draft',
    'scheduled',
    'trash',
    'private',
    'post type revision',
    'it stands under a revision, which is not kept as an article',
    'an empty draft that WordPress made by itself',
  ]);
  expect(found[0]).toMatchObject({ publishedAt: '2015-01-21T13:00:00.000Z' });
});

test('a gallery without ids shows what was uploaded to the post, reusable blocks are put in', async () => {
  const [article] = await articles(
    post(1, { 'content:encoded': '[gallery]\n<!-- wp:block {"ref":4} /-->' }) +
      post(4, {
        'wp:post_type': 'wp_block',
        'content:encoded': '<!-- wp:paragraph --><p>Shared</p><!-- /wp:paragraph -->',
      }) +
      [2, 3]
        .map((id) =>
          post(id, {
            'wp:post_type': 'attachment',
            'wp:attachment_url': `https://old.example/${id}.jpg`,
            'wp:post_parent': '1',
          }),
        )
        .join(''),
  );
  expect(article?.body.content).toMatchObject([
    {
      type: 'gallery',
      content: [{ attrs: { asset: 'attachment:2' } }, { attrs: { asset: 'attachment:3' } }],
    },
    { type: 'paragraph', content: [{ text: 'Shared' }] },
  ]);
});

test('a headline that is too long is cut and kept whole in the text; an article without one gets one', async () => {
  const long = 'word '.repeat(100).trim();
  const [first, second] = await articles(post(1, { title: long }) + post(2, { title: '' }));
  expect(first?.headline.length).toBeLessThanOrEqual(300);
  expect(first?.body.content[0]).toEqual({ type: 'paragraph', content: [{ type: 'text', text: long }] });
  expect(second?.headline).toBe('Text 2');
});

test.each([
  [`${HEAD}${post(1)}<item><title>cut`, /cut short: it ends inside <rss> <channel> <item>|cut short/],
  [`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>${HEAD.slice(38)}${TAIL}`, /DOCTYPE/],
  ['<rss><channel><item><title>x</title></item></channel></rss>', /is a feed/],
  ['<html><body>x</body></html>', /no WordPress export/],
  [`${HEAD}${'<a>'.repeat(10_000)}`, /deeper than 256/],
  [`${HEAD}${post(1)}</channel></rss><x/>`, /not well-formed/],
])('refused before the first item: %.60s', async (content, line) => {
  expect(await refusal(content)).toMatch(line);
});

test('nested markup in a post is no nesting of the file', async () => {
  const [article] = await articles(
    post(1, { 'content:encoded': `${'<div><blockquote>'.repeat(10_000)}deep` }),
  );
  expect(JSON.stringify(article?.body)).toContain('deep');
});

test('memory stays flat on a long file', async () => {
  const count = 3_000;
  const text = '<p>Some words of a story, again and again.</p>\n'.repeat(200);
  const open = async function* (): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(HEAD);
    for (let i = 1; i <= count; i += 1) yield encoder.encode(post(i, { 'content:encoded': text }));
    yield encoder.encode(TAIL);
  };
  let seen = 0;
  let most = 0;
  for await (const item of readWxr({ name: 'long.xml', open })) {
    seen += item.kind === 'article' ? 1 : 0;
    if (seen % 250 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
  }
  expect(seen).toBe(count);
  // The file is 28 MB of text; its articles as documents would be several times that.
  expect(most).toBeLessThan(300 << 20);
});
