import type { Doc } from '../../contract/document.ts';

/**
 * What every reader makes of an outside file: a flat stream of items that are the same for all formats. A reader yields authors,
 * terms and assets before the articles that name them wherever the format allows it, and it refuses a malformed file before it
 * yields anything. For each entry of the file there is exactly one item, a `drop` with its reason included: that is what makes the
 * ledger add up.
 *
 * External ids are stable for one origin: `post:12`, `attachment:7`, `category:world`. Documents name their assets by the external
 * ids that the article's own `assets` list, or by that of a library entry (`attachment:7`); the engine puts our ids in their place.
 */
export type ImportItem = (
  | AuthorItem
  | SectionItem
  | ConceptItem
  | StorylineItem
  | AssetItem
  | ArticleItem
  | CommentItem
  | RedirectItem
  | DropItem
) & {
  /** The ordinal in the reader's stream, from 0: the same for the same file, so that a killed run can go on from it. */
  index: number;
};

/** An item before the reader has numbered it. */
export type Unnumbered =
  | AuthorItem
  | SectionItem
  | ConceptItem
  | StorylineItem
  | AssetItem
  | ArticleItem
  | CommentItem
  | RedirectItem
  | DropItem;

export type AuthorItem = {
  kind: 'author';
  externalId: string;
  name: string;
  slug?: string;
  email?: string;
  url?: string;
  /** A paragraph about the author, plain text. */
  bio?: string;
  picture?: Asset;
};

export type SectionItem = {
  kind: 'section';
  externalId: string;
  name: string;
  slug?: string;
  description?: string;
  /** External id of the section above. */
  parent?: string;
};

export type ConceptType = 'person' | 'place' | 'organisation' | 'event' | 'topic';

export type ConceptItem = {
  kind: 'concept';
  externalId: string;
  type: ConceptType;
  name: string;
  slug?: string;
  description?: string;
  /** An address that identifies the concept elsewhere, such as a media topic of the IPTC or a Wikidata entity. */
  sameAs?: string;
};

export type StorylineItem = {
  kind: 'storyline';
  externalId: string;
  name: string;
  slug?: string;
  description?: string;
};

/** A file that an article shows or that a library holds. */
export type Asset = {
  externalId: string;
  type: 'image' | 'audio' | 'video' | 'file';
  /** Where its bytes are: http, https or data; absolute. */
  url: string;
  /** Other addresses of the same or a smaller rendition, to try when `url` fails. */
  fallbackUrls?: string[];
  /** External id of a library entry that is the same file, to prefer where the import knows it. */
  sameAs?: string;
  fileName: string;
  /** Its path below the uploads folder of the old site, such as `2015/01/photo.jpg`. */
  path?: string;
  mimeType?: string;
  title?: string;
  caption?: string;
  alt?: string;
  credit?: string;
  description?: string;
};

export type AssetItem = Asset & {
  kind: 'asset';
  /** The key of its address (`assetKey`), by which bodies name a file without a library entry. */
  urlKey: string;
  /** External id of the article it was uploaded to. */
  parent?: string;
  uploadedAt?: string;
};

export type ArticleStatus =
  | 'published'
  | 'draft'
  | 'scheduled'
  | 'private'
  | 'trash'
  | 'withheld'
  | 'withdrawn';

/** A name that the article carries; complete enough to make the author when the file lists none. */
export type AuthorRef = { externalId?: string; name: string; email?: string; role?: string };
/** A term that the article carries; complete enough to make it when the file lists none. */
export type TermRef = { externalId: string; name: string; slug?: string };
export type ConceptRef = TermRef & { type: ConceptType; sameAs?: string };

export type ArticleItem = {
  kind: 'article';
  externalId: string;
  articleKind: 'article' | 'page';
  status: ArticleStatus;
  /** Old addresses, absolute, the main one first; each becomes a redirect. */
  urls: string[];
  slug?: string;
  headline: string;
  kicker?: string;
  lede: string;
  body: Doc;
  /** The files that the body and the lead picture name by address. */
  assets: Asset[];
  lead?: { asset: string; caption?: string; credit?: string; alt?: string };
  /** Instants in UTC, `2015-01-27T14:56:57.000Z`. */
  publishedAt?: string;
  modifiedAt?: string;
  embargo?: string;
  bylines: AuthorRef[];
  /** The main section first. */
  sections: TermRef[];
  concepts: ConceptRef[];
  storylines: (TermRef & { statedCount?: number })[];
  language?: string;
  dateline?: { place: string; date?: string; source?: string };
  /** The house that the story comes from, where that is another. */
  source?: string;
  canonicalUrl?: string;
  urgency?: number;
  discussion: 'open' | 'closed';
  featured?: boolean;
  /** Headlines of related stories that the old page listed. */
  related?: string[];
  /** What was changed or left out, one sentence each. */
  warnings: string[];
};

export type CommentItem = {
  kind: 'comment';
  externalId: string;
  article: string;
  parent?: string;
  author: { name: string; email?: string; url?: string };
  writtenAt?: string;
  /** Plain paragraphs. */
  paragraphs: string[];
  /** `removed` and `deleted` are kept as gaps, for what answers them. */
  state: 'approved' | 'pending' | 'spam' | 'trash' | 'removed' | 'deleted';
  /** Its house had picked it for the top. */
  featured?: true;
  /** A pingback is a notice from another site rather than a reader's words. */
  type: 'comment' | 'pingback';
};

export type RedirectItem = {
  kind: 'redirect';
  externalId: string;
  from: string;
  /** An external id of an article, or an address. */
  to: { article: string } | { url: string };
};

/** Something of the file that is not kept, and why. */
export type DropItem = {
  kind: 'drop';
  externalId: string;
  /** What it is, in a word or two: `menu item`, `revision`. */
  what: string;
  reason: string;
};

export type ReadOptions = {
  /** Told once for each thing about the whole file that the operator should know. */
  onNotice?: (notice: string) => void;
  /** Told how many bytes of the file have been read, over all passes, and of how many. */
  onProgress?: (done: number, total: number) => void;
  /** The address of the old site, where the file does not say it. */
  site?: string;
  /** Items below this index are yielded without the costly parts (bodies are empty): for resuming. */
  from?: number;
};

/** A stream of items over a file. @throws Problem `invalid` before the first item when the file is malformed. */
export type ImportReader = (source: ImportSource, options?: ReadOptions) => AsyncGenerator<ImportItem>;

/** A file that can be read more than once. */
export type ImportSource = {
  /** For messages. */
  name: string;
  /** The address it came from, when it came from one: relative links are resolved against it. */
  url?: string;
  /** Bytes, when known. */
  size?: number;
  /** Opens it from the start. */
  open(): AsyncIterable<Uint8Array>;
};
