import { z } from 'zod';
import { FallbackInput } from './radio.ts';

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
});
