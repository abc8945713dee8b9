import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedPath } from '../../../../tests/support/shared.ts';
import { Problem } from '../../../base/problem.ts';
import { parseDocument } from '../../../contract/document.ts';
import { assetKey } from '../html/addresses.ts';
import { fileSource, memorySource } from '../input/source.ts';
import type { ImportItem, ImportSource } from '../item.ts';
import { readNinjs } from './ninjs.ts';

async function read(content: string | ImportSource): Promise<ImportItem[] | string> {
  const items: ImportItem[] = [];
  try {
    for await (const item of readNinjs(
      typeof content === 'string' ? memorySource('n.json', content) : content,
    )) {
      if (item.kind === 'article') parseDocument(item.body);
      items.push(item);
    }
  } catch (error) {
    if (error instanceof Problem) return error.line;
    throw error;
  }
  return items;
}

const suites = sharedPath('data/ninjs/validation/test_suite');

async function outcomes(folder: string): Promise<[name: string, outcome: string][]> {
  const found: [string, string][] = [];
  for (const name of readdirSync(folder)) {
    const got = await read(await fileSource(join(folder, name)));
    found.push([name, typeof got === 'string' ? `refused: ${got}` : 'read']);
  }
  return found;
}

for (const version of ['2.1', '3.0'])
  test(`the validation suite of ninjs ${version}`, async (context) => {
    if (suites === undefined) return context.skip('the shared ninjs suites are not here');
    const passing = await outcomes(join(suites, version, 'should_pass'));
    expect(passing.filter(([, outcome]) => outcome !== 'read')).toEqual([]);
    const failing = await outcomes(join(suites, version, 'should_fail'));
    expect(failing.filter(([, outcome]) => outcome === 'read' || outcome.includes('\n'))).toEqual([]);
  });

const full = {
  uri: 'https://old.example/story/1',
  type: 'text',
  versionCreated: '2015-01-22T10:00:00Z',
  firstCreated: '2015-01-21T13:00:00+03:00',
  pubStatus: 'usable',
  urgency: 2,
  language: 'en_GB',
  headlines: [
    { role: 'extra', value: 'No' },
    { role: 'main', value: 'The &amp; headline' },
  ],
  descriptions: [{ role: 'summary', value: 'The lede' }],
  bodies: [
    { contentType: 'text/plain', value: 'plain' },
    { contentType: 'text/html', value: '<p>One</p><p>two</p>' },
  ],
  by: 'By Ann Lee and Bo Ek',
  located: 'Moscow',
  people: [{ name: 'P', uri: 'http://x.example/p' }],
  subjects: [{ name: 'S' }],
  infoSources: [{ name: 'Agency', role: 'source' }],
  associations: [
    {
      name: 'pic',
      uri: 'urn:a:1',
      type: 'picture',
      copyrightHolder: 'Agency',
      by: 'Cy',
      descriptions: [{ role: 'caption', value: 'Cap' }],
      renditions: [
        { name: 's', href: 'https://x.example/s.jpg', width: 10 },
        { name: 'l', href: 'https://x.example/l.jpg', width: 1000 },
      ],
    },
    { name: 'rel', uri: 'urn:a:2', type: 'text', headlines: [{ value: 'Related' }] },
  ],
  usageTerms: 'Editorial only',
};

test('a story with all it can carry', async () => {
  expect(await read(JSON.stringify(full))).toMatchObject([
    {
      kind: 'article',
      externalId: 'ninjs:https://old.example/story/1',
      status: 'published',
      headline: 'The & headline',
      lede: 'The lede',
      urgency: 2,
      language: 'en-GB',
      publishedAt: '2015-01-21T10:00:00.000Z',
      bylines: [{ name: 'Ann Lee' }, { name: 'Bo Ek' }],
      dateline: { place: 'Moscow' },
      source: 'Agency',
      concepts: [
        { type: 'person', sameAs: 'http://x.example/p' },
        { type: 'topic', name: 'S' },
      ],
      lead: { asset: assetKey('https://x.example/l.jpg'), caption: 'Cap', credit: '© Agency / Cy' },
      related: ['Related'],
      body: { content: [{ content: [{ text: 'One' }] }, { content: [{ text: 'two' }] }] },
    },
  ]);
});

test('an array, a line each, a wrapping, version 1; what is not valid is dropped with its reason', async () => {
  const story = (n: number) => ({
    uri: `urn:x:${n}`,
    headline: `H${n}`,
    body_html: '<p>b</p>',
    byline: 'Ann Lee',
    associations: {
      main: {
        uri: 'urn:p',
        type: 'picture',
        renditions: { r: { href: 'https://x.example/1.jpg', mimetype: 'image/jpeg' } },
      },
    },
  });
  const bad = { uri: 'urn:x:bad', urgency: 99 };
  for (const content of [
    JSON.stringify([story(1), bad]),
    `${JSON.stringify(story(1))}\n${JSON.stringify(bad)}\n`,
    JSON.stringify({ items: [story(1), bad] }),
  ])
    expect(await read(content)).toMatchObject([
      { kind: 'article', index: 0, headline: 'H1', bylines: [{ name: 'Ann Lee' }], lead: {} },
      {
        kind: 'drop',
        index: 1,
        externalId: 'ninjs:urn:x:bad',
        reason: expect.stringContaining('urgency') as string,
      },
    ]);
});

test('withheld, cancelled, pictures, events', async () => {
  const items = [
    { uri: 'urn:1', headline: 'a', pubstatus: 'withheld' },
    { uri: 'urn:2', headline: 'a', pubstatus: 'canceled' },
    {
      uri: 'urn:3',
      type: 'picture',
      renditions: [{ name: 'r', href: 'https://x.example/1.jpg' }],
      headlines: [{ value: 'T' }],
    },
    { uri: 'urn:4', type: 'event', title: 'E' },
  ];
  expect(await read(JSON.stringify(items))).toMatchObject([
    { status: 'withheld' },
    { status: 'withdrawn' },
    { kind: 'asset', url: 'https://x.example/1.jpg', title: 'T' },
    { kind: 'drop' },
  ]);
});

test.each([
  ['{"uri":"urn:x:1","headline":"a"', 'cut short'],
  ['[]', 'holds no ninjs item'],
  ['{"headline":"a"}', 'at uri'],
  ['<xml/>', 'not valid JSON'],
])('refused in one line: %s', async (content, part) => {
  expect(await read(content)).toContain(part);
});
