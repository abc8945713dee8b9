import { z } from 'zod';
import { isLanguageTag } from '../base/text.ts';

const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters and digits, joined by hyphens');
const language = z.string().refine(isLanguageTag, 'a language tag such as en or pt-BR');
const day = z.iso.date();
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:30');

export const FallbackInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('files'), assets: z.array(z.uuid()).min(1).max(200) }),
  z.strictObject({ kind: z.literal('mount'), mount: z.uuid() }),
]);

/** A stream's address. One that ends in a hyphen and two or three digits would be taken for a bit rate of another. */
export const MountInput = z.strictObject({
  slug: slug.refine((text) => !/-\d{2,3}$/.test(text), 'must not end in a hyphen and two or three digits'),
  name: z.string().min(1).max(100),
  description: z.string().max(500).default(''),
  position: z.int().min(0).max(1000).default(0),
  listed: z.boolean().default(true),
  relayUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .nullable()
    .default(null),
  fallback: FallbackInput.default({ kind: 'none' }),
  bitRates: z.array(z.int().min(24).max(320)).max(4).default([]),
  keepHours: z.int().min(6).max(8760).default(168),
});
export type MountInput = z.input<typeof MountInput>;

/** An encoder's name at a mount. */
export const EncoderInput = z.strictObject({
  username: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,60}$/, 'letters, digits, dots, hyphens and underscores')
    .default('source'),
  takesOver: z.boolean().default(false),
  /** One is made when none is given. */
  password: z
    .string()
    .min(8)
    .max(200)
    .regex(/^[\x21-\x7e]+$/, 'printable characters without spaces')
    .optional(),
});

export const ProgrammeInput = z.strictObject({
  slug: slug.optional(),
  title: z.string().min(1).max(200),
  description: z.string().max(4000).default(''),
  hosts: z.array(z.string().min(1).max(100)).max(20).default([]),
  language: language.default('en'),
  /** A square picture of at least 1,400 pixels, as Apple asks for. */
  asset: z.uuid().nullable().default(null),
  category: z
    .string()
    .max(100)
    .regex(/^[^<>]+( > [^<>]+)?$/, 'a category such as News or News > Daily News')
    .default('News'),
  explicit: z.boolean().default(false),
  ownerEmail: z.email().nullable().default(null),
  copyright: z.string().max(200).default(''),
  archived: z.boolean().default(false),
});
export type ProgrammeInput = z.input<typeof ProgrammeInput>;

/** When a programme is on, in the site's wall clock: each week, or on one day. */
export const SlotInput = z
  .strictObject({
    programme: z.uuid(),
    mount: z.uuid(),
    /** 1 Monday to 7 Sunday. */
    weekday: z.int().min(1).max(7).nullable().default(null),
    onDay: day.nullable().default(null),
    starts: clockTime,
    minutes: z.int().min(5).max(1440),
    firstDay: day.nullable().default(null),
    lastDay: day.nullable().default(null),
  })
  .refine((slot) => (slot.weekday === null) !== (slot.onDay === null), {
    message: 'has either a weekday or a day',
    path: ['weekday'],
  });
export type SlotInput = z.input<typeof SlotInput>;

export const MomentInput = z.strictObject({
  /** Now when absent. */
  at: z.iso.datetime({ offset: true }).optional(),
  label: z.string().min(1).max(200),
});

export const ChapterInput = z.strictObject({
  startMs: z.int().min(0),
  title: z.string().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
});

const about = {
  title: z.string().min(1).max(200),
  description: z.string().max(10_000).default(''),
  season: z.int().min(1).max(999).nullable().default(null),
  number: z.int().min(1).max(99_999).nullable().default(null),
  explicit: z.boolean().default(false),
  asset: z.uuid().nullable().default(null),
};

/** Cuts an episode from the recording; from and to are moved to the nearest frames. */
export const CutInput = z.strictObject({
  ...about,
  slug: slug.optional(),
  mount: z.uuid(),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export type CutInput = z.input<typeof CutInput>;

/** An episode whose sound is a file of the library: `audio` is its asset. */
export const FileEpisodeInput = z.strictObject({ ...about, slug: slug.optional(), audio: z.uuid() });
export type FileEpisodeInput = z.input<typeof FileEpisodeInput>;

export const EpisodeInput = z.strictObject({
  ...about,
  chapters: z.array(ChapterInput).max(200).default([]),
});
export type EpisodeInput = z.input<typeof EpisodeInput>;
