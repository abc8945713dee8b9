import type * as Y from 'yjs';

/**
 * How an article that is being written lies in its shared Yjs document. Text that people type is `Y.Text`, so that two who type in one field
 * lose nothing; lists are arrays; everything else is an entry of `meta`, under its name in `ArticleContent`. The body is an XML fragment in
 * the shape that ProseMirror's Yjs binding reads and writes.
 */
export const BODY = 'body';
export const META = 'meta';

/** Fields that are typed: their root in the shared document, and where their value stands in the content. */
export const textFields = {
  headline: ['headline'],
  kicker: ['kicker'],
  lede: ['lede'],
  slug: ['slug'],
  socialTitle: ['socialTitle'],
  socialDescription: ['socialDescription'],
  canonicalUrl: ['canonicalUrl'],
  datelinePlace: ['dateline', 'place'],
  datelineSource: ['dateline', 'source'],
  leadCaption: ['leadPicture', 'caption'],
  leadCredit: ['leadPicture', 'credit'],
  leadAlt: ['leadPicture', 'alt'],
} as const;
export type TextField = keyof typeof textFields;
export const textFieldNames = Object.keys(textFields) as readonly TextField[];

export const listFields = ['bylines', 'storylines', 'concepts'] as const;
export type ListField = (typeof listFields)[number];

/** Members of the content that are neither typed text nor a list nor the body, and stand one level deep in `meta`. */
export const NESTED = ['dateline.date', 'leadPicture.asset'] as const;

/** What a client and a server must agree on about the shape above and the messages between them. */
export const SHARED_VERSION = 1;

export const textOf = (doc: Y.Doc, field: TextField): Y.Text => doc.getText(field);
export const listOf = (doc: Y.Doc, field: ListField): Y.Array<unknown> => doc.getArray(field);
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(META);
export const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(BODY);

/** How the asset of a picture begins whose bytes are still on their way: it is in nothing that is published. */
export const PASTED = 'pasted:';
