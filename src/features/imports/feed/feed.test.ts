import { expect, test } from 'vitest';
import { Problem } from '../../../base/problem.ts';
import { parseDocument } from '../../../contract/document.ts';
import { memorySource } from '../input/source.ts';
import type { ImportItem } from '../item.ts';
import { readFeed } from './feed.ts';

async function read(content: string): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of readFeed(memorySource('f', content))) {
    if (item.kind === 'article') parseDocument(item.body);
    items.push(item);
  }
  return items;
}
async function refusal(content: string): Promise<string> {
  try {
    return `accepted with ${(await read(content)).length}`;
  } catch (error) {
    if (error instanceof Problem) return error.line;
    throw error;
  }
}

test('RSS 2.0 with content, media, enclosures, creators, categories', async () => {
  const items =
    await read(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>House</title><link>https://old.example/</link><language>en-gb</language>
<item><title>A &amp;amp; B</title><link>https://old.example/a</link><guid isPermaLink="false">id-1</guid><pubDate>Wed, 21 Jan 2015 13:32:00 +0300</pubDate><dc:creator>Ann Lee</dc:creator><category>World</category><category>World</category>
<description>The summary</description><content:encoded><![CDATA[<p>One &amp; <b>two</b></p><script>x</script>]]></content:encoded>
<media:content url="https://old.example/s.jpg" width="100" medium="image"/><media:content url="https://old.example/l.jpg" width="1000" medium="image"><media:description>Cap</media:description><media:credit>Bob</media:credit></media:content>
<enclosure url="https://old.example/p.mp3" length="1" type="audio/mpeg"/></item>
<item><title>Only a description</title><link>/b</link><description>&lt;p&gt;Text &amp;amp; more&lt;/p&gt;</description></item>
<item></item></channel></rss>`);
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({
    kind: 'article',
    externalId: 'item:id-1',
    headline: 'A & B',
    lede: 'The summary',
    urls: ['https://old.example/a'],
    publishedAt: '2015-01-21T10:32:00.000Z',
    language: 'en-GB',
    bylines: [{ name: 'Ann Lee' }],
    concepts: [{ name: 'World', type: 'topic' }],
    body: {
      content: [
        { type: 'paragraph', content: [{ text: 'One & ' }, { text: 'two', marks: [{ type: 'bold' }] }] },
        { type: 'audio' },
      ],
    },
    lead: { caption: 'Cap', credit: 'Bob' },
    warnings: ['<script> was left out'],
  });
  expect(items[0]?.kind === 'article' && items[0].assets.map(({ url }) => url)).toEqual([
    'https://old.example/l.jpg',
    'https://old.example/p.mp3',
  ]);
  expect(items[1]).toMatchObject({
    headline: 'Only a description',
    lede: '',
    urls: ['https://old.example/b'],
    body: { content: [{ content: [{ text: 'Text & more' }] }] },
  });
  expect(items[2]).toMatchObject({ kind: 'drop', reason: 'it has neither a title nor a text' });
});

test('RSS 1.0 and 0.91', async () => {
  const [rdf] = await read(
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://x.example"><title>T</title><link>https://x.example</link><description>d</description></channel><item rdf:about="https://x.example/1"><title>One</title><link>https://x.example/1</link><description>Text</description><dc:date>2015-01-21T10:00:00Z</dc:date></item></rdf:RDF>',
  );
  expect(rdf).toMatchObject({
    externalId: 'item:https://x.example/1',
    headline: 'One',
    publishedAt: '2015-01-21T10:00:00.000Z',
  });
  const [old] = await read(
    '<rss version="0.91"><channel><title>T</title><link>https://x.example</link><item><title>Old</title><link>https://x.example/o</link></item></channel></rss>',
  );
  expect(old).toMatchObject({ headline: 'Old', urls: ['https://x.example/o'] });
});

test('Atom: text, html and xhtml; and what an export of Blogger holds', async () => {
  const kind = (name: string): string =>
    `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${name}"/>`;
  const items =
    await read(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:app="http://purl.org/atom/app#" xml:lang="de"><title>T</title><link href="https://x.example/"/><author><name>House</name></author>
<entry><id>tag:1</id><title type="text">A &lt;b&gt; B</title><link href="https://x.example/1"/><published>2015-01-21T10:00:00Z</published><updated>2015-01-22T10:00:00Z</updated><category term="w" label="World"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em></p></div></content></entry>
<entry><id>tag:2</id>${kind('page')}<title type="html">P &lt;i&gt;q&lt;/i&gt;</title><app:control><app:draft>yes</app:draft></app:control><content type="html">&lt;p&gt;x&lt;/p&gt;</content><updated>2015-01-22T10:00:00Z</updated></entry>
<entry><id>tag:3</id>${kind('comment')}<title>c</title><author><name>Bo</name></author><content type="html">Hi&lt;br&gt;&lt;br&gt;there</content><thr:in-reply-to ref="tag:1"/><published>2015-01-23T10:00:00Z</published></entry>
<entry><id>tag:4</id>${kind('settings')}<title>s</title><content>true</content></entry></feed>`);
  expect(items).toMatchObject([
    {
      headline: 'A <b> B',
      language: 'de',
      bylines: [{ name: 'House' }],
      concepts: [{ name: 'World' }],
      modifiedAt: '2015-01-22T10:00:00.000Z',
      body: { content: [{ content: [{ text: 'One ' }, { text: 'two', marks: [{ type: 'italic' }] }] }] },
    },
    { kind: 'article', articleKind: 'page', status: 'draft', headline: 'P q' },
    { kind: 'comment', article: 'item:tag:1', author: { name: 'Bo' } },
    { kind: 'drop', what: 'setting' },
  ]);
});

test('JSON Feed', async () => {
  const items = await read(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [
        {
          id: 7,
          url: 'https://x.example/1',
          title: 'One',
          content_html: '<p>Text</p>',
          summary: 'Sum',
          image: 'https://x.example/i.jpg',
          date_published: '2015-01-21T13:00:00+03:00',
          tags: ['a'],
          authors: [{ name: 'Ann' }],
        },
        { id: '8', content_text: 'Plain <b>\n\nsecond' },
        'nothing',
      ],
      title: 'T',
      home_page_url: 'https://x.example',
      language: 'en',
    }),
  );
  expect(items).toMatchObject([
    {
      externalId: 'item:7',
      headline: 'One',
      lede: 'Sum',
      publishedAt: '2015-01-21T10:00:00.000Z',
      language: 'en',
      concepts: [{ name: 'a' }],
      lead: {},
    },
    {
      externalId: 'item:8',
      headline: 'Plain <b>',
      body: { content: [{ content: [{ text: 'Plain <b>' }] }, { content: [{ text: 'second' }] }] },
    },
    { kind: 'drop' },
  ]);
});

test.each([
  ['<!DOCTYPE rss PUBLIC "x" "y"><rss/>', 'DOCTYPE'],
  ['<rss><channel><item><title>x', 'cut short'],
  ['<html><body/></html>', 'no feed'],
  ['{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"', 'cut short'],
  ['{"a":1}', 'no JSON Feed'],
  ['', 'empty'],
  ['hello', 'not XML'],
])('refused in one line: %.40s', async (content, part) => {
  const got = await refusal(content);
  expect(got).toContain(part);
  expect(got).not.toContain('\n');
});
