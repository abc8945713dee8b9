import { z } from 'zod';
import { isLanguageTag } from '../base/text.ts';
import { Doc } from './document.ts';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });

export const Dateline = z.strictObject({
  /** As the house writes it: `MOSCOW`, `القاهرة`. */
  place: z.string().min(1).max(200),
  /** The day of the report, ISO `2015-01-21`, rendered in the article's language. */
  date: z.iso.date().optional(),
  /** The agency or house in brackets. */
  source: z.string().max(100).optional(),
});
export type Dateline = z.infer<typeof Dateline>;

export const Byline = z.union([
  z.strictObject({ author: id, role: z.string().max(100).optional() }),
  /** A guest without an author page. */
  z.strictObject({ name: z.string().min(1).max(200), role: z.string().max(100).optional() }),
]);
export type Byline = z.infer<typeof Byline>;

export const LeadPicture = z.strictObject({
  asset: id,
  /** Where absent, the asset's own. */
  caption: z.string().max(2000).optional(),
  credit: z.string().max(500).optional(),
  alt: z.string().max(1000).optional(),
});
export type LeadPicture = z.infer<typeof LeadPicture>;

/** Everything an editor writes of an article: the content of a revision. */
export const ArticleContent = z.strictObject({
  kind: z.enum(['article', 'page']).default('article'),
  language: z.string().refine(isLanguageTag, 'a language tag such as en, pt-BR or sr-Latn'),
  headline: z.string().min(1).max(300),
  /** A line above the headline. */
  kicker: z.string().max(100).optional(),
  lede: z.string().max(3000).default(''),
  /** The last part of the address; made from the headline when absent, and fixed at first publish. */
  slug: z
    .string()
    .max(120)
    .regex(/^[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*$/u)
    .optional(),
  section: id.optional(),
  dateline: Dateline.optional(),
  bylines: z.array(Byline).max(30).default([]),
  body: Doc,
  leadPicture: LeadPicture.optional(),
  storylines: z.array(id).max(20).default([]),
  concepts: z.array(id).max(60).default([]),
  source: id.optional(),
  /** 1 (highest) to 9 (lowest), IPTC. 1 and 2 are shown as breaking for a while. */
  urgency: z.int().min(1).max(9).default(5),
  embargo: instant.optional(),
  /** Where this was first published, when that is elsewhere. */
  canonicalUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  socialTitle: z.string().max(300).optional(),
  socialDescription: z.string().max(500).optional(),
  discussion: z.enum(['open', 'premoderated', 'closed']).default('open'),
});
export type ArticleContent = z.infer<typeof ArticleContent>;
export type ArticleInput = z.input<typeof ArticleContent>;

export const versionReasons = [
  'initial',
  'update',
  'correction',
  'clarification',
  'kill',
  'takedown',
] as const;
export type VersionReason = (typeof versionReasons)[number];

/**
 * A published version, complete in itself: names are written out as they were at that moment, pictures by the digest of their bytes.
 * Its RFC 8785 form is what the record commits to. Changing this type's meaning needs a new `schema` number.
 */
export type PublishedVersion = {
  schema: 1;
  article: string;
  version: number;
  reason: VersionReason;
  note: string;
  severity?: 'minor' | 'major';
  publishedAt: string;
  firstPublishedAt: string;
  path: string;
  kind: 'article' | 'page';
  language: string;
  headline: string;
  kicker?: string;
  lede: string;
  section?: { id: string; slug: string; name: string };
  dateline?: Dateline;
  bylines: { author?: string; slug?: string; name: string; role?: string }[];
  body: Doc;
  leadPicture?: { asset: string; digest?: string; caption: string; credit: string; alt: string };
  storylines: { id: string; slug: string; title: string }[];
  concepts: { id: string; slug: string; kind: string; name: string }[];
  source?: { code: string; name: string };
  urgency: number;
  canonicalUrl?: string;
  socialTitle?: string;
  socialDescription?: string;
  discussion: 'open' | 'premoderated' | 'closed';
};

/** What lists show of a story beyond its own columns: kept beside the version so that lists need not read bodies. */
export type StoryDigest = {
  section?: { id: string; slug: string; name: string };
  storylines: { id: string; slug: string; title: string }[];
  bylines: string[];
  reason: VersionReason;
  picture?: { asset: string; caption: string; credit: string; alt: string };
};
