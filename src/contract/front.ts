import { z } from 'zod';

/** How a front page is arranged by hand. What a slot leaves open is filled by weight and time, as without hands. */

const instant = z.iso.datetime({ offset: true });

/** One story in one place. When it is not live any more, or the time has come, the place fills itself again. */
export const Slot = z.strictObject({
  article: z.uuid(),
  until: instant.optional(),
});
export type Slot = z.infer<typeof Slot>;

/** A place that is filled by itself is null: it keeps the places after it where they are. */
const place = Slot.nullable();

export const TOP_PLACES = 8;
export const SECTION_PLACES = 6;
export const PINNED_PLACES = 5;

export const FrontSlots = z.strictObject({
  lead: place.default(null),
  /** Beside and below the lead. */
  top: z.array(place).max(TOP_PLACES).default([]),
  /** First in the river of the latest. */
  pinned: z.array(Slot).max(PINNED_PLACES).default([]),
  /** The sections in their order on this page; those that are not named follow in the site's order. */
  sections: z
    .array(
      z.strictObject({
        section: z.uuid(),
        shown: z.boolean().default(true),
        stories: z.array(place).max(SECTION_PLACES).default([]),
      }),
    )
    .max(60)
    .default([]),
  /** Storylines in the place of those that moved last. */
  storylines: z.array(z.uuid()).max(6).default([]),
  /** Stories that are not to stand at the top by themselves. */
  held: z.array(z.uuid()).max(60).default([]),
});
export type FrontSlots = z.infer<typeof FrontSlots>;

export const emptySlots: FrontSlots = FrontSlots.parse({});

const person = z.object({ id: z.uuid(), name: z.string() });

export const LayoutAnswer = z.object({
  id: z.uuid(),
  edition: z.string(),
  number: z.int().nullable(),
  state: z.enum(['draft', 'waiting', 'live', 'replaced', 'cancelled', 'failed']),
  slots: FrontSlots,
  note: z.string(),
  madeFrom: z.uuid().nullable(),
  effectiveAt: z.string().nullable(),
  tookEffectAt: z.string().nullable(),
  by: person.nullable(),
  createdAt: z.string(),
});
export type LayoutAnswer = z.infer<typeof LayoutAnswer>;

const StoryRef = z.object({
  id: z.uuid(),
  headline: z.string(),
  path: z.string(),
  publishedAt: z.string(),
  urgency: z.int(),
  section: z.string().nullable(),
  picture: z.boolean(),
});
export type StoryRef = z.infer<typeof StoryRef>;

/** Who stands where at this moment, and by whose choice. */
export const FrontState = z.object({
  edition: z.string(),
  /** The arrangement that stands; null: everything fills itself. */
  current: LayoutAnswer.nullable(),
  filled: z.object({
    lead: z.object({ story: StoryRef, by: z.enum(['hand', 'itself']) }).nullable(),
    top: z.array(z.object({ story: StoryRef, by: z.enum(['hand', 'itself']) })),
    pinned: z.array(z.object({ story: StoryRef, by: z.enum(['hand', 'itself']) })),
  }),
  /** Slots of the arrangement whose story is not shown, and why. */
  fallen: z.array(
    z.object({ slot: z.string(), article: z.uuid(), because: z.enum(['not-live', 'expired', 'elsewhere']) }),
  ),
  /** Everything that the slots name, whatever its state. */
  stories: z.array(StoryRef),
});
export type FrontState = z.infer<typeof FrontState>;
