import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { arbitraryDoc } from '../../../tests/support/arbitrary-doc.ts';
import { ArticleContent } from '../../contract/article.ts';
import { type Doc, docFromParagraphs, docText } from '../../contract/document.ts';
import { readArticle, writeArticle } from '../../contract/shared/article.ts';
import { readBody } from '../../contract/shared/body-read.ts';
import { bodyOf } from '../../contract/shared/names.ts';
import { normalDoc } from '../../contract/shared/normal.ts';
import { applyContent } from './merge.ts';
import { makeRescuer } from './rescue.ts';

const content = (body: Doc, more: object = {}): ArticleContent =>
  ArticleContent.parse({ language: 'en', headline: 'Headline', lede: 'Lede', body, ...more });

function sharedOf(body: Doc): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  writeArticle(doc, content(body));
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc({ gc: false });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const paragraphText = (doc: Y.Doc, index: number): Y.XmlText =>
  (bodyOf(doc).get(index) as Y.XmlElement).get(0) as Y.XmlText;
const said = (doc: Y.Doc): string => docText(readBody(bodyOf(doc)));

test('a content that is applied is what the document then says, whatever was there', () => {
  fc.assert(
    fc.property(arbitraryDoc, arbitraryDoc, fc.string(), (from, to, headline) => {
      const doc = sharedOf(from);
      const wanted = content(to, {
        headline: `x${headline}`,
        concepts: ['0197a0de-0000-7000-8000-000000000002'],
      });
      applyContent(doc, wanted);
      expect(readArticle(doc)).toMatchObject({ headline: `x${headline}`, concepts: wanted.concepts });
      expect(readBody(bodyOf(doc))).toEqual(normalDoc(to));
    }),
    { numRuns: 200 },
  );
});

test('a revision from elsewhere and typing at the same time both stay', () => {
  const base = sharedOf(docFromParagraphs(['The first of three.', 'The second.', 'The third.']));
  const [fork, mine] = [copyOf(base), copyOf(base)];
  paragraphText(mine, 0).insert(4, 'very ');
  paragraphText(mine, 2).insert(10, ' And more.');
  applyContent(
    fork,
    content(docFromParagraphs(['The first of four.', 'Between.', 'The second.', 'The third.'])),
  );
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(fork));
  expect(said(mine)).toBe('The very first of four.\nBetween.\nThe second.\nThe third. And more.');
});

test('text typed into a passage that somebody else removed unseen comes back; what was seen stays removed', () => {
  const server = sharedOf(docFromParagraphs(['One.', 'Two.', 'Three.']));
  const [ada, ben] = [copyOf(server), copyOf(server)];
  const rescuer = makeRescuer(server, bodyOf(server));
  const send = (from: Y.Doc): void =>
    rescuer.apply(Y.encodeStateAsUpdate(from, Y.encodeStateVector(server)), {
      knows: Y.encodeStateVector(from),
      origin: from,
    });
  paragraphText(ben, 1).insert(4, ' Typed');
  send(ben);
  bodyOf(ada).delete(1, 1);
  send(ada);
  expect(said(server)).toBe('One.\n Typed\nThree.');
  // The rest of Ben's sentence, typed before he heard of it, goes on there.
  paragraphText(ben, 1).insert(10, ' on');
  send(ben);
  expect(said(server)).toBe('One.\n Typed on\nThree.');
  Y.applyUpdate(ada, Y.encodeStateAsUpdate(server));
  bodyOf(ada).delete(1, 1);
  send(ada);
  expect(said(server)).toBe('One.\nThree.');
});
