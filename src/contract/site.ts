import { z } from 'zod';
import { isTimeZone } from '../base/clock.ts';
import { isLanguageTag } from '../base/text.ts';

const language = z.string().refine(isLanguageTag, 'a language tag such as en or pt-BR');

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
});
export type SiteSettings = z.infer<typeof SiteSettings>;

/** The settings with name and tagline as one edition has them. */
export function siteIn(settings: SiteSettings, edition: string): SiteSettings {
  // Settings that were stored by an older version may lack the two.
  const name = settings.names?.[edition] ?? settings.name;
  return { ...settings, name, tagline: settings.taglines?.[edition] ?? settings.tagline };
}

export const defaultSite: SiteSettings = SiteSettings.parse({});
