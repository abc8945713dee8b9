import { z } from 'zod';
import { isTimeZone } from '../base/clock.ts';
import { isLanguageTag } from '../base/text.ts';
import { colourFaults } from './theme.ts';

const language = z.string().refine(isLanguageTag, 'a language tag such as en or pt-BR');

/** A link of a menu: an address of this site, or of another. */
const MenuLink = z.strictObject({
  label: z.string().trim().min(1).max(60),
  href: z
    .string()
    .max(500)
    .regex(
      /^(?:\/(?!\/)[^\s\\]*|https?:\/\/[^\s\\]+|mailto:[^\s\\]+)$/,
      'a path such as /about, or a whole address',
    ),
  /** In the site's other languages, by language tag. */
  labels: z.record(z.string(), z.string().min(1).max(60)).default({}),
});
export type MenuLink = z.infer<typeof MenuLink>;

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #b3131e');
const Scheme = z.strictObject({
  paper: colour.optional(),
  ink: colour.optional(),
  accent: colour.optional(),
});
const SiteColours = z
  .strictObject({ light: Scheme.default({}), dark: Scheme.default({}) })
  .superRefine((theme, ctx) => {
    for (const { scheme, colour: which, is, least } of colourFaults(theme))
      ctx.addIssue({
        code: 'custom',
        path: [scheme, which],
        message: `has a contrast of ${is} on its paper; at least ${least} is needed to be read`,
      });
  });

/** What an admin sets of the site; stored as one setting. */
export const SiteSettings = z.strictObject({
  name: z.string().min(1).max(100).default('Dateline'),
  tagline: z.string().max(200).default(''),
  /** Name and tagline in the site's other languages, by language tag. */
  names: z.record(z.string(), z.string().min(1).max(100)).default({}),
  taglines: z.record(z.string(), z.string().max(200)).default({}),
  /** IANA name: of the clock, of the days in addresses and of the archive. */
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Lisbon').default('UTC'),
  /** The first is the site's own. */
  languages: z.array(language).min(1).max(40).default(['en']),
  /** The legal publisher, for JSON-LD and feeds; the name when absent. */
  publisher: z.string().max(200).optional(),
  contactEmail: z.email().optional(),
  contactPhone: z.string().max(60).optional(),
  contactAddress: z.string().max(500).optional(),
  /** A picture of the house's stock, shown in the place of the name. */
  logo: z.uuid().optional(),
  colours: SiteColours.default({ light: {}, dark: {} }),
  menus: z
    .strictObject({
      masthead: z.array(MenuLink).max(12).default([]),
      footer: z.array(MenuLink).max(24).default([]),
    })
    .default({ masthead: [], footer: [] }),
  /** Accounts of the house elsewhere. */
  social: z.array(MenuLink).max(12).default([]),
});
export type SiteSettings = z.infer<typeof SiteSettings>;

/** The words of a link in one edition. */
export function linkIn(link: MenuLink, edition: string): { label: string; href: string } {
  return { label: link.labels[edition] ?? link.label, href: link.href };
}

/** The settings with name and tagline as one edition has them. */
export function siteIn(settings: SiteSettings, edition: string): SiteSettings {
  // Settings that were stored by an older version may lack the two.
  const name = settings.names?.[edition] ?? settings.name;
  return { ...settings, name, tagline: settings.taglines?.[edition] ?? settings.tagline };
}

export const defaultSite: SiteSettings = SiteSettings.parse({});
