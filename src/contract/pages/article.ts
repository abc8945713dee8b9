import type { Instant } from '../../base/clock.ts';
import type { Doc } from '../document.ts';
import type { Link, PageBase } from './chrome.ts';
import type { DiscussionView } from './discussion.ts';
import type { Picture, StoryCard, StorylineRef } from './story.ts';

/** Structured; each language has its own way to write it. `date` is `2015-01-21`. */
export type Dateline = { place?: string; date?: string; source?: string };

export type Byline = { name: string; href?: string; role?: string };

/** A typed reason for a new version, as the reader is told. */
export type VersionReason =
  | 'first'
  | 'update'
  | 'correction'
  | 'clarification'
  | 'kill'
  | 'takedown'
  | 'restore';

export type CorrectionNotice = {
  reason: Extract<VersionReason, 'correction' | 'clarification' | 'update'>;
  at: Instant;
  text: string;
};

/** An asset of the body as it is shown, by its id in the document. */
export type BodyAsset =
  | ({ kind: 'picture' } & Picture)
  | {
      kind: 'audio' | 'video';
      src: string;
      type: string;
      durationSeconds?: number;
      poster?: Picture;
      transcriptHref?: string;
    }
  | { kind: 'file'; href: string; name: string; type: string; bytes: number };

export type ConceptKind = 'person' | 'place' | 'organisation' | 'event' | 'topic';

export type ArticleView = {
  id: string;
  headline: string;
  lede?: string;
  section: Link;
  /** The first is the main one: its label stands above the headline and after the text. */
  storylines: readonly (StorylineRef & { previous?: Link; next?: Link })[];
  leadPicture?: Picture;
  dateline?: Dateline;
  body: Doc;
  /** Of the pictures, sounds and files that the body names; what is absent is left out with its caption kept. */
  assets: Readonly<Record<string, BodyAsset>>;
  /** Stories that the body's related boxes name; what is absent is left out. */
  boxed: Readonly<Record<string, StoryCard>>;
  bylines: readonly Byline[];
  source?: Link | { label: string; href?: undefined };
  publishedAt: Instant;
  updatedAt?: Instant;
  state: 'published' | 'breaking' | 'live' | 'preview';
  /** Of a preview: the instant before which nobody else sees it. */
  embargoedUntil?: Instant;
  corrections: readonly CorrectionNotice[];
  /** Number of published versions, and the page that shows them. */
  versions: number;
  historyHref: string;
  /** `url` is what is copied; `href` the page with the QR code. */
  shortLink?: { url: string; href: string };
  /** Absent numbers are not kept (yet). */
  counts: { comments?: number; views?: number };
  related: readonly StoryCard[];
  tags: readonly (Link & { kind: ConceptKind })[];
  translations: readonly { lang: string; label: string; href: string }[];
  /** Absent: the site has no discussion. */
  discussion?: DiscussionView;
};

export type ArticlePage = PageBase & { kind: 'article'; article: ArticleView };
