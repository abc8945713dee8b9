import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const peopleTitles = defineStrings({
  en: {
    title: 'People',
    tokens: 'API keys',
  },
  de: {
    title: 'Menschen',
    tokens: 'API-Schlüssel',
  },
  ar: {
    title: 'الأشخاص',
    tokens: 'مفاتيح API',
  },
});
