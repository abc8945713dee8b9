/** What all feed formats say of an entry, in one shape. */
export type FeedEntry = {
  id?: string | undefined;
  /** Addresses of the story, the main one first. */
  links: readonly string[];
  title: FeedText;
  summary?: FeedText | undefined;
  content?: FeedText | undefined;
  authors: readonly { name?: string | undefined; email?: string | undefined }[];
  categories: readonly string[];
  published?: string | undefined;
  updated?: string | undefined;
  language?: string | undefined;
  /** The house the entry is from, where it is another. */
  source?: string | undefined;
  media: readonly FeedMedia[];
  /** `page`, `comment`, `other` where the feed is an export of a blog. */
  kind?: 'page' | 'comment' | 'other' | undefined;
  draft?: boolean | undefined;
  inReplyTo?: string | undefined;
};

export type FeedText = { text: string; isHtml: boolean };

export type FeedMedia = {
  url: string;
  type?: string | undefined;
  width?: number | undefined;
  title?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
};

export type FeedHead = {
  title?: string | undefined;
  link?: string | undefined;
  language?: string | undefined;
  authors: FeedEntry['authors'];
};
