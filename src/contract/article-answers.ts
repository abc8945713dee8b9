import { z } from 'zod';
import { ArticleContent, versionReasons } from './article.ts';
import { stages } from './workflow.ts';

/** What the API answers about articles. */
export const articleStates = [
  'draft',
  'desk',
  'ready',
  'scheduled',
  'published',
  'killed',
  'taken_down',
] as const;

const address = {
  path: z.string().nullable().describe('The public address; null before the first publication'),
  url: z.string().nullable(),
};

/** A line of the newsroom's list. */
export const ArticleSummary = z.object({
  id: z.uuid(),
  kind: z.enum(['article', 'page']),
  state: z.enum(articleStates),
  language: z.string(),
  headline: z.string(),
  section: z.uuid().nullable(),
  desk: z.string().nullable().describe('The slug of the desk it lies on'),
  stage: z
    .enum(stages)
    .nullable()
    .describe('Where the work on the next version stands; null: nobody has begun one'),
  assignee: z.uuid().nullable().describe('Whose hands it is in'),
  createdBy: z.uuid().nullable(),
  externalId: z.string().nullable(),
  revision: z.int().describe('The latest saved; the ETag'),
  version: z.int().describe('The latest published; 0 before the first'),
  ...address,
  firstPublishedAt: z.string().nullable(),
  embargo: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const VersionAnswer = z.object({
  version: z.int(),
  revision: z.int(),
  reason: z.enum(versionReasons),
  note: z.string(),
  severity: z.enum(['minor', 'major']).nullable(),
  publishedAt: z.string(),
  leafIndex: z.int().describe('Its place on the record'),
});

export const ScheduleAnswer = z.object({
  id: z.uuid(),
  revision: z.int(),
  at: z.string(),
  reason: z.enum(versionReasons).nullable().describe('Of an update; null for a first publication'),
  note: z.string().nullable(),
  severity: z.enum(['minor', 'major']).nullable(),
});

/** One article with the content of its latest revision. */
export const ArticleAnswer = ArticleSummary.extend({
  translationGroup: z.uuid(),
  content: ArticleContent,
  versions: z.array(VersionAnswer).describe('The latest ten, newest first'),
  schedule: ScheduleAnswer.nullable(),
  shortUrl: z.string().nullable(),
  historyUrl: z.string().nullable(),
});

export const RevisionSummary = z.object({
  revision: z.int(),
  digest: z.string().describe('SHA-256 of the canonical JSON of the content'),
  createdBy: z.uuid().nullable(),
  createdAt: z.string(),
});
export const RevisionAnswer = RevisionSummary.extend({ content: ArticleContent });

/** What a publication or a withdrawal made. */
export const PublishedAnswer = z.object({
  id: z.uuid(),
  state: z.enum(articleStates),
  version: z.int(),
  path: z.string(),
  url: z.string(),
  historyUrl: z.string(),
  shortUrl: z.string().nullable(),
  leafIndex: z.int(),
});
