import { z } from 'zod';

/** What moderation knows and says: shared by the server and the newsroom's screens. */

export const outcomes = ['publish', 'hold', 'reject'] as const;
export type Outcome = (typeof outcomes)[number];
const Outcome = z.enum(outcomes);
/** What a phase does where its limit is passed. */
const Stop = z.enum(['hold', 'reject']);

/** The phases in the order in which a comment passes them. */
export const phaseNames = [
  'standing',
  'length',
  'links',
  'repeats',
  'words',
  'rate',
  'slow-mode',
  'newcomer',
  'age',
  'premoderation',
  'learned',
  'service',
  // After it is published: what readers report.
  'reports',
] as const;
export type PhaseName = (typeof phaseNames)[number];

/** A paragraph of the community standards by its lasting id. */
const Paragraph = z
  .string()
  .max(40)
  .nullable()
  .default(null)
  .describe('A paragraph of the community standards');

export const ModerationSettings = z.strictObject({
  length: z
    .strictObject({
      least: z.int().min(1).max(1000).default(2),
      most: z.int().min(100).max(20_000).default(5000),
      /** Percent of the letters in capitals above which a text of 20 letters or more is held; 100 for never. */
      capitals: z.int().min(30).max(100).default(80),
      standard: Paragraph,
    })
    .prefault({}),
  links: z
    .strictObject({
      most: z.int().min(0).max(100).default(2),
      /** For those who still have fewer approved comments than `newcomer.approved`, or 3. */
      newcomerMost: z.int().min(0).max(100).default(1),
      action: Stop.default('hold'),
      shorteners: Outcome.default('hold'),
      standard: Paragraph,
    })
    .prefault({}),
  repeats: z
    .strictObject({
      hours: z.int().min(1).max(168).default(24),
      own: Outcome.default('reject'),
      /** The same text by so many others holds it; 0 for never. */
      others: z.int().min(0).max(1000).default(2),
      /** Percent of shared shingles from which two texts are nearly the same; 100 for never. */
      near: z.int().min(50).max(100).default(80),
      nearAction: Outcome.default('hold'),
      /** Shorter texts ("Well said!") repeat honestly. */
      leastWords: z.int().min(1).max(50).default(5),
      standard: Paragraph,
    })
    .prefault({}),
  rate: z
    .strictObject({
      perMinute: z.int().min(1).max(600).default(10),
      perHour: z.int().min(1).max(6000).default(120),
      action: Stop.default('hold'),
      standard: Paragraph,
    })
    .prefault({}),
  slowMode: z.strictObject({ seconds: z.int().min(0).max(86_400).default(0) }).prefault({}),
  newcomer: z.strictObject({ approved: z.int().min(0).max(50).default(0) }).prefault({}),
  age: z.strictObject({ minutes: z.int().min(0).max(43_200).default(0) }).prefault({}),
  reports: z
    .strictObject({
      /** Reports of so many different people hold a comment until somebody has looked; 0 for never. */
      hold: z.int().min(0).max(1000).default(0),
    })
    .prefault({}),
  premoderation: z.strictObject({ on: z.boolean().default(false) }).prefault({}),
  learned: z
    .strictObject({
      enabled: z.boolean().default(false),
      /** Percent of probability from which it acts. */
      threshold: z.int().min(50).max(99).default(90),
      action: Stop.default('hold'),
      /** Percent: the lower bound of the measured precision must reach it, or the phase does not act. */
      bar: z.int().min(70).max(99).default(90),
      standard: Paragraph,
    })
    .prefault({}),
  service: z
    .strictObject({
      enabled: z.boolean().default(false),
      url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
      timeoutMs: z.int().min(100).max(30_000).default(4000),
      /** What the comment is until the service has answered. */
      meanwhile: z.enum(['hold', 'publish']).default('hold'),
      /** What it becomes when the service does not answer in time. */
      fallback: z.enum(['hold', 'publish']).default('hold'),
      standard: Paragraph,
    })
    .prefault({}),
});
export type ModerationSettings = z.infer<typeof ModerationSettings>;
export const defaultModeration: ModerationSettings = ModerationSettings.parse({});

const part = <T extends z.ZodRawShape>(schema: z.ZodPrefault<z.ZodObject<T>>): z.ZodRawShape => {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(schema.unwrap().shape)) {
    let inner = field as z.ZodType;
    while (inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
    shape[name] = inner.optional();
  }
  return shape;
};

/** What a section, a storyline or an article sets otherwise than the site: only what it names. */
export const ModerationOverride = z.strictObject(
  Object.fromEntries(
    Object.entries(ModerationSettings.shape)
      .filter(([name]) => name !== 'service' && name !== 'learned')
      .map(([name, schema]) => [name, z.strictObject(part(schema as never)).optional()]),
  ),
) as unknown as z.ZodType<ModerationOverride>;
export type ModerationOverride = {
  readonly [P in Exclude<keyof ModerationSettings, 'service' | 'learned'>]?: Partial<ModerationSettings[P]>;
};

