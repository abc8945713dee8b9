import type { Instant } from '../../base/clock.ts';
import type { Direction, Link } from './chrome.ts';

/** What pages say of a story that is not their own, and of pictures. */

export type PictureSource = {
  type: 'image/avif' | 'image/webp' | 'image/jpeg' | 'image/png';
  /** Same-origin addresses with their widths in pixels, smallest first. */
  srcset: readonly { url: string; width: number }[];
};

export type Picture = {
  /** Best format first; the last one is also the fallback's. */
  sources: readonly PictureSource[];
  /** The fallback's address, with the exact size in pixels of that file. */
  src: string;
  width: number;
  height: number;
  /** Empty for a picture that adds nothing to the text. */
  alt: string;
  /** Addresses of the same picture cut to 16:9, 4:3 and 1:1, for search engines. */
  shaped?: readonly string[];
  /** The point that a crop must keep, 0–1 from the left and the top. */
  focal?: { x: number; y: number };
  caption?: string;
  /** `© Agency / Photographer` */
  credit?: string;
};

export type StorylineRef = {
  id: string;
  name: string;
  href: string;
  /** Published articles at the moment of rendering. */
  count: number;
  closed?: boolean;
};

/** A story in a list. */
export type StoryCard = {
  id: string;
  href: string;
  headline: string;
  lede?: string;
  /** Only where it differs from the page's. */
  lang?: string;
  dir?: Direction;
  section?: Link;
  storyline?: StorylineRef;
  publishedAt: Instant;
  updatedAt?: Instant;
  /** Breaking and live are drawn in the accent; corrected is said in words. */
  state?: 'breaking' | 'live' | 'corrected';
  picture?: Picture;
  bylines?: readonly string[];
  comments?: number;
};

export type Paging = {
  newer?: string;
  older?: string;
};
