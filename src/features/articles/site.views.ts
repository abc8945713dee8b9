import { defaultSite, type SiteSettings } from '../../contract/site.ts';
import type { Reader } from '../../storage/db.ts';
import { readSetting } from '../../storage/settings.store.ts';

/** The site's settings; the defaults before anyone has set them. */
export async function siteOf(db: Reader): Promise<SiteSettings> {
  return (await readSetting<SiteSettings>(db, 'site')) ?? defaultSite;
}
