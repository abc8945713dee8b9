import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const mailTitles = defineStrings({
  en: {
    title: 'Mail queue',
  },
  de: {
    title: 'Postausgang',
  },
  ar: {
    title: 'طابور البريد',
  },
});
