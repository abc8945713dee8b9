import { z } from 'zod';
import { conceptKinds } from './nouns.ts';

/** What the API answers about sections, authors, sources, storylines, concepts and redirects. */
const common = {
  id: z.uuid(),
  rowVersion: z.int().describe('What If-Match takes'),
  createdAt: z.string(),
  updatedAt: z.string(),
};
/** The public page. */
const address = { path: z.string(), url: z.string() };
const names = z.record(z.string(), z.string());

export const SectionAnswer = z.object({
  ...common,
  ...address,
  slug: z.string(),
  name: z.string(),
  names,
  description: z.string(),
  position: z.int(),
  listed: z.boolean(),
  articleCount: z.int(),
});

export const AuthorAnswer = z.object({
  ...common,
  ...address,
  slug: z.string(),
  name: z.string(),
  names,
  bio: z.string(),
  roleTitle: z.string(),
  email: z.string().nullable(),
  guest: z.boolean(),
  asset: z.uuid().nullable(),
  articleCount: z.int(),
});

export const SourceAnswer = z.object({
  ...common,
  code: z.string(),
  name: z.string(),
  url: z.string().nullable(),
});

export const StorylineAnswer = z.object({
  ...common,
  ...address,
  slug: z.string(),
  title: z.string(),
  titles: z.record(z.string(), z.string()),
  description: z.string(),
  descriptions: z.record(z.string(), z.string()),
  language: z.string(),
  state: z.enum(['open', 'closed']),
  position: z.int().describe('Those above 0 stand first, in this order; 0: by their newest story'),
  articleCount: z.int(),
  latestAt: z.string().nullable(),
  mergedInto: z.uuid().nullable().describe('The storyline that it has become part of'),
  pinnedArticle: z.uuid().nullable().describe('The article that stands first on its page'),
  pinnedUntil: z.string().nullable(),
});

export const ConceptAnswer = z.object({
  ...common,
  ...address,
  slug: z.string(),
  kind: z.enum(conceptKinds),
  name: z.string(),
  names,
  aliases: z.array(z.string()),
  description: z.string(),
  mediaTopic: z.string().nullable(),
  sameAs: z.array(z.string()),
  articleCount: z.int(),
  mergedInto: z.uuid().nullable().describe('The concept that it has become part of'),
});
