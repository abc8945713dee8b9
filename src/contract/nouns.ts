import { z } from 'zod';
import { isLanguageTag } from '../base/text.ts';

const slug = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\p{L}\p{N}\p{M}]+(-[\p{L}\p{N}\p{M}]+)*$/u, 'words of letters and digits, joined by hyphens');
const language = z.string().refine(isLanguageTag, 'a language tag such as en or pt-BR');
/** A name in other languages, by language tag. */
const names = z.record(z.string(), z.string().min(1).max(200)).default({});

export const SectionInput = z.strictObject({
  slug: slug.optional(),
  name: z.string().min(1).max(100),
  names,
  description: z.string().max(2000).default(''),
  position: z.int().min(0).max(10_000).default(0),
  listed: z.boolean().default(true),
});
export type SectionInput = z.input<typeof SectionInput>;

export const AuthorInput = z.strictObject({
  slug: slug.optional(),
  name: z.string().min(1).max(200),
  names,
  bio: z.string().max(5000).default(''),
  roleTitle: z.string().max(200).default(''),
  email: z.email().nullable().default(null),
  guest: z.boolean().default(false),
  asset: z.uuid().nullable().default(null),
});
export type AuthorInput = z.input<typeof AuthorInput>;

export const SourceInput = z.strictObject({
  code: z.string().min(1).max(60),
  name: z.string().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
});
export type SourceInput = z.input<typeof SourceInput>;

export const StorylineInput = z.strictObject({
  slug: slug.optional(),
  title: z.string().min(1).max(200),
  /** Its title in other languages, by language tag. */
  titles: names,
  description: z.string().max(5000).default(''),
  /** In other languages, by language tag. */
  descriptions: z.record(z.string(), z.string().min(1).max(5000)).default({}),
  language: language.default('en'),
  state: z.enum(['open', 'closed']).default('open'),
  position: z.int().min(0).max(10_000).default(0),
});
export type StorylineInput = z.input<typeof StorylineInput>;

export const conceptKinds = ['person', 'place', 'organisation', 'event', 'topic'] as const;
export type ConceptKind = (typeof conceptKinds)[number];

export const ConceptInput = z.strictObject({
  slug: slug.optional(),
  kind: z.enum(conceptKinds).default('topic'),
  name: z.string().min(1).max(200),
  names,
  aliases: z.array(z.string().min(1).max(200)).max(100).default([]),
  description: z.string().max(5000).default(''),
  /** An IPTC Media Topics code: `medtop:04000000`. */
  mediaTopic: z
    .string()
    .regex(/^medtop:\d{8}$/)
    .nullable()
    .default(null),
  /** Addresses that name the same thing elsewhere (Wikidata and the like). */
  sameAs: z
    .array(z.url({ protocol: /^https?$/ }).max(2048))
    .max(20)
    .default([]),
});
export type ConceptInput = z.input<typeof ConceptInput>;
