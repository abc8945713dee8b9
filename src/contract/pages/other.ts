import type { Instant } from '../../base/clock.ts';
import type { Doc } from '../document.ts';
import type { BodyAsset } from './article.ts';
import type { Link, PageBase } from './chrome.ts';
import type { StoryCard } from './story.ts';

/** Community standards, about, imprint. */
export type StaticPage = PageBase & {
  kind: 'static';
  headline: string;
  lede?: string;
  body: Doc;
  bodyAssets: Readonly<Record<string, BodyAsset>>;
  updatedAt?: Instant;
};

export type Programme = {
  title: string;
  description?: string;
  host?: string;
  startsAt: Instant;
  endsAt?: Instant;
  href?: string;
  /** It is on at the moment of rendering. */
  now?: boolean;
};

export type LivePage = PageBase & {
  kind: 'live';
  /** What is on; absent when the house is off the air. */
  onAir?: Programme;
  /** What comes after it. */
  next?: Programme;
  /** What the encoder says is playing, `Artist – Title`. */
  song?: string;
  /** Addresses of the same stream, best for a browser first. */
  streams: readonly { src: string; type: string; label: string }[];
  listeners?: number;
  schedule: readonly Programme[];
  episodes: readonly (Link & { publishedAt: Instant; durationSeconds?: number })[];
};

/** A programme with its episodes. */
export type ProgrammePage = PageBase & {
  kind: 'programme';
  title: string;
  summary: string;
  hosts: readonly string[];
  feedHref: string;
  picture?: { src: string; alt: string };
  episodes: readonly (Link & { publishedAt: Instant; durationSeconds?: number })[];
};

/** One episode: its sound, its chapters, the articles that link to its moments. */
export type EpisodePage = PageBase & {
  kind: 'episode';
  title: string;
  summary: string;
  programme: Link;
  publishedAt: Instant;
  durationSeconds: number;
  audio: { src: string; type: string };
  transcript?: { src: string; language: string; vtt: boolean };
  chapters: readonly { second: number; title: string; href?: string }[];
  moments: readonly (Link & { second: number })[];
};

export type NotFoundPage = PageBase & { kind: 'not-found'; latest: readonly StoryCard[] };

/** A story that was there: withdrawn by the newsroom with a notice (`kill`), or removed for legal cause (`takedown`). */
export type GonePage = PageBase & {
  kind: 'gone';
  reason: 'kill' | 'takedown';
  at: Instant;
  notice?: string;
  /** Only where the newsroom lets it stand. */
  headline?: string;
  historyHref?: string;
  latest: readonly StoryCard[];
};

export type ErrorPage = PageBase & {
  kind: 'error';
  status: number;
  /** What a reader can quote to the newsroom. */
  reference?: string;
  retryAfterSeconds?: number;
};

export type OfflinePage = PageBase & { kind: 'offline'; saved: readonly StoryCard[] };
