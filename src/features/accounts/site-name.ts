import { defaultSite, type SiteSettings } from '../../contract/site.ts';
import type { Reader } from '../../storage/db.ts';
import { readSetting } from '../../storage/settings.store.ts';

/** What mails and names need of the site's settings. */
export async function siteNames(db: Reader): Promise<{
  name: string;
  nameIn(language: string): string;
  all: string[];
  language: string;
  languages: string[];
}> {
  const site = (await readSetting<SiteSettings>(db, 'site')) ?? defaultSite;
  const names = site.names ?? {};
  return {
    name: site.name,
    nameIn: (language) => names[language] ?? site.name,
    all: [site.name, ...Object.values(names)],
    language: site.languages[0] ?? 'en',
    languages: site.languages,
  };
}