export const scopeKinds = ['site', 'section', 'storyline', 'article'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Lays overrides over the site's settings, the nearest last: section, storylines, article. */
export function mergeSettings(
  site: ModerationSettings,
  overrides: readonly ModerationOverride[],
): ModerationSettings {
  const merged: Record<string, object> = { ...site };
  for (const override of overrides)
    for (const [phase, values] of Object.entries(override))
      if (values !== undefined) merged[phase] = { ...merged[phase], ...values };
  // Same members, each laid over by values of its own schema.
  return merged as unknown as ModerationSettings;
}

export const WordRuleInput = z.strictObject({
  phrase: z.string().trim().min(1).max(200),
  /** Null: in texts of every language, without inflection. */
  language: z.string().max(20).nullable().default(null),
  /** Found in its inflected forms too, where the language has a stemmer. */
  inflected: z.boolean().default(false),
  action: Stop.default('hold'),
  standard: Paragraph,
  enabled: z.boolean().default(true),
  note: z.string().max(500).default(''),
});
export type WordRuleInput = z.infer<typeof WordRuleInput>;
export type WordRule = WordRuleInput & { readonly id: string };

export const DomainRuleInput = z.strictObject({
  /** `example.com` is its subdomains too. */
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?=.{3,253}$)([a-z0-9-]+\.)+[a-z0-9-]{2,}$/, 'a domain such as example.com'),
  /** `publish`: links there are not counted. */
  action: Outcome.default('reject'),
  standard: Paragraph,
  note: z.string().max(500).default(''),
});
export type DomainRuleInput = z.infer<typeof DomainRuleInput>;
export type DomainRule = DomainRuleInput & { readonly id: string };

/** What a phase found: whether it lets pass, and why not. */
export type Finding = {
  readonly phase: PhaseName;
  /** `links.too-many`, or the id of a written rule behind a colon: `words:0190…`. */
  readonly rule: string;
  readonly outcome: Outcome;
  /** What was written that the rule found. */
  readonly matched: readonly string[];
  /** The paragraph of the standards that it cites; null where it is no breach (a first comment is only looked at). */
  readonly standard: string | null;
  /** Numbers and names for the sentence that says why: `{ count: 4, most: 2 }`. */
  readonly facts: Readonly<Record<string, string | number>>;
};

export const reportCategories = [
  'illegal',
  'hate',
  'harassment',
  'violence',
  'privacy',
  'misinformation',
  'spam',
  'off-topic',
  'other',
] as const;
export type ReportCategory = (typeof reportCategories)[number];

export const queueNames = ['reported', 'pending', 'appealed', 'new'] as const;
export type QueueName = (typeof queueNames)[number];

/** A paragraph of the community standards. Its id lasts: a decision that cites it keeps its meaning when the text is edited. */
export const StandardsParagraph = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens'),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(1).max(4000),
});
export type StandardsParagraph = z.infer<typeof StandardsParagraph>;

/** What a person decides of comments. A rejection names a paragraph of the standards or the law. */
export const Ruling = z.strictObject({
  action: z.enum(['approve', 'reject', 'hold']),
  standard: z.string().max(40).optional(),
  /** The law that it breaks, where that is the ground. */
  legalGround: z.string().trim().max(500).optional(),
  /** What happened, for the statement of reasons. */
  facts: z.string().trim().max(2000).optional(),
  /** A sentence to the commenter. */
  message: z.string().trim().max(2000).optional(),
  category: z.enum(reportCategories).optional(),
});
export type Ruling = z.infer<typeof Ruling>;

/** What became of one comment of an order. */
export const Ruled = z.object({
  commentId: z.string(),
  outcome: z
    .enum(['done', 'unchanged', 'claimed', 'appealed', 'own', 'gone'])
    .describe(
      'claimed: another moderator is at it; appealed: the appeal is decided instead; own: of the person who asks',
    ),
  /** Who holds the claim. */
  by: z.string().optional(),
  decisionId: z.string().optional(),
  state: z.enum(['visible', 'held', 'rejected', 'removed', 'deleted']).optional(),
});
export type Ruled = z.infer<typeof Ruled>;

/** Content whose reports need no name (Art. 16 (2) (c) of Regulation (EU) 2022/2065). */
export const namelessCategories = ['child-abuse'] as const;
export const noticeCategories = [
  'illegal-speech',
  'threat',
  'defamation',
  'privacy',
  'copyright',
  'fraud',
  'terrorism',
  'child-abuse',
  'other-illegal',
] as const;
export type NoticeCategory = (typeof noticeCategories)[number];

/** A notice of Art. 16 of Regulation (EU) 2022/2065, with every element that its paragraph 2 names. */
export const NoticeInput = z
  .strictObject({
    /** The exact place: the address of the comment, or of the page. */
    url: z.url({ protocol: /^https?$/ }).max(2048),
    category: z.enum(noticeCategories),
    explanation: z.string().trim().min(20).max(10_000),
    legalReference: z.string().trim().max(500).default(''),
    name: z.string().trim().max(200).optional(),
    email: z.email().max(254).optional(),
    goodFaith: z.literal(true),
    language: z.string().max(20).default('en'),
  })
  .superRefine((notice, ctx) => {
    if ((namelessCategories as readonly string[]).includes(notice.category)) return;
    for (const field of ['name', 'email'] as const)
      if ((notice[field] ?? '') === '')
        ctx.addIssue({ code: 'custom', path: [field], message: 'is needed for a notice of this kind' });
  });
export type NoticeInput = z.infer<typeof NoticeInput>;
