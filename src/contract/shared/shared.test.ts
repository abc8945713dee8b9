import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryDoc } from '../../../tests/support/arbitrary-doc.ts';
import { ArticleContent } from '../article.ts';
import { Doc } from '../document.ts';
import { readArticle, writeArticle } from './article.ts';
import { readBody } from './body-read.ts';
import { bodyOf, PASTED } from './names.ts';
import { normalDoc } from './normal.ts';
import { decodeClient, decodeServer, encodeClient, encodeServer } from './wire.ts';

const content = (body: Doc): ArticleContent =>
  ArticleContent.parse({
    language: 'en',
    headline: 'A bridge 🌉',
    kicker: 'City',
    lede: 'It opened.',
    dateline: { place: 'MOSCOW', date: '2015-01-21' },
    bylines: [{ name: 'Ada Writer' }, { name: 'Ben', role: 'photographs' }],
    leadPicture: { asset: '0197a0de-0000-7000-8000-000000000001', alt: 'A bridge' },
    concepts: ['0197a0de-0000-7000-8000-000000000002'],
    embargo: '2026-03-01T10:00:00.000Z',
    urgency: 3,
    body,
  });

test('any document goes into a shared one and comes out as its normal form, which is still valid', () => {
  fc.assert(
    fc.property(arbitraryDoc, (doc) => {
      const shared = new Y.Doc();
      writeArticle(shared, content(doc));
      const over = new Y.Doc();
      Y.applyUpdate(over, Y.encodeStateAsUpdate(shared));
      const read = readBody(bodyOf(over));
      expect(read).toEqual(normalDoc(doc));
      expect(Doc.parse(read)).toEqual(read);
      expect(normalDoc(read)).toEqual(read);
    }),
    { numRuns: 200 },
  );
});

test('every field of an article comes out as it went in', () => {
  const given = content({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }],
  });
  const shared = new Y.Doc();
  writeArticle(shared, given);
  expect(ArticleContent.parse(readArticle(shared))).toEqual(given);
});

test('what is only suggested is not in the article', () => {
  const shared = new Y.Doc();
  const by = { id: 's', by: 'u', name: 'U', at: '2026-03-01T10:00:00.000Z' };
  const paragraph = (suggest: unknown, runs: object[]): Y.XmlElement => {
    const element = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.applyDelta(runs);
    element.insert(0, [text]);
    if (suggest !== undefined) element.setAttribute('suggest', suggest as string);
    return element;
  };
  bodyOf(shared).insert(0, [
    paragraph(undefined, [
      { insert: 'kept ' },
      { insert: 'CANARY', attributes: { insertion: by } },
      { insert: 'gone', attributes: { deletion: by } },
      { insert: ' bold', attributes: { bold: {}, format: { ...by, before: '[]' } } },
    ]),
    paragraph({ ...by, op: 'split' }, [{ insert: ' after the cut' }]),
    paragraph({ ...by, op: 'insert' }, [{ insert: 'CANARY' }]),
    paragraph({ ...by, op: 'delete' }, [{ insert: 'stays' }]),
    paragraph({ ...by, op: 'change', before: { level: 2 } }, [{ insert: 'A heading' }]),
  ]);
  expect(readBody(bodyOf(shared))).toEqual({
    type: 'doc',
    content: [
      { type: 'paragraph', content: [{ type: 'text', text: 'kept gone bold after the cut' }] },
      { type: 'paragraph', content: [{ type: 'text', text: 'stays' }] },
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A heading' }] },
    ],
  });
});

test('a picture whose bytes never came is in nothing that is read', () => {
  const doc = new Y.Doc();
  const fragment = bodyOf(doc);
  const image = new Y.XmlElement('image');
  image.setAttribute('asset', `${PASTED}one:0`);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('Words.')]);
  fragment.insert(0, [image, paragraph]);
  expect(readBody(fragment).content.map(({ type }) => type)).toEqual(['paragraph']);
});

test('messages come out as they went in', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  for (const message of [
    { kind: 'hello', version: 1, clientId: 4294967295, vector: bytes },
    { kind: 'update', number: 7, vector: new Uint8Array(), update: bytes },
    { kind: 'awareness', update: bytes },
    { kind: 'save', request: 3 },
  ] as const)
    expect(decodeClient(encodeClient(message))).toEqual(message);
  for (const message of [
    { kind: 'welcome', info: { mayWrite: true, revision: 3, fault: null }, vector: bytes, update: bytes },
    { kind: 'update', update: bytes },
    { kind: 'durable', number: 70_000 },
    { kind: 'awareness', update: bytes },
    { kind: 'notice', notice: { kind: 'threads' } },
  ] as const)
    expect(decodeServer(encodeServer(message))).toEqual(message);
  expect(() => decodeClient(new Uint8Array([99]))).toThrow('no message');
});
