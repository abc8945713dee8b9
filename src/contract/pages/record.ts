import type { Instant } from '../../base/clock.ts';
import type { VersionReason } from './article.ts';
import type { Link, PageBase } from './chrome.ts';
import type { StoryCard } from './story.ts';

export type DiffPart = { op: 'same' | 'insert' | 'delete'; text: string };

/** A changed field or paragraph. Long unchanged runs come already shortened. */
export type DiffBlock = {
  field:
    | 'headline'
    | 'lede'
    | 'dateline'
    | 'body'
    | 'picture'
    | 'bylines'
    | 'tags'
    | 'storylines'
    | 'section'
    | 'other';
  parts: readonly DiffPart[];
};

/** An RFC 6962 inclusion proof, with where to fetch the public files that it rests on. Hashes in hexadecimal. */
export type InclusionProof = {
  leafIndex: number;
  treeSize: number;
  leafHash: string;
  rootHash: string;
  path: readonly string[];
  checkpointHref: string;
  entriesHref?: string;
  /** A command that a reader can run. */
  command?: string;
};

export type VersionView = {
  number: number;
  at: Instant;
  reason: VersionReason;
  /** What the newsroom says of the change. */
  note?: string;
  by?: string;
  current: boolean;
  /** Differences to the version before; empty for the first. */
  changes: readonly DiffBlock[];
  proof?: InclusionProof;
  /** The content was lawfully erased; the leaf stays. */
  erased?: boolean;
};

export type HistoryPage = PageBase & {
  kind: 'history';
  article: Link & { publishedAt: Instant };
  /** Newest first. */
  versions: readonly VersionView[];
  recordHref: string;
};

export type ShortLinkPage = PageBase & {
  kind: 'short-link';
  url: string;
  /** An SVG path of the dark modules in a square of `size` units, quiet zone not included. */
  qr: { size: number; path: string };
  story: StoryCard;
};
