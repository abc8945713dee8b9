import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const radioTitles = defineStrings({
  en: {
    title: 'On the air',
    scheduleTitle: 'Schedule',
    programmesTitle: 'Programmes',
  },
  de: {
    title: 'Auf Sendung',
    scheduleTitle: 'Sendeplan',
    programmesTitle: 'Sendungen',
  },
  ar: {
    title: 'على الهواء',
    scheduleTitle: 'جدول البرامج',
    programmesTitle: 'البرامج',
  },
});
