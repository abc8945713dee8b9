import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const frontTitles = defineStrings({
  en: {
    title: 'Front page',
    go: 'Go to the front page',
  },
  de: {
    title: 'Titelseite',
    go: 'Zur Titelseite',
  },
  ar: {
    title: 'الصفحة الأولى',
    go: 'إلى الصفحة الأولى',
  },
});
