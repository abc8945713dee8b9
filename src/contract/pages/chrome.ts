import type { Instant } from '../../base/clock.ts';

/** What every page of the reader site carries: its furniture, its head, and where its assets are. */

export type Direction = 'ltr' | 'rtl';
export type Link = { label: string; href: string };

/** Addresses (`/assets/…`, content-hashed) of what a page loads; made by the build of the reader's assets. */
export type AssetManifest = {
  css: string;
  /** The style sheet of discussions, on pages that show one. */
  discussionCss?: string;
  /** One ES module with all custom elements. */
  js: string;
  /** Web fonts by file name of `src/reader/fonts` without its extension, e.g. `serif-display-latin`. */
  fonts: Readonly<Record<string, string>>;
  icon?: string;
};

/** The place of "Listen live" in the masthead; absent when the house has no radio. */
export type ListenLive = {
  href: string;
  /** The title of what is on the air now; absent when nothing is. */
  onAir?: string;
};

export type SiteChrome = {
  name: string;
  tagline?: string;
  /** `https://paper.example`, without a slash at its end. */
  origin: string;
  /** The path of this page, `/world/2015/01/21/slug`. */
  path: string;
  /** IANA name; every date and time of the page is of this zone. */
  timeZone: string;
  /** The instant at which the page is rendered. */
  now: Instant;
  /** Editions: the front page of each language of the house. */
  languages: readonly { lang: string; label: string; href: string }[];
  sections: readonly { id: string; name: string; href: string }[];
  listenLive?: ListenLive;
  homeHref: string;
  searchHref: string;
  standardsHref: string;
  /** Today's page of the archive. */
  archiveHref?: string;
  /** A picture in the place of the name. */
  logo?: { src: string; width: number; height: number; alt: string };
  /** Links of the house's own after the sections. */
  menu: readonly Link[];
  /** Accounts of the house elsewhere. */
  social: readonly Link[];
  contact?: { email?: string; phone?: string; address?: string };
  /** The style sheet of the site's own colours. */
  themeHref?: string;
  /** Further links of the footer: about, contact, imprint, privacy. */
  footer: readonly Link[];
  /** Where late numbers are refreshed, `/api/v1/live-numbers`; absent: numbers stay as rendered. */
  liveNumbersHref?: string;
};

export type Alternate = { lang: string; href: string };
export type FeedLink = { type: 'rss' | 'atom' | 'json'; title: string; href: string };

/** A JSON-LD object; it is escaped for its place in a script element when rendered. */
export type JsonLd = { '@context'?: string; '@type': string | string[]; [key: string]: unknown };

export type OpenGraph = {
  type: 'website' | 'article';
  title: string;
  description?: string;
  image?: { url: string; width: number; height: number; alt: string };
  publishedAt?: Instant;
  updatedAt?: Instant;
  section?: string;
  tags?: readonly string[];
};

export type PageBase = {
  site: SiteChrome;
  assets: AssetManifest;
  /** BCP 47 tag of the page's language; its chrome follows. */
  lang: string;
  dir: Direction;
  /** Title of the document without the site's name. */
  title: string;
  description?: string;
  /** Absolute address. */
  canonical: string;
  alternates: readonly Alternate[];
  feeds: readonly FeedLink[];
  jsonLd: readonly JsonLd[];
  og?: OpenGraph;
  /** The page shows comments and loads their style sheet. */
  comments?: true;
  /** `noindex` on searches, previews and errors. */
  robots?: 'noindex' | 'noindex, nofollow';
  /** Address of the oEmbed answer for this page. */
  oembedHref?: string;
  /** How the page is counted, and what of the live channel concerns it; absent on pages that nobody else sees. */
  live?: PageLive;
};

export type PageLive = {
  /** Where a view of it is told, by a script and by a picture. */
  seenHref: string;
  seenPictureHref: string;
  topics: readonly string[];
  /** Of a story: which version stands here, and where it is told what has changed since. */
  story?: { id: string; version: number; changesHref: string };
};
