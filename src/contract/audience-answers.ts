import { z } from 'zod';

/** What the API answers about who reads what. Numbers are of people unless they say otherwise. */
export const mostPeriods = ['hour', 'day', 'week'] as const;

export const MostOf = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      path: z.string(),
      url: z.string(),
      headline: z.string(),
      language: z.string(),
      publishedAt: z.string(),
      views: z.int().describe('Of people, since it was published'),
      comments: z.int(),
    }),
  ),
});

export const ViewCounts = z.object({
  counts: z
    .record(z.string(), z.int())
    .describe('Views of people since it was published, by id of the article'),
});

const Classes = z.object({
  people: z.int(),
  repeats: z.int().describe('People who saw the same page within half an hour'),
  previews: z.int().describe('Programs that show a link to people, and pages fetched ahead'),
  bots: z.int(),
  excess: z.int().describe('What one address asked beyond its bound'),
});
export type Classes = z.infer<typeof Classes>;

const Hours = z.array(
  z.object({ hour: z.string(), people: z.int(), bots: z.int().describe('Programs and previews') }),
);
const Sources = z.array(z.object({ source: z.string(), people: z.int() }));

const Story = z.object({
  id: z.uuid(),
  path: z.string(),
  headline: z.string(),
  language: z.string(),
  publishedAt: z.string(),
  readers: z.int().describe('Reading now'),
  views: z.int(),
  perHour: z.number().describe('Views of the last hour, the latest weighing most'),
});

/** What the dashboard shows. */
export const AudienceNow = z.object({
  readers: z.int().describe('Reading now, on all pages'),
  today: Classes.describe('Views of the last 24 hours, by who asked'),
  hours: Hours.describe('Of the last 24 hours, the oldest first'),
  sources: Sources.describe('Where people came from in the last 24 hours'),
  reading: z.array(Story).describe('What most read now'),
  rising: z.array(Story.extend({ times: z.number().describe('How many times its own pace of the day') })),
});
export type AudienceNow = z.infer<typeof AudienceNow>;

export const AudienceOf = z.object({
  id: z.string(),
  readers: z.int(),
  total: Classes.describe('Since the beginning'),
  hours: Hours.describe('Of the last 7 days, the oldest first; hours without a view are left out'),
  sources: Sources.describe('Of the last 7 days'),
  clicks: z.int().describe('On its short link').optional(),
});
export type AudienceOf = z.infer<typeof AudienceOf>;
