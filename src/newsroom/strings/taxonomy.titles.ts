import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const taxonomyTitles = defineStrings({
  en: {
    storylines: 'Storylines',
    storyline: 'Storyline',
    concepts: 'Concepts',
    concept: 'Concept',
    goStorylines: 'Go to the storylines',
    goConcepts: 'Go to the concepts',
    about: 'About',
  },
  de: {
    storylines: 'Dossiers',
    storyline: 'Dossier',
    concepts: 'Begriffe',
    concept: 'Begriff',
    goStorylines: 'Zu den Dossiers',
    goConcepts: 'Zu den Begriffen',
    about: 'Worum es geht',
  },
  ar: {
    storylines: 'الملفات',
    storyline: 'ملف',
    concepts: 'المفاهيم',
    concept: 'مفهوم',
    goStorylines: 'إلى الملفات',
    goConcepts: 'إلى المفاهيم',
    about: 'عمّ النص',
  },
});
