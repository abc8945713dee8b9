import { z } from 'zod';
import { ChapterInput, FallbackInput } from './radio.ts';

const common = {
  id: z.uuid(),
  rowVersion: z.int().describe('What If-Match takes'),
  createdAt: z.string(),
  updatedAt: z.string(),
};

export const EncoderAnswer = z.object({
  id: z.uuid(),
  username: z.string(),
  takesOver: z.boolean().describe('May take the air from an encoder that is on it'),
  createdAt: z.string(),
});

export const MountAnswer = z.object({
  ...common,
  path: z.string().describe('Of the progressive stream'),
  url: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  position: z.int(),
  listed: z.boolean(),
  relayUrl: z.string().nullable(),
  fallback: FallbackInput,
  bitRates: z.array(z.int()),
  keepHours: z.int(),
  encoders: z.array(EncoderAnswer),
});
export type MountAnswer = z.infer<typeof MountAnswer>;

export const OnAirAnswer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  origin: z.enum(['off', 'encoder', 'relay', 'fallback']),
  title: z.string(),
  artist: z.string(),
  format: z.enum(['mp3', 'aac', 'opus']).nullable(),
  kbits: z.int().nullable(),
  listeners: z.int(),
  since: z.string().nullable(),
  stream: z.string(),
  playlist: z.string(),
  programme: z
    .object({
      title: z.string(),
      hosts: z.array(z.string()),
      endsAt: z.string(),
      picture: z.object({ src: z.string(), width: z.int(), height: z.int() }).nullable(),
    })
    .nullable(),
  next: z.object({ title: z.string(), startsAt: z.string() }).nullable(),
});

export const ProgrammeAnswer = z.object({
  ...common,
  path: z.string(),
  url: z.string(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  hosts: z.array(z.string()),
  language: z.string(),
  asset: z.string().nullable(),
  category: z.string(),
  explicit: z.boolean(),
  ownerEmail: z.string().nullable(),
  copyright: z.string(),
  feedGuid: z.string().describe('podcast:guid'),
  episodeCount: z.int(),
  archived: z.boolean(),
});

export const SlotAnswer = z.object({
  ...common,
  programme: z.uuid(),
  mount: z.uuid(),
  weekday: z.int().nullable(),
  onDay: z.string().nullable(),
  starts: z.string(),
  minutes: z.int(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
});

export const MomentAnswer = z.object({ id: z.uuid(), mount: z.uuid(), at: z.string(), label: z.string() });

export const EpisodeAnswer = z.object({
  ...common,
  url: z.string(),
  audio: z.string().nullable(),
  programme: z.uuid(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  publishedAt: z.string().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  mime: z.string().nullable(),
  bytes: z.int().nullable(),
  durationMs: z.int().nullable(),
  season: z.int().nullable(),
  number: z.int().nullable(),
  explicit: z.boolean(),
  asset: z.string().nullable(),
  chapters: z.array(ChapterInput),
  transcript: z.string().nullable(),
});

export const ListeningAnswer = z.object({
  startsAt: z.string(),
  programme: z.string().nullable(),
  audience: z.enum(['people', 'bots']),
  hours: z.number(),
  peak: z.int(),
  listeners: z.int().describe('Different listeners, estimated: a standard error of 1.6 %'),
});
