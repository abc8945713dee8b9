import { defineStrings } from '../i18n.ts';

/** What the newsroom's frame says of these screens; the rest of their words is loaded with them. */
export const moderationHouseTitles = defineStrings({
  en: {
    notices: 'Legal notices',
    standards: 'Community standards',
    transparency: 'Transparency',
  },
  de: {
    notices: 'Rechtliche Meldungen',
    standards: 'Regeln der Gemeinschaft',
    transparency: 'Transparenz',
  },
  ar: {
    notices: 'بلاغات قانونية',
    standards: 'معايير المجتمع',
    transparency: 'الشفافية',
  },
});
