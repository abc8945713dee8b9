import { z } from 'zod';
import { conceptKinds } from './nouns.ts';

/** What a text that is being written may be about. */
export const Suggestions = z.object({
  concepts: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(conceptKinds),
      name: z.string(),
      times: z.int().describe('How often the text names it'),
      count: z.int().describe('Articles that carry it'),
    }),
  ),
  storylines: z.array(z.object({ id: z.uuid(), title: z.string(), count: z.int() })),
  related: z.array(
    z.object({ id: z.uuid(), headline: z.string(), path: z.string(), publishedAt: z.string() }),
  ),
  /** Names that the house does not know yet. */
  unknown: z.array(z.object({ name: z.string(), kind: z.enum(['person', 'place', 'organisation']) })),
});
export type Suggestions = z.infer<typeof Suggestions>;
