import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const audienceTitles = defineStrings({
  en: {
    title: 'Audience',
    story: 'How a story is read',
  },
  de: {
    title: 'Publikum',
    story: 'Wie eine Geschichte gelesen wird',
  },
  ar: {
    title: 'الجمهور',
    story: 'كيف تُقرأ القصة',
  },
});
