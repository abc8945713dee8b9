import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const auditTitles = defineStrings({
  en: {
    title: 'Audit log',
  },
  de: {
    title: 'Protokoll',
  },
  ar: {
    title: 'سجل التدقيق',
  },
});
